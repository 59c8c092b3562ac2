"""Every letter of the demonstration, for the page that stands in for residents' mailboxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, contains_eager

from portal.post.notes import address_of
from portal.records import links
from portal.records.models import LetterRow, Link, LinkPurpose

PAGE = 25
LATEST = 10


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


@dataclass(frozen=True, slots=True)
class Sent:
    """A link or a code that somebody asked for and that still works, as its owner gets it."""

    landlord: str
    at: datetime
    for_draft: bool
    to_address: str
    link: str = ""
    code: str = ""


def asked_for(
    session: Session, landlord: str | None, now: datetime, *, base_url: str, secret_key: str
) -> Sequence[Sent]:
    """The latest, of one landlord or of all."""
    unused = (Link.expires_at > now, Link.used_at.is_(None), Link.purpose != LinkPurpose.STAFF_NOTE)
    query = select(Link).where(*unused)
    if landlord:
        query = query.where(Link.landlord == landlord)
    found = session.scalars(query.order_by(Link.written_at.desc(), Link.id.desc()).limit(LATEST)).all()
    return [_sent(each, base_url, secret_key) for each in found if links.is_derived_from(secret_key, each)]


def _sent(link: Link, base_url: str, secret_key: str) -> Sent:
    said = (link.landlord, link.written_at, link.purpose is LinkPurpose.DRAFT, link.to_address)
    if link.letter_id is not None:
        return Sent(*said, code=links.slip_code(secret_key, link.id))
    if link.purpose is LinkPurpose.SIGN_IN:
        return Sent(*said, code=links.sign_in_code(secret_key, link.id))
    return Sent(*said, link=address_of(link, base_url=base_url, secret_key=secret_key))


def one(session: Session, letter_id: UUID) -> LetterRow | None:
    """A letter with its complaint."""
    query = select(LetterRow).join(LetterRow.complaint).options(contains_eager(LetterRow.complaint))
    return session.scalar(query.where(LetterRow.id == letter_id))
