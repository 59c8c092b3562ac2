"""Somebody asks for something that would make contact with the landlord easier, and makes no complaint."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustments import Wish, check_wish
from portal.domain.permissions import Action, Actor, may
from portal.domain.references import new_reference
from portal.domain.refusal import Refused
from portal.records.adjustments import is_asked
from portal.records.models import EasierRequest
from portal.records.queries import is_taken


def ask_without_complaint(
    session: Session, actor: Actor, landlord: str, wish: Wish, *, name: str, contact: str, now: datetime
) -> EasierRequest:
    """Record it for staff to decide. `contact` is however they want to be told."""
    decision = may(actor, Action.SUBMIT_COMPLAINT)
    if not decision:
        raise Refused(decision.reason)
    check_wish(wish)
    if not contact.strip():
        raise Refused("Tell us how to reach you, so that we can answer", "contact")
    # The references of complaints are not used again here, so that one never means two things.
    while is_taken(session, reference := new_reference(secrets.choice)) or is_asked(session, reference):
        continue
    request = EasierRequest(
        landlord=landlord,
        reference=reference,
        asked_at=now,
        name=name,
        contact=contact,
        adjustments=[each.value for each in wish.kinds],
        words=wish.words,
    )
    session.add(request)
    return request
