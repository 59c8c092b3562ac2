"""How a case is changed by a bank holiday that came or went: which told dates it is held to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.domain.calendar_events import BankHolidayAdded, BankHolidayRemoved
from portal.domain.policy import Key

if TYPE_CHECKING:
    from portal.domain.case import Case


def added(case: Case, event: BankHolidayAdded) -> Case:
    return replace(case, holidays=(*case.holidays, event))


def removed(case: Case, event: BankHolidayRemoved) -> Case:
    return replace(case, holidays=tuple(each for each in case.holidays if each.day != event.day))


def without(case: Case, key: Key) -> Case:
    """After more time was taken: it was told in its own letter, which is the promise from then on (Code 6.4)."""
    return replace(case, holidays=tuple(each for each in case.holidays if each.key is not key))
