"""Staff write down the office of somebody who represents residents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import NewOffice, check_office, same_address
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records import offices
from portal.records.links import SECOND_PRESS
from portal.records.models import Office

TAKEN = "There is an office of this name already. Open it from the list, or write the name in full"


def create_office(session: Session, actor: Actor, wanted: NewOffice, *, now: datetime) -> Office:
    """An office of the actor's landlord, without members yet. A name is used once.

    A second press of the button is answered like the first.
    """
    decision = may(actor, Action.KEEP_OFFICES)
    if not decision or actor.landlord is None:
        raise Refused(decision.reason)
    check_office(wanted)
    values = {
        "landlord": actor.landlord,
        "kind": wanted.kind,
        "name": wanted.name,
        "email": same_address(wanted.email),
        "domain": wanted.addresses_end_in,
        "created_at": now,
        "created_by_id": actor.user_id,
    }
    known = offices.office_named(session, actor.landlord, wanted.name)
    made = None if known else offices.add_office(session, values)
    if made:
        return made
    known = known or offices.office_named(session, actor.landlord, wanted.name)
    if known and _is_the_same(known, values) and now - known.created_at <= SECOND_PRESS:
        return known
    raise Refused(TAKEN, "name")


def _is_the_same(known: Office, values: dict[str, object]) -> bool:
    return all(getattr(known, name) == value for name, value in values.items() if name != "created_at")
