"""Enquiries: what reaches us and is no complaint, found by whoever may know of it, and their letters on their way."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.enquiries import SEEN_BY, Asker, EnquiryKind, EnquiryLetterKind, EnquiryStep
from portal.domain.events import Person, ReplyBy
from portal.domain.permissions import Actor, may
from portal.domain.references import new_reference
from portal.records.enquiry_chain import TABLES, Enquiry, entries_of, kind_of
from portal.records.letter_columns import NEEDS_A_PERSON
from portal.records.models import (
    TO_DELIVER,
    Channel,
    ComplaintRow,
    EasierRequest,
    EnquiryEntry,
    EnquiryLetter,
    LetterState,
    ServiceRequest,
)

__all__ = [
    "Brought",
    "Enquiry",
    "EnquiryLetter",
    "LetterState",
    "asker_of",
    "brought",
    "emailed_to",
    "enquiry_of",
    "kind_of",
    "letter",
    "letter_to_deliver",
    "letters_about",
    "letters_needing_a_person",
    "mark_brought",
    "one_letter",
    "unused_reference",
]

AT_ONCE = 50


def asker_of(session: Session, enquiry: Enquiry) -> Asker:
    """Whoever asked, with every adjustment that they asked for with it."""
    asked = [enquiry] if isinstance(enquiry, EasierRequest) else _asked_with(session, enquiry)
    person = Person(
        name=enquiry.name,
        email=enquiry.email,
        phone=enquiry.phone,
        address=enquiry.address,
        postcode=enquiry.postcode,
        language=enquiry.language,
    )
    return Asker(
        person=person,
        reply_by=_way(enquiry.reply_by, person),
        safe_contact=enquiry.safe_contact,
        adjustments=tuple(Adjustment(kind) for each in asked for kind in each.adjustments),
        print_size=max((each.print_size for each in asked if each.print_size), default=None),
    )


def _asked_with(session: Session, enquiry: Enquiry) -> Iterable[EasierRequest]:
    with_it = (EasierRequest.landlord == enquiry.landlord, EasierRequest.about == enquiry.reference)
    return session.scalars(select(EasierRequest).where(*with_it).order_by(EasierRequest.id)).all()


def _way(asked: ReplyBy, person: Person) -> ReplyBy:
    """The way that they asked for; else the one that they left, a letter before a call."""
    if asked is not ReplyBy.NONE:
        return asked
    ways = ((ReplyBy.EMAIL, person.email), (ReplyBy.POST, person.address), (ReplyBy.PHONE, person.phone))
    return next((way for way, given in ways if given.strip()), ReplyBy.NONE)


def unused_reference(session: Session) -> str:
    """One that no complaint and no enquiry has, so that it never means two things."""
    tables = (ComplaintRow, *TABLES.values())
    while any(_has(session, each, reference := new_reference(secrets.choice)) for each in tables):
        continue
    return reference


def _has(session: Session, table: Any, reference: str) -> bool:
    return session.scalar(select(table.id).where(table.reference == reference)) is not None


def enquiry_of(session: Session, letter: EnquiryLetter, *, for_update: bool = False) -> Enquiry:
    """What a letter is about; held against other writers where it is to be changed."""
    table = TABLES[letter.enquiry]
    one = select(table).where(table.landlord == letter.landlord, table.reference == letter.reference)
    found: Enquiry = session.scalars(one.with_for_update() if for_update else one).one()
    return found


def letters_about(session: Session, landlord: str, reference: str) -> Sequence[EnquiryLetter]:
    """Its letters, first ones first."""
    about = select(EnquiryLetter).where(EnquiryLetter.landlord == landlord, EnquiryLetter.reference == reference)
    return session.scalars(about.order_by(EnquiryLetter.written_at, EnquiryLetter.kind)).all()


def letter(session: Session, actor: Actor, letter_id: UUID, *, for_update: bool = False) -> EnquiryLetter | None:
    """One of the actor's landlord, about something that they may see; held where it is to be changed."""
    one = select(EnquiryLetter).where(EnquiryLetter.id == letter_id, EnquiryLetter.landlord == (actor.landlord or ""))
    found = session.scalar(one.with_for_update() if for_update else one)
    return found if found and may(actor, SEEN_BY[found.enquiry]) else None


class Brought(NamedTuple):
    """That somebody brought a letter, or tried to: on which day, whether it was told or posted, and their words."""

    on: date
    step: EnquiryStep
    reached: bool
    words: str


def brought(session: Session, letter: EnquiryLetter) -> list[Brought]:
    """Each posting and call of a letter, first things first."""
    found = entries_of(session, letter.landlord, letter.reference)
    steps = (EnquiryStep.POSTED, EnquiryStep.CALLED)
    own = [each for each in found if each.step in steps and each.payload["letter_id"] == str(letter.id)]
    return [_brought(each) for each in own]


def _brought(entry: EnquiryEntry) -> Brought:
    body = (entry.words.body if entry.words else None) or {}
    said = body.get("words") or body.get("reason") or ""
    return Brought(date.fromisoformat(entry.payload["on"]), entry.step, entry.payload.get("reached", True), said)


def mark_brought(letter: EnquiryLetter, enquiry: Enquiry, state: LetterState, on: date) -> None:
    """That a person brought it on that day: by post, or in a call."""
    # Noon, so that the day is the same one in every time zone that this could be read in.
    letter.state, letter.next_try_at = state, None
    letter.delivered_at = datetime.combine(on, time(12), tzinfo=UTC)
    if isinstance(enquiry, ServiceRequest) and letter.kind is EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT:
        enquiry.told_at = enquiry.told_at or letter.delivered_at


def one_letter(session: Session, letter_id: UUID) -> EnquiryLetter | None:
    """For whoever has shown that it is theirs."""
    return session.get(EnquiryLetter, letter_id)


def letters_needing_a_person(session: Session, actor: Actor, limit: int = AT_ONCE) -> Sequence[EnquiryLetter]:
    """Letters about what the actor may see that failed to go, wait to be printed or are to be told by phone."""
    kinds = [kind for kind in EnquiryKind if may(actor, SEEN_BY[kind])]
    return session.scalars(_NEEDING_A_PERSON.limit(limit), {"ours": actor.landlord or "", "kinds": kinds}).all()


_NEEDING_A_PERSON = (
    select(EnquiryLetter)
    .where(
        EnquiryLetter.landlord == bindparam("ours"),
        EnquiryLetter.enquiry.in_(bindparam("kinds", expanding=True)),
        text(NEEDS_A_PERSON),
    )
    .order_by(EnquiryLetter.written_at, EnquiryLetter.id)
)


def emailed_to(session: Session, address: str, kind: EnquiryLetterKind, *, since: datetime) -> int:
    """How many such letters were written to this address by email since then, of every landlord here."""
    letters = select(func.count()).select_from(EnquiryLetter)
    found = session.scalar(
        letters.where(
            EnquiryLetter.kind == kind,
            EnquiryLetter.channel == Channel.EMAIL,
            func.lower(EnquiryLetter.to_address) == address.strip().lower(),
            EnquiryLetter.written_at > since,
        )
    )
    return found or 0


def letter_to_deliver(session: Session, now: datetime) -> EnquiryLetter | None:
    """A letter whose time to be tried has come, held so that a second worker takes another."""
    due = select(EnquiryLetter).where(text(TO_DELIVER), EnquiryLetter.next_try_at <= now)
    return session.scalar(
        due.order_by(EnquiryLetter.next_try_at, EnquiryLetter.id).limit(1).with_for_update(skip_locked=True)
    )
