"""What somebody asked for to make it easier: alone, or with a petition or a request for service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope
from portal.domain.adjustments import NOTHING, Wish, size_in
from portal.domain.enquiries import EnquiryKind, EnquiryStep
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.interpreting import Interpreting, chosen
from portal.domain.permissions import Actor
from portal.records.enquiries import unused_reference
from portal.records.enquiry_chain import TABLES, came_in, record
from portal.records.models import EasierRequest, Petition, ServiceRequest

__all__ = [
    "EasierRequest",
    "asked_with",
    "interpreting_of",
    "keep",
    "keep_asked_with",
    "kind_of_about",
    "person_of",
    "wish_asked_with",
]


def keep(
    session: Session,
    landlord: str,
    wish: Wish,
    person: Person,
    reply_by: ReplyBy,
    safe_contact: tuple[SafeContact, ...],
    *,
    about: str | None = None,
    by: Actor,
    at: datetime,
) -> EasierRequest:
    """Store it for staff to decide. `about` is the reference of what it was asked with."""
    language = wish.interpreting.language
    request = EasierRequest(
        landlord=landlord,
        reference=unused_reference(session),
        about=about,
        asked_at=at,
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
        interpreter=language.value if language else "",
        interpreter_words=wish.interpreting.words,
        words=wish.words,
    )
    session.add(request)
    record(session, request, EnquiryStep.RECEIVED, by=by, at=at, words=came_in(request))
    return request


def keep_asked_with(
    session: Session, enquiry: Petition | ServiceRequest, wish: Wish, *, by: Actor, at: datetime
) -> EasierRequest | None:
    """Store what was asked for with it, if anything was: it holds for the letters about it from the first one on."""
    if not wish.kinds:
        return None
    reach = (person_of(enquiry), enquiry.reply_by, enquiry.safe_contact)
    return keep(session, enquiry.landlord, wish, *reach, about=enquiry.reference, by=by, at=at)


def asked_with(session: Session, enquiries: Sequence[Petition | ServiceRequest]) -> dict[str, EasierRequest]:
    """What was asked for with these, by the reference of each of them that has anything."""
    references = {each.reference for each in enquiries}
    found = session.scalars(select(EasierRequest).where(EasierRequest.about.in_(references)).order_by(EasierRequest.id))
    return {each.about: each for each in found if each.about}


def person_of(enquiry: Petition | ServiceRequest) -> Person:
    """Whoever handed it in or asked for it."""
    return Person(
        name=enquiry.name,
        email=enquiry.email,
        phone=enquiry.phone,
        address=enquiry.address,
        postcode=enquiry.postcode,
        language=enquiry.language,
    )


def wish_asked_with(session: Session, enquiry: Petition | ServiceRequest) -> Wish:
    """What was asked for with it, as a value: a complaint that comes of it begins with the same."""
    found = asked_with(session, [enquiry]).get(enquiry.reference)
    if found is None:
        return NOTHING
    return Wish(
        adjustments=tuple(Adjustment(each) for each in found.adjustments),
        words=found.words,
        print_size=found.print_size,
        interpreting=interpreting_of(found),
        scope=AdjustmentScope.ALL_CONTACT,
    )


def kind_of_about(session: Session, request: EasierRequest) -> EnquiryKind | None:
    """What it was asked with: nothing, where it was asked alone."""
    for kind in (EnquiryKind.PETITION, EnquiryKind.SERVICE):
        table = TABLES[kind]
        theirs = select(table.id).where(table.landlord == request.landlord, table.reference == request.about)
        if session.scalar(theirs) is not None:
            return kind
    return None


def interpreting_of(request: EasierRequest) -> Interpreting:
    """The language of the interpreter that was asked for."""
    return chosen(request.interpreter, request.interpreter_words)
