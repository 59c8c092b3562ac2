"""Staff write down the office of somebody who represents residents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import NewOffice, check_office, same_address
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.models import Office
from portal.records.offices import office_named


def create_office(session: Session, actor: Actor, wanted: NewOffice, *, now: datetime) -> Office:
    """An office of the actor's landlord, without members yet. A name is used once."""
    decision = may(actor, Action.KEEP_OFFICES)
    if not decision or actor.landlord is None:
        raise Refused(decision.reason)
    check_office(wanted)
    if office_named(session, actor.landlord, wanted.name):
        raise Refused(
            "There is an office of this name already. Open it from the list, or write the name in full", "name"
        )
    office = Office(
        landlord=actor.landlord,
        kind=wanted.kind,
        name=wanted.name,
        email=same_address(wanted.email),
        domain=wanted.addresses_end_in,
        created_at=now,
        created_by_id=actor.user_id,
    )
    session.add(office)
    session.flush()
    return office
