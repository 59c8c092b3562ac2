"""The hash chain of a landlord: each event is bound to all before it.

The content of an event is not in the chain, only its digest under a random key that is stored
beside it. Erasing content and key leaves the chain whole, and a digest that nobody can guess from.
A letter is bound by the digest in the event that says it was written.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Protocol

from sqlalchemy import ScalarResult, func, select, union
from sqlalchemy.orm import Session, contains_eager

from portal.domain.events import LetterWritten
from portal.domain.group_events import MemberLetter
from portal.domain.representative_events import LetterCopied
from portal.records.letters import digest_of as digest_of_letter
from portal.records.models import ChainHead, EventRow, LetterRow

START = "0" * 64
"""What the first event of a landlord is bound to."""

SEALS_A_LETTER = frozenset({LetterWritten.kind, LetterCopied.kind, MemberLetter.kind})

KEY_BYTES = 32

ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry at which a chain does not hold. `reference` is None where no complaint can be named."""

    landlord: str
    sequence: int
    reference: str | None
    problem: str

    def __str__(self) -> str:
        complaint = f", complaint {self.reference}" if self.reference else ""
        return f"{self.landlord}: entry {self.sequence}{complaint}: {self.problem}"


_SPELT = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> bytes:
    """JSON with one spelling for each value: keys sorted, no spaces, UTF-8."""
    return _SPELT.encode(value).encode()


def digest_of(key: bytes, content: Any) -> str:
    """HMAC-SHA256 of the content under the key that is stored beside it."""
    return digest_of_spelt(key, canonical(content))


def digest_of_spelt(key: bytes, content: bytes) -> str:
    """The same of content that is spelt as `canonical` does already."""
    return hmac.new(key, content, hashlib.sha256).hexdigest()


class Entry(Protocol):
    """What an entry of the chain says: a row of the events, or one that is still to be stored."""

    landlord: Any
    sequence: Any
    number: Any
    at: Any
    by_role: Any
    by_id: Any
    kind: Any
    payload: Any
    content_digest: Any
    previous_hash: Any


def hash_of(row: Entry, reference: str) -> str:
    """SHA-256 over everything that an entry says and the hash of the entry before it."""
    linked = [
        row.previous_hash,
        row.landlord,
        row.sequence,
        reference,
        row.number,
        # In summer a moment in London reads differently from the same one in UTC, which is what comes back.
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.by_role,
        row.by_id,
        row.kind,
        row.payload,
        row.content_digest,
    ]
    return hashlib.sha256(canonical(linked)).hexdigest()


def landlords(session: Session) -> list[str]:
    """Every landlord that has an entry or the head of a chain, by key."""
    return sorted(session.scalars(union(select(ChainHead.landlord), select(EventRow.landlord))))


def verify(session: Session, landlord: str) -> Break | None:
    """The first broken entry of a landlord's chain, or None. Reads a few hundred entries at a time."""
    sequence, last_hash, written = 0, START, 0
    with closing(_entries(session, landlord)) as entries:
        for rows in entries.partitions():
            letters = _letters_of(session, rows)
            for row in rows:
                sequence += 1
                if problem := _problem(row, sequence, last_hash) or _letter_problem(row, letters):
                    return Break(landlord, sequence, row.complaint.reference, problem)
                last_hash = row.hash
                written += row.kind in SEALS_A_LETTER
    if problem := _problem_at_the_end(session, landlord, sequence, last_hash, written):
        return Break(landlord, sequence + 1, None, problem)
    return None


def _problem_at_the_end(session: Session, landlord: str, sequence: int, last_hash: str, written: int) -> str | None:
    head = session.get(ChainHead, landlord, populate_existing=True)
    if (head.sequence, head.hash) != (sequence, last_hash) if head else sequence:
        return "the chain does not end where its head says: entries are missing"
    letters = session.scalar(select(func.count()).select_from(LetterRow).where(LetterRow.landlord == landlord))
    return None if letters == written else "there are letters that no entry speaks of"


def _entries(session: Session, landlord: str) -> ScalarResult[EventRow]:
    entries = (
        select(EventRow)
        .join(EventRow.complaint)
        .outerjoin(EventRow.content)
        .options(contains_eager(EventRow.complaint), contains_eager(EventRow.content))
        .where(EventRow.landlord == landlord)
        .order_by(EventRow.sequence)
        .execution_options(yield_per=ROWS_AT_A_TIME, populate_existing=True)
    )
    return session.scalars(entries)


def _problem(row: EventRow, sequence: int, previous_hash: str) -> str | None:
    if row.sequence != sequence:
        return f"an entry is missing or out of order: {row.sequence} follows {sequence - 1}"
    if row.previous_hash != previous_hash:
        return "it is not bound to the entry before it"
    if row.complaint.landlord != row.landlord:
        return "its complaint was moved to another landlord"
    if row.hash != hash_of(row, row.complaint.reference):
        return "what it says was altered"
    return _content_problem(row)


def _content_problem(row: EventRow) -> str | None:
    content = row.content
    if row.content_digest is None:
        return "content was added to it" if content else None
    if content is None:
        return "its content was removed without a record of the erasure"
    if content.erased_at is not None:
        return None if content.key is None and content.body is None else "content was added after its erasure"
    if content.key is None or digest_of(content.key, content.body) != row.content_digest:
        return "its content was altered"
    return None


def _letters_of(session: Session, rows: Sequence[EventRow]) -> Mapping[str, LetterRow]:
    """The letters of the complaints in which these entries say that one was written, by id."""
    complaints = {row.complaint_id for row in rows if row.kind in SEALS_A_LETTER}
    found = session.scalars(
        select(LetterRow).where(LetterRow.complaint_id.in_(complaints)).execution_options(populate_existing=True)
    )
    return {str(each.id): each for each in found}


def _letter_problem(row: EventRow, letters: Mapping[str, LetterRow]) -> str | None:
    if row.kind not in SEALS_A_LETTER:
        return None
    letter = letters.get(row.payload["letter_id"])
    if letter is None or letter.complaint_id != row.complaint_id or letter.landlord != row.landlord:
        return "its letter is missing"
    promised = letter.promised_on.isoformat() if letter.promised_on else None
    written = (letter.kind.value, digest_of_letter(letter.subject, letter.body, letter.english), promised)
    as_sealed = written == (row.payload["letter"], row.payload["digest"], row.payload.get("promised"))
    return None if as_sealed and letter.digest == row.payload["digest"] else "its letter was altered"
