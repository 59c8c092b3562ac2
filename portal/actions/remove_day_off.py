"""An administrator takes a day out of the landlord's calendar again that one of them had added."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import calendar_held
from portal.domain.days_off import check_why, one_of
from portal.domain.permissions import Actor
from portal.records import calendars
from portal.records.calendars import CalendarChange
from portal.records.recounting import counted_with, recount


def remove_day_off(
    session: Session, actor: Actor, day: date, why: str, *, now: datetime, version: int | None = None
) -> int:
    """In how many complaints a date moves by it. Each is counted as if the day had never been added.

    Raises `Forbidden`, `Refused`, and `StaleVersion` where the calendar is not that of the page any more.
    """
    calendar, landlord = calendar_held(session, actor, version), actor.landlord or ""
    before = calendars.days_in(calendar.days)
    gone = one_of(before, day)
    check_why(why)
    after = tuple(each for each in before if each != gone)
    calendars.put(calendar, after)
    counted = (counted_with(landlords.rules_for, before), counted_with(landlords.rules_for, after))
    moved = recount(session, landlord, *counted, gone, removed=True, by=actor, at=now)
    calendars.record(session, landlord, CalendarChange.REMOVED, gone, why, moved=moved, by_id=actor.user_id, at=now)
    return moved
