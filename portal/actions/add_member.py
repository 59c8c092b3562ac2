"""Staff name somebody of an office who may sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import check_member, same_address
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records import offices
from portal.records.history import NotFound
from portal.records.links import SECOND_PRESS
from portal.records.models import OfficeMember

TAKEN = "Somebody of an office has this address already"


def add_member(session: Session, actor: Actor, office_id: int, *, name: str, email: str, now: datetime) -> OfficeMember:
    """From now on this address may ask for a code. One address belongs to one member.

    A second press of the button is answered like the first.
    """
    decision = may(actor, Action.KEEP_OFFICES)
    if not decision:
        raise Refused(decision.reason)
    office = offices.office(session, actor, office_id)
    if office is None:
        raise NotFound(str(office_id))
    check_member(name, email, office.domain)
    values = {
        "office_id": office.id,
        "landlord": office.landlord,
        "name": name,
        "email": same_address(email),
        "added_at": now,
        "added_by_id": actor.user_id,
    }
    known = offices.member_with(session, office.landlord, same_address(email), at=now)
    made = None if known else offices.add_member(session, values)
    if made:
        return made
    known = known or offices.member_with(session, office.landlord, same_address(email), at=now)
    if known and (known.office_id, known.name) == (office.id, name) and now - known.added_at <= SECOND_PRESS:
        return known
    raise Refused(TAKEN, "email")
