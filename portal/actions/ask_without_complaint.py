"""Somebody asks for something that would make contact with the landlord easier, and makes no complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish, check_wish, size_in
from portal.domain.enquiries import EnquiryStep
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.enquiries import unused_reference
from portal.records.enquiry_chain import came_in, record
from portal.records.models import EasierRequest


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
    request = EasierRequest(
        landlord=landlord,
        reference=unused_reference(session),
        asked_at=now,
        name=person.name,
        email=person.email,
        phone=person.phone,
        address=person.address,
        postcode=person.postcode,
        contact="",
        language=person.language,
        reply_by=reply_by,
        safe_contact=safe_contact,
        adjustments=[each.value for each in wish.kinds],
        print_size=wish.print_size or (size_in(wish.words) if Adjustment.LARGE_PRINT in wish.kinds else None),
        words=wish.words,
    )
    session.add(request)
    record(session, request, EnquiryStep.RECEIVED, by=actor, at=now, words=came_in(request))
    return request
