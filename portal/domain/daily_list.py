"""Whom the portal reminds of what, once on each working day: whoever answers before a limit, the lead after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.domain.events import Stage
from portal.domain.working_days import Calendar

DAYS_BEFORE = (3, 1, 0)
"""Working days before a limit on which whoever handles the complaint hears of it."""

LOOKS_AHEAD = timedelta(days=14)
"""Three working days fit into it across any holiday."""

NOT_BEFORE = time(6)


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint as a list names it. `late`: its limit has passed."""

    reference: str
    stage: Stage
    due: date
    late: bool = False


def is_time(now: datetime, calendar: Calendar) -> bool:
    """Whether lists go out now: from six in the morning, and on no weekend or bank holiday."""
    return now.time() >= NOT_BEFORE and calendar.covers(now.date()) and calendar.is_working_day(now.date())


def is_reminded_of(due: date, today: date, calendar: Calendar) -> bool:
    """Whether today is one of the days on which somebody hears of a limit that has not passed."""
    return due >= today and calendar.covers(due) and calendar.between(today, due) in DAYS_BEFORE
