"""Days that were added to the calendar, in words that staff alone read."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.days_off import DayKind
from portal.records.calendars import CalendarChange
from portal.web.wording import lazy_gettext as _l

CALENDAR_WORDS: tuple[tuple[Enum, Any], ...] = (
    (DayKind.BANK_HOLIDAY, _l("bank holiday")),
    (DayKind.CLOSURE, _l("our office is closed")),
    (CalendarChange.ADDED, _l("A day was added")),
    (CalendarChange.REMOVED, _l("A day was taken out")),
)
