"""Somebody asks for something that would make contact with the landlord easier, and makes no complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustments import Wish, check_wish
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.easier_requests import EasierRequest, keep


def ask_without_complaint(
    session: Session,
    actor: Actor,
    landlord: str,
    wish: Wish,
    *,
    person: Person,
    reply_by: ReplyBy = ReplyBy.NONE,
    safe_contact: tuple[SafeContact, ...] = (),
    now: datetime,
) -> EasierRequest:
    """Record it for staff to decide. They are told in the way that they choose, or in the one that they left."""
    decision = may(actor, Action.SUBMIT_COMPLAINT)
    if not decision:
        raise Refused(decision.reason)
    check_wish(wish)
    if not any(each.strip() for each in (person.email, person.phone, person.address)):
        raise Refused("Tell us how to reach you, so that we can answer", "email")
    return keep(session, landlord, wish, person, reply_by, safe_contact, by=actor, at=now)
