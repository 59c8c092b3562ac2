"""What the daily lists are made of: open complaints whose limit is near or has passed, read by the queue's indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.domain.daily_list import Line
from portal.domain.events import Stage
from portal.domain.permissions import Actor
from portal.records.accounts import User
from portal.records.database import INSERTS
from portal.records.links import hash_of
from portal.records.models import ComplaintRow, LetterState, Link, LinkPurpose
from portal.records.sight import IN_SIGHT, sight_of

MOST = 100
"""Lines in one email."""

DAILY_LISTS = UUID("5b0f6a52-6a0e-4f0b-9d51-0d4ad0b2f6c1")
"""What the ids of daily lists are made from, with a person and a day."""


class Limit(NamedTuple):
    """When something is due in an open complaint, and who handles it."""

    reference: str
    stage: Stage
    due_on: date
    handler_id: int | None


def near(session: Session, landlord: str, today: date, until: date) -> Sequence[Limit]:
    """Those of a landlord that pass from today to that day, the first one first."""
    ours = _LIMITS.where(ComplaintRow.landlord == landlord, ComplaintRow.due_on >= today, ComplaintRow.due_on <= until)
    return _read(session.execute(ours))


def passed(session: Session, actor: Actor, today: date) -> Sequence[Limit]:
    """Those in somebody's sight that have passed, the oldest first, up to `MOST`."""
    theirs = _LIMITS.where(IN_SIGHT, ComplaintRow.due_on < today).limit(MOST)
    return _read(session.execute(theirs, sight_of(actor)))


def _read(rows: Iterable[Row[str, Stage, date | None, int | None]]) -> Sequence[Limit]:
    return [Limit(reference, stage, due, handler_id) for reference, stage, due, handler_id in rows if due]


def write(session: Session, secret_key: str, user: User, lines: Sequence[Line], *, at: datetime) -> bool:
    """The list of a day for a member of staff. False where they have had it: its id is made of them and the day.

    It is gone a day later, sent or not: then there is a newer one.
    """
    link_id = uuid5(DAILY_LISTS, f"{user.id} {at.date()}")
    insert = INSERTS[session.get_bind().dialect.name]
    kept = insert(Link).values(
        id=link_id,
        landlord=user.landlord or "",
        purpose=LinkPurpose.STAFF_NOTE,
        token_hash=hash_of(secret_key, link_id),
        user_id=user.id,
        lines=[{**asdict(each), "due": each.due.isoformat()} for each in lines[:MOST]],
        written_at=at,
        expires_at=at + timedelta(days=1),
        to_address=user.email,
        state=LetterState.PENDING,
        next_try_at=at,
    )
    return session.scalar(kept.on_conflict_do_nothing().returning(Link.id)) is not None


_LIMITS: Select[str, Stage, date | None, int | None] = (
    select(ComplaintRow.reference, ComplaintRow.stage, ComplaintRow.due_on, ComplaintRow.handler_id)
    .where(ComplaintRow.is_open)
    .order_by(ComplaintRow.due_on, ComplaintRow.id)
)
