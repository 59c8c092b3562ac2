"""The record of what happened to enquiries: a hash chain of each landlord, beside the one of its complaints.

A complaint is its events; an enquiry is a row, so what it said when it came in is bound here as well, with the digest
of each letter. The words stand beside the chain as they do for complaints, so that erasing them leaves it whole.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from portal.domain.enquiries import EnquiryKind, EnquiryStep
from portal.domain.permissions import Actor
from portal.records.chain import KEY_BYTES, START, Break, canonical, digest_of
from portal.records.database import INSERTS
from portal.records.letters import digest_of as digest_of_letter
from portal.records.models import (
    EasierRequest,
    EnquiryEntry,
    EnquiryHead,
    EnquiryLetter,
    EnquiryWords,
    Petition,
    ServiceRequest,
)

Enquiry = Petition | ServiceRequest | EasierRequest
"""A row of what was asked for."""

TABLES: Mapping[EnquiryKind, Any] = {
    EnquiryKind.PETITION: Petition,
    EnquiryKind.SERVICE: ServiceRequest,
    EnquiryKind.EASIER: EasierRequest,
}

CAME_IN = ("name", "email", "phone", "address", "postcode", "contact", "words", "asks", "signatures", "channel")
"""What an enquiry said when it came in, as far as its table has it. None of it changes afterwards."""


def kind_of(enquiry: Enquiry) -> EnquiryKind:
    return next(kind for kind, table in TABLES.items() if isinstance(enquiry, table))


def came_in(enquiry: Enquiry) -> dict[str, Any]:
    """What it said when it came in, as it is bound into the record."""
    return {name: getattr(enquiry, name) for name in CAME_IN if hasattr(enquiry, name)}


def record(
    session: Session,
    enquiry: Enquiry,
    step: EnquiryStep,
    *,
    by: Actor,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> None:
    """Add a line about this enquiry. `payload` names nobody; `words` are what somebody wrote, or who they are."""
    head, key = _locked_head(session, enquiry.landlord), secrets.token_bytes(KEY_BYTES)
    entry = EnquiryEntry(
        landlord=enquiry.landlord,
        sequence=head.sequence + 1,
        at=at,
        by_role=by.role,
        by_id=by.user_id,
        enquiry=kind_of(enquiry),
        reference=enquiry.reference,
        step=step,
        payload=dict(payload or {}),
        content_digest=digest_of(key, dict(words)) if words else None,
        previous_hash=head.hash,
    )
    entry.hash = _hash_of(entry)
    entry.words = EnquiryWords(key=key, body=dict(words)) if words else None
    head.sequence, head.hash = entry.sequence, entry.hash
    session.add(entry)


def entries_of(session: Session, landlord: str, reference: str) -> list[EnquiryEntry]:
    """What happened to one enquiry, first things first."""
    about = select(EnquiryEntry).where(EnquiryEntry.landlord == landlord, EnquiryEntry.reference == reference)
    return list(session.scalars(about.order_by(EnquiryEntry.id)))


def landlords(session: Session) -> list[str]:
    """Every landlord that has such a record, by key."""
    both = union(select(EnquiryHead.landlord), select(EnquiryEntry.landlord), select(EnquiryLetter.landlord))
    return sorted(session.scalars(both))


def verify(session: Session, landlord: str) -> Break | None:
    """The first broken line of a landlord's record of enquiries, or None."""
    sequence, last_hash, written = 0, START, 0
    entries = select(EnquiryEntry).where(EnquiryEntry.landlord == landlord).order_by(EnquiryEntry.sequence)
    for entry in session.scalars(entries.execution_options(populate_existing=True)):
        sequence += 1
        if problem := next(_problems(session, entry, sequence, last_hash), None):
            return Break(landlord, sequence, entry.reference, problem)
        last_hash = entry.hash
        written += entry.step is EnquiryStep.LETTER_WRITTEN
    head = session.get(EnquiryHead, landlord, populate_existing=True)
    if (head.sequence, head.hash) != (sequence, last_hash) if head else sequence:
        return Break(landlord, sequence + 1, None, "the record does not end where its head says: lines are missing")
    sealed = select(func.count()).select_from(EnquiryLetter).where(EnquiryLetter.landlord == landlord)
    if session.scalar(sealed) != written:
        return Break(landlord, sequence + 1, None, "there are letters that no line speaks of")
    return None


def _problems(session: Session, entry: EnquiryEntry, sequence: int, previous_hash: str) -> Iterator[str]:
    if entry.sequence != sequence:
        yield f"a line is missing or out of order: {entry.sequence} follows {sequence - 1}"
    if entry.previous_hash != previous_hash:
        yield "it is not bound to the line before it"
    if entry.hash != _hash_of(entry):
        yield "what it says was altered"
    yield from _problems_of_words(entry)
    if entry.step is EnquiryStep.LETTER_WRITTEN:
        yield from _problems_of_letter(session, entry)
    if entry.step is EnquiryStep.RECEIVED and entry.words and entry.words.body is not None:
        table = TABLES[entry.enquiry]
        row: Enquiry | None = session.scalar(select(table).where(table.reference == entry.reference))
        if row is None or came_in(row) != entry.words.body:
            yield "what was asked for was altered"


def _problems_of_words(entry: EnquiryEntry) -> Iterator[str]:
    words = entry.words
    if entry.content_digest is None:
        if words:
            yield "words were added to it"
    elif words is None:
        yield "its words were removed without a record of the erasure"
    elif words.erased_at is not None:
        if words.key is not None or words.body is not None:
            yield "words were added after their erasure"
    elif words.key is None or digest_of(words.key, words.body) != entry.content_digest:
        yield "its words were altered"


def _problems_of_letter(session: Session, entry: EnquiryEntry) -> Iterator[str]:
    letters = select(EnquiryLetter).where(EnquiryLetter.landlord == entry.landlord)
    about = letters.where(EnquiryLetter.reference == entry.reference).execution_options(populate_existing=True)
    letter = next((each for each in session.scalars(about) if str(each.id) == entry.payload["letter_id"]), None)
    if letter is None:
        yield "its letter is missing"
    else:
        now = (letter.kind.value, digest_of_letter(letter.subject, letter.body, letter.english), letter.digest)
        if now != (entry.payload["letter"], entry.payload["digest"], entry.payload["digest"]):
            yield "its letter was altered"


def _hash_of(entry: EnquiryEntry) -> str:
    """SHA-256 over everything that a line says and the hash of the line before it."""
    linked = [
        entry.previous_hash,
        entry.landlord,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by_role,
        entry.by_id,
        entry.enquiry,
        entry.reference,
        entry.step,
        entry.payload,
        entry.content_digest,
    ]
    return hashlib.sha256(canonical(linked)).hexdigest()


def _locked_head(session: Session, landlord: str) -> EnquiryHead:
    """The end of the record, held against other writers until this unit of work ends."""
    found = session.get(EnquiryHead, landlord, with_for_update=True)
    if found is None:
        # Two writers may both find none; the second waits here and then reads the first one's.
        insert = INSERTS[session.get_bind().dialect.name]
        first = insert(EnquiryHead).values(landlord=landlord, sequence=0, hash=START)
        session.execute(first.on_conflict_do_nothing())
        found = session.get_one(EnquiryHead, landlord, with_for_update=True)
    return found
