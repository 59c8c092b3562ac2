"""Days that administrators add to a landlord's calendar: a proclaimed bank holiday, a closure of the office.

A bank holiday is no working day, under the policy and under the Code. A closure stays one for every limit, and only
brings the staff's own target forward (Ombudsman determination 202400224; nothing lets a landlord stop the clock).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.domain.calendar_events import BankHolidayAdded, BankHolidayRemoved
from portal.domain.case import Case, Rules
from portal.domain.owed import next_owed
from portal.domain.policy import Key
from portal.domain.promises import promised
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.domain.working_days import Calendar

LONGEST_NAME = 80


class DayKind(StrEnum):
    BANK_HOLIDAY = "bank_holiday"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a day does to one complaint. `due_before` and `due_after` are what is owed next, as counted;
    `target_before` and `target_after` the staff's own; `told` what a letter gave the resident, if one did."""

    reference: str
    key: Key
    told: date | None
    due_before: date
    due_after: date
    target_before: date
    target_after: date


def amended(calendar: Calendar, days: Iterable[DayOff]) -> Calendar:
    """The calendar with these days in it as well."""
    days = tuple(days)
    if not days:
        return calendar
    holidays = {each.day: each.name for each in days if each.kind is DayKind.BANK_HOLIDAY}
    closures = {each.day for each in days if each.kind is DayKind.CLOSURE}
    return replace(calendar, holidays={**holidays, **calendar.holidays}, closures=calendar.closures | closures)


def with_days(rules: Rules, days: Iterable[DayOff]) -> Rules:
    days = tuple(days)
    return replace(rules, calendar=amended(rules.calendar, days)) if days else rules


def check_added(calendar: Calendar, new: DayOff) -> None:
    """Raises `Refused` where the day would change nothing. `calendar` has all days that there are so far."""
    if not new.name.strip():
        raise Refused("Enter what the day is called", "name")
    if len(new.name) > LONGEST_NAME:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST_NAME), "name")
    if not calendar.covers(new.day):
        between = say("Enter a day from %(first)s to %(last)s", first=str(calendar.first), last=str(calendar.last))
        raise Refused(between, "day")
    if why := calendar.why_not(new.day):
        raise Refused(say("This is no working day already: %(why)s", why=why), "day")
    if new.day in calendar.closures:
        raise Refused("The office is closed on this day already. Take the closure out first", "day")


def check_why(why: str) -> None:
    """Raises `Refused` without a reason: it is what anybody has who later asks why a date moved."""
    if not why.strip():
        raise Refused("Say why, and where it was announced", "why")


def one_of(days: Iterable[DayOff], day: date) -> DayOff:
    """The added day of that date. Raises `Refused` where there is none: those that came with the portal stay."""
    found = next((each for each in days if each.day == day), None)
    if found is None:
        raise Refused("Only a day that was added here can be taken out")
    return found


def moved(case: Case, before: Rules, after: Rules) -> Moved | None:
    """What becomes of the date that is owed next, and of the staff's target for it; None where nothing does.

    As counted: without regard to what the resident was told.
    """
    counted = replace(case, holidays=())
    old, new = next_owed(counted, before), next_owed(counted, after)
    if old is None or new is None:
        return None
    targets = (old.deadline.staff_target, new.deadline.staff_target)
    if old.on == new.on and targets[0] == targets[1]:
        return None
    return Moved(case.reference, old.key, promised(case, old.key, case.stage), old.on, new.on, *targets)


def event_of(change: Moved, day: DayOff, *, removed: bool) -> BankHolidayAdded | BankHolidayRemoved | None:
    """What goes on record in the complaint: none for a closure, which moves no date that anybody was told."""
    if change.due_before == change.due_after:
        return None
    kind = BankHolidayRemoved if removed else BankHolidayAdded
    return kind(
        day=day.day,
        holiday=day.name,
        key=change.key,
        told=change.told,
        due_before=change.due_before,
        due_after=change.due_after,
    )
