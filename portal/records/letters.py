"""A sealed letter: what the chain holds of it, and that afterwards nothing changes but its way to the resident."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from portal.records.models import ComplaintRow, LetterRow, LetterState


def digest_of(subject: str, body: str, english: str = "") -> str:
    """What the chain holds of a letter: SHA-256 of its subject, an end of line, and its source.

    After another end of line comes the same in English, where it is in another language.
    """
    return sha256("\n".join([subject, body, *([english] if english else [])]).encode()).hexdigest()


def in_state(*states: LetterState) -> ColumnElement[bool]:
    # Written out, not bound: SQLite uses the partial indexes of letters only for the very same words.
    return LetterRow.state.in_(bindparam("states", states, expanding=True, literal_execute=True))


_DUE = (
    select(LetterRow.id)
    .where(in_state(LetterState.PENDING, LetterState.FAILED), LetterRow.next_try_at <= bindparam("now"))
    .order_by(LetterRow.next_try_at, LetterRow.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(LetterRow)
    .where(LetterRow.id == _DUE.scalar_subquery())
    .values(attempts=LetterRow.attempts + 1, next_try_at=bindparam("until"))
    .returning(LetterRow)
    .execution_options(synchronize_session=False)
)


def claim(session: Session, now: datetime, until: datetime) -> LetterRow | None:
    """A letter whose time to be tried has come, in one statement: nobody else is given it before `until`.

    One without a next try was refused for good, and waits for a person.
    """
    return session.scalar(_CLAIM, {"now": now, "until": until})


def mark_posted(session: Session, complaint: ComplaintRow, letter_id: UUID, posted_on: date) -> bool:
    """Whether the letter of this complaint was waiting to be posted, and now is."""
    return _moved(session, complaint, letter_id, LetterState.TO_POST, LetterState.POSTED, posted_on)


def mark_told(session: Session, complaint: ComplaintRow, letter_id: UUID, told_on: date) -> bool:
    """Whether the letter of this complaint was waiting for a call, and was told in one."""
    return _moved(session, complaint, letter_id, LetterState.TO_CALL, LetterState.TOLD, told_on)


def held_back(session: Session, complaint_ids: Collection[int]) -> Sequence[LetterRow]:
    """The letters of these complaints that wait until somebody has checked how the resident is reached."""
    of_them = select(LetterRow).where(LetterRow.complaint_id.in_(complaint_ids), LetterRow.state == LetterState.HELD)
    return session.scalars(of_them.order_by(LetterRow.written_at)).all()


def _moved(
    session: Session, complaint: ComplaintRow, letter_id: UUID, before: LetterState, after: LetterState, on: date
) -> bool:
    # Noon, so that the day is the same one in every time zone that this could be read in.
    done = session.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id, LetterRow.complaint_id == complaint.id, LetterRow.state == before)
        .values(state=after, delivered_at=datetime.combine(on, time(12), tzinfo=UTC))
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1
