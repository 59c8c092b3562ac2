"""Every read by name, each within what its actor may see, each in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager

from portal.domain.events import Stage
from portal.domain.lifecycle import Status
from portal.domain.permissions import Actor, Role
from portal.records.adjustments import earlier_with_adjustments, easier_request, easier_requests
from portal.records.history import CaseFile, NotFound, open_case
from portal.records.models import ComplaintRow, EasierRequest, LetterRow, LetterState, User
from portal.records.queue import CAP, Place, QueuePage, View, counts, queue

__all__ = [
    "CAP",
    "EasierRequest",
    "LetterRow",
    "LetterState",
    "NotFound",
    "Place",
    "QueuePage",
    "View",
    "actor_of",
    "counts",
    "earlier_with_adjustments",
    "easier_request",
    "easier_requests",
    "handler",
    "has_ended",
    "is_taken",
    "letter",
    "letters",
    "letters_needing_a_person",
    "letters_to_deliver",
    "open_case",
    "overdue_references",
    "queue",
    "staff_of",
    "users_by_id",
]

HANDLES_CASES = (Role.HANDLER, Role.LEAD)

BANNER = 25
"""How many letters the queue names before it says that there are more."""


def letters(session: Session, file: CaseFile) -> Sequence[LetterRow]:
    """The letters of an open case in the order in which they were written, of the same moment too."""
    of_case = select(LetterRow).where(LetterRow.complaint_id == file.row.id).order_by(LetterRow.written_at)
    places = {written.letter_id: place for place, written in enumerate(file.case.letters)}
    return sorted(session.scalars(of_case), key=lambda each: places.get(str(each.id), len(places)))


def letter(session: Session, file: CaseFile, letter_id: UUID) -> LetterRow:
    """One letter of an open case. Raises `NotFound` for a letter of another."""
    one = select(LetterRow).where(LetterRow.complaint_id == file.row.id, LetterRow.id == letter_id)
    found = session.scalar(one)
    if found is None:
        raise NotFound(str(letter_id))
    return found


def letters_needing_a_person(session: Session, actor: Actor, limit: int = BANNER) -> Sequence[LetterRow]:
    """Letters that failed to go or wait to be printed, oldest first, each with its complaint."""
    waiting = (
        select(LetterRow)
        .join(LetterRow.complaint)
        .options(contains_eager(LetterRow.complaint))
        .where(
            LetterRow.landlord == (actor.landlord or ""),
            _in_state(LetterState.FAILED, LetterState.TO_POST),
        )
        .order_by(LetterRow.written_at, LetterRow.id)
    )
    return session.scalars(waiting.limit(limit)).all()


def letters_to_deliver(session: Session, now: datetime, limit: int = 50) -> Sequence[LetterRow]:
    """Letters whose time to be tried has come, held so that a second worker takes others.

    One without a next try was refused for good, and waits for a person.
    """
    due = (
        select(LetterRow)
        .where(
            _in_state(LetterState.PENDING, LetterState.FAILED),
            LetterRow.next_try_at <= now,
        )
        .order_by(LetterRow.next_try_at, LetterRow.id)
    )
    return session.scalars(due.limit(limit).with_for_update(skip_locked=True)).all()


def _in_state(*states: LetterState) -> ColumnElement[bool]:
    # Written out, not bound: SQLite uses the partial indexes of letters only for the very same words.
    return LetterRow.state.in_(bindparam("states", states, expanding=True, literal_execute=True))


def overdue_references(session: Session, landlord: str, today: date) -> Sequence[str]:
    """The complaints of a landlord whose next date has passed without what it asked for, longest first."""
    overdue = select(ComplaintRow.reference).where(
        ComplaintRow.landlord == landlord, ComplaintRow.is_open, ComplaintRow.due_on < today
    )
    return session.scalars(overdue.order_by(ComplaintRow.due_on, ComplaintRow.id)).all()


def has_ended(session: Session, landlord: str, reference: str) -> bool:
    """Whether the landlord has such a complaint, and nothing more is to be answered in it."""
    status = session.execute(
        select(ComplaintRow.stage, ComplaintRow.status).where(
            ComplaintRow.landlord == landlord, ComplaintRow.reference == reference
        )
    ).one_or_none()
    return status is not None and (status.status is Status.CLOSED or tuple(status) == (Stage.TWO, Status.RESPONDED))


def is_taken(session: Session, reference: str) -> bool:
    """Whether any landlord here has a complaint with this reference."""
    return session.scalar(select(ComplaintRow.id).where(ComplaintRow.reference == reference)) is not None


def users_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, User]:
    """The users with these ids, in one statement: the names on a timeline."""
    found = session.scalars(select(User).where(User.id.in_(sorted(set(ids)))))
    return {each.id: each for each in found}


def staff_of(session: Session, landlord: str) -> Sequence[User]:
    """The members of staff who can be given a case, by name."""
    return session.scalars(_handlers(landlord).order_by(User.name, User.id)).all()


def handler(session: Session, landlord: str, user_id: int) -> User | None:
    """The member of staff of this landlord who can be given a case, or None."""
    return session.scalar(_handlers(landlord).where(User.id == user_id))


def actor_of(user: User) -> Actor:
    """Who a signed-in member of staff is to the rules."""
    return Actor(role=user.role, landlord=user.landlord, user_id=user.id, name=user.name, rank=user.rank)


def _handlers(landlord: str) -> Select[User]:
    return select(User).where(User.landlord == landlord, User.role.in_(HANDLES_CASES), User.active)
