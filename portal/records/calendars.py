"""The days that administrators have added to a landlord's calendar: read, changed, and each change kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.days_off import DayKind, DayOff
from portal.domain.refusal import StaleVersion
from portal.records.calendar_tables import CalendarChange, CalendarEntry, LandlordCalendar
from portal.records.database import INSERTS

__all__ = ["CalendarChange", "CalendarEntry", "LandlordCalendar"]

AT_ONCE = 200
CHANGED_MEANWHILE = "Somebody has changed the calendar since you opened this page"


def days_in(text: str | None) -> tuple[DayOff, ...]:
    """What `LandlordCalendar.days` holds; nothing where a landlord has no such row yet."""
    return tuple(DayOff(date.fromisoformat(day), DayKind(kind), name) for day, kind, name in json.loads(text or "[]"))


def days_of(session: Session, landlord: str) -> tuple[DayOff, ...]:
    """Those of a landlord, the earliest first."""
    return days_in(session.scalar(select(LandlordCalendar.days).where(LandlordCalendar.landlord == landlord)))


def version_of(session: Session, landlord: str) -> int:
    """How often the calendar was changed, for a form to carry."""
    return session.scalar(select(LandlordCalendar.version).where(LandlordCalendar.landlord == landlord)) or 0


def held(session: Session, landlord: str, *, version: int | None) -> LandlordCalendar:
    """The calendar, held against other writers. Raises `StaleVersion` where it is not that of the page any more."""
    insert = INSERTS[session.get_bind().dialect.name]
    empty = insert(LandlordCalendar).values(landlord=landlord, version=0, days="[]")
    session.execute(empty.on_conflict_do_nothing())
    found = session.get_one(LandlordCalendar, landlord, with_for_update=True, populate_existing=True)
    if version is not None and version != found.version:
        raise StaleVersion(CHANGED_MEANWHILE)
    return found


def put(calendar: LandlordCalendar, days: Iterable[DayOff]) -> None:
    """These are the added days from now on, and no others."""
    calendar.days = json.dumps([[each.day.isoformat(), each.kind, each.name] for each in sorted(days)])
    calendar.version += 1


def record(
    session: Session,
    landlord: str,
    change: CalendarChange,
    day: DayOff,
    why: str,
    *,
    moved: int,
    by_id: int | None,
    at: datetime,
) -> None:
    """Keep who changed it, when and why."""
    session.add(
        CalendarEntry(
            landlord=landlord,
            at=at,
            by_id=by_id,
            change=change,
            kind=day.kind,
            day=day.day,
            name=day.name,
            why=why,
            moved=moved,
        )
    )


def changes(session: Session, landlord: str) -> Sequence[CalendarEntry]:
    """What was changed, the latest first."""
    ours = select(CalendarEntry).where(CalendarEntry.landlord == landlord)
    return session.scalars(ours.order_by(CalendarEntry.id.desc()).limit(AT_ONCE)).all()
