"""What went to somebody, byte for byte, and whether it is still what went.

The copies of a landlord are a hash chain of their own, with the digest of each: an email goes after its letter was
written, and must not change a complaint under the hands of who works on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session, undefer

from portal.records.chain import START, Break, canonical
from portal.records.database import INSERTS
from portal.records.models import EnquiryLetter, LetterRow
from portal.records.sent_tables import SentAs, SentCopy, SentHead

COPIES_AT_A_TIME = 20
"""One is seldom more than a few hundred kilobytes."""


def keep(session: Session, letter: LetterRow | EnquiryLetter, sent_as: SentAs, content: bytes, *, at: datetime) -> None:
    """Keep what went, in the unit of work that says so."""
    head = _locked_head(session, letter.landlord)
    copy = SentCopy(
        landlord=letter.landlord,
        sequence=head.sequence + 1,
        letter_id=letter.id,
        sent_as=sent_as,
        at=at,
        digest=sha256(content).hexdigest(),
        size=len(content),
        content=content,
        previous_hash=head.hash,
    )
    copy.hash = _hash_of(copy)
    head.sequence, head.hash = copy.sequence, copy.hash
    session.add(copy)


def copies_of(session: Session, letter: LetterRow | EnquiryLetter) -> Sequence[SentCopy]:
    """Each time that it went, the first one first, without what went."""
    of_letter = select(SentCopy).where(SentCopy.letter_id == letter.id, SentCopy.landlord == letter.landlord)
    return session.scalars(of_letter.order_by(SentCopy.sequence)).all()


def copy_with_content(session: Session, letter: LetterRow | EnquiryLetter, number: int) -> SentCopy | None:
    """One of the copies of this letter, by its place among all of the landlord, with what went unless it is erased."""
    of_letter = select(SentCopy).where(SentCopy.letter_id == letter.id, SentCopy.landlord == letter.landlord)
    found = session.scalar(of_letter.where(SentCopy.sequence == number).options(undefer(SentCopy.content)))
    return found if found and found.content is not None else None


def erase_copies(session: Session, complaint_id: int, *, at: datetime) -> None:
    """Forget what went, when the words of the complaint are forgotten. That it went, and its digest, stay."""
    letters = select(LetterRow.id).where(LetterRow.complaint_id == complaint_id)
    of_case = update(SentCopy).where(SentCopy.letter_id.in_(letters), SentCopy.erased_at.is_(None))
    session.execute(of_case.values(content=None, erased_at=at), execution_options={"synchronize_session": False})


def landlords(session: Session) -> list[str]:
    """Every landlord of whom a copy is kept, by key."""
    return sorted(session.scalars(union(select(SentHead.landlord), select(SentCopy.landlord))))


def verify(session: Session, landlord: str) -> Break | None:
    """The first broken copy of a landlord, or None. Reads a few at a time."""
    sequence, last_hash = 0, START
    copies = select(SentCopy).where(SentCopy.landlord == landlord).order_by(SentCopy.sequence)
    read = copies.options(undefer(SentCopy.content)).execution_options(
        yield_per=COPIES_AT_A_TIME, populate_existing=True
    )
    with closing(session.scalars(read)) as found:
        for copy in found:
            sequence += 1
            if problem := _problem(copy, sequence, last_hash):
                return Break(landlord, sequence, None, problem)
            last_hash = copy.hash
    head = session.get(SentHead, landlord, populate_existing=True)
    if (head.sequence, head.hash) != (sequence, last_hash) if head else sequence:
        return Break(landlord, sequence + 1, None, "the copies do not end where their head says: some are missing")
    return None


def _problem(copy: SentCopy, sequence: int, previous_hash: str) -> str | None:
    if copy.sequence != sequence:
        return f"a copy of what was sent is missing or out of order: {copy.sequence} follows {sequence - 1}"
    if copy.previous_hash != previous_hash:
        return "the copy is not bound to the one before it"
    if copy.hash != _hash_of(copy):
        return "what is said of the copy was altered"
    if copy.erased_at is not None:
        return None if copy.content is None else "a copy was added after its erasure"
    if copy.content is None:
        return "the copy was removed without a record of the erasure"
    return None if sha256(copy.content).hexdigest() == copy.digest else "what was sent was altered"


def _hash_of(copy: SentCopy) -> str:
    """SHA-256 over everything that is said of a copy, its digest among it, and the hash of the one before it."""
    linked = [
        copy.previous_hash,
        copy.landlord,
        copy.sequence,
        str(copy.letter_id),
        copy.sent_as,
        copy.at.astimezone(UTC).isoformat(timespec="microseconds"),
        copy.digest,
        copy.size,
    ]
    return sha256(canonical(linked)).hexdigest()


def _locked_head(session: Session, landlord: str) -> SentHead:
    """The last copy, held against other writers until this unit of work ends."""
    found = session.get(SentHead, landlord, with_for_update=True)
    if found is None:
        # Two writers may both find none; the second waits here and then reads the first one's.
        insert = INSERTS[session.get_bind().dialect.name]
        session.execute(insert(SentHead).values(landlord=landlord, sequence=0, hash=START).on_conflict_do_nothing())
        found = session.get_one(SentHead, landlord, with_for_update=True)
    return found
