"""An administrator adds a bank holiday, or a day on which the office is closed, to the landlord's calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import calendar_held
from portal.domain.days_off import DayOff, amended, check_added, check_why
from portal.domain.permissions import Actor
from portal.records import calendars
from portal.records.calendars import CalendarChange
from portal.records.recounting import counted_with, recount


def add_day_off(
    session: Session, actor: Actor, day: DayOff, why: str, *, now: datetime, version: int | None = None
) -> int:
    """In how many complaints a date moves by it. What residents were told is kept to all the same.

    Raises `Forbidden`, `Refused`, and `StaleVersion` where the calendar is not that of the page any more.
    """
    calendar, landlord = calendar_held(session, actor, version), actor.landlord or ""
    before = calendars.days_in(calendar.days)
    check_added(amended(landlords.calendar_for(landlord), before), day)
    check_why(why)
    after = (*before, day)
    calendars.put(calendar, after)
    counted = (counted_with(landlords.rules_for, before), counted_with(landlords.rules_for, after))
    moved = recount(session, landlord, *counted, day, removed=False, by=actor, at=now)
    calendars.record(session, landlord, CalendarChange.ADDED, day, why, moved=moved, by_id=actor.user_id, at=now)
    return moved
