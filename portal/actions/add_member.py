"""Staff name somebody of an office who may sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import check_member, same_address
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records import offices
from portal.records.history import NotFound
from portal.records.models import OfficeMember


def add_member(session: Session, actor: Actor, office_id: int, *, name: str, email: str, now: datetime) -> OfficeMember:
    """From now on this address may ask for a code. One address belongs to one member."""
    decision = may(actor, Action.KEEP_OFFICES)
    if not decision:
        raise Refused(decision.reason)
    office = offices.office(session, actor, office_id)
    if office is None:
        raise NotFound(str(office_id))
    check_member(name, email, office.domain)
    if offices.member_with(session, office.landlord, same_address(email), at=now):
        raise Refused("Somebody of an office has this address already", "email")
    member = OfficeMember(
        office=office,
        landlord=office.landlord,
        name=name,
        email=same_address(email),
        added_at=now,
        added_by_id=actor.user_id,
    )
    session.add(member)
    return member
