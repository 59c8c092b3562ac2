"""What becomes of a complaint's dates when a bank holiday is proclaimed or taken back, and the date that stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, event
from portal.domain.policy import Key


@event("bank_holiday_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidayAdded(Event):
    """A day is no working day any more, so what is owed next is counted anew, by policy and Code alike.

    `told` is the date for it that a letter gave, None where none did: the resident is held to nothing later than that.
    `due_before` and `due_after` are the dates as counted.
    """

    day: date
    holiday: str
    key: Key
    told: date | None
    due_before: date
    due_after: date


@event("bank_holiday_removed")
@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidayRemoved(Event):
    """A day is a working day again. The fields are those of `BankHolidayAdded`."""

    day: date
    holiday: str
    key: Key
    told: date | None
    due_before: date
    due_after: date


def kept_to(holidays: Iterable[BankHolidayAdded], key: Key, due: date) -> date:
    """The last day for what `key` names: no later than a letter told before a bank holiday moved it."""
    return min((due, *(each.told for each in holidays if each.key is key and each.told)))
