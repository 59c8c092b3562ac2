"""A member of a group has lost the secret code, and gives the reference of the complaint and something of their own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.events import Person
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records import links
from portal.records.adjustments import known_by


def ask_for_member_code(session: Session, actor: Actor, reference: str, person: Person, *, now: datetime) -> UUID:
    """Write it down, of what was typed a digest alone. What helps goes to the contact on file of whom it fits.

    The answer, its work and its time are the same whether there is such a complaint, and such a member, or not.
    """
    decision = may(actor, Action.ASK_FOR_CODE)
    if not decision:
        raise Refused(decision.reason)
    told = known_by(person)
    if not told:
        raise Refused("Enter the email address, the phone number, or the name and postcode that you gave us", "email")
    return links.keep_request(session, actor.landlord or "", reference, known_by=told, at=now)
