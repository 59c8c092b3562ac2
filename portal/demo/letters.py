"""Every letter of the demonstration, for the page that stands in for residents' mailboxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, contains_eager

from portal.records.models import LetterRow

PAGE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of letters begins: after this one."""

    written_at: datetime
    letter_id: UUID

    def __str__(self) -> str:
        return f"{self.written_at.isoformat()}_{self.letter_id}"

    @classmethod
    def read(cls, text: str) -> Place:
        """The reverse of `str`. Raises ValueError."""
        text_of_moment, _, letter_id = text.partition("_")
        written_at = datetime.fromisoformat(text_of_moment)
        if written_at.utcoffset() != timedelta(0):
            raise ValueError("a page ends at a moment in UTC")
        return cls(written_at, UUID(letter_id))


def newest(session: Session, landlord: str | None, after: Place | None) -> tuple[Sequence[LetterRow], Place | None]:
    """A page of letters, newest first, and where the next page begins, if there is one."""
    query = select(LetterRow).join(LetterRow.complaint).options(contains_eager(LetterRow.complaint))
    if landlord:
        query = query.where(LetterRow.landlord == landlord)
    if after:
        query = query.where(tuple_(LetterRow.written_at, LetterRow.id) < (after.written_at, after.letter_id))
    found = session.scalars(query.order_by(LetterRow.written_at.desc(), LetterRow.id.desc()).limit(PAGE + 1)).all()
    page = found[:PAGE]
    return page, Place(page[-1].written_at, page[-1].id) if len(found) > PAGE else None


def one(session: Session, letter_id: UUID) -> LetterRow | None:
    """A letter with its complaint."""
    query = select(LetterRow).join(LetterRow.complaint).options(contains_eager(LetterRow.complaint))
    return session.scalar(query.where(LetterRow.id == letter_id))
