"""When a resident is next owed word of a late answer (Code 5.9)."""

from __future__ import annotations

from datetime import date

from portal.domain.case import RESPOND, Case, Rules
from portal.domain.deadlines import code_alone
from portal.domain.owed import facts_of
from portal.domain.refusal import Refused
from portal.domain.update_interval import Interval
from portal.domain.working_days import Calendar, OutsideCalendar

MOST = 60
"""Working days between two updates."""


def code_limit(case: Case, rules: Rules) -> date | None:
    """The last day on which the answer of this stage is within the Code's time, extended or not.

    None once the stage has ended, and where the bank holidays of that day are not known.
    """
    if not case.is_open:
        return None
    try:
        limit = code_alone(rules.policy, rules.code, rules.calendar, facts_of(case), RESPOND[case.stage])
    except OutsideCalendar:
        return None
    return case.now.answer_due(limit.due) if limit else None


def overrun(case: Case, rules: Rules, today: date) -> bool:
    """Whether the answer is late by the Code, and by the date of an extension."""
    limit = code_limit(case, rules)
    return limit is not None and limit < today


def agreed_interval(case: Case) -> Interval | None:
    """How often the resident agreed to hear from us at this stage."""
    return case.interval if case.interval and case.interval.stage is case.stage else None


def update_due(case: Case, rules: Rules) -> date | None:
    """The day by which we owe the resident word, while we owe the answer.

    Counted from the agreement, or from when they last heard how it stands. Where nothing is agreed: the first working
    day after the Code's limit, on which it has to be.
    """
    limit = code_limit(case, rules)
    if limit is None:
        return None
    interval = agreed_interval(case)
    if interval is None:
        return _after(rules.calendar, limit, 1)
    told = max(interval.agreed_on, case.told_on or interval.agreed_on)
    return _after(rules.calendar, told, interval.every_working_days)


def check_interval(every_working_days: int, agreed_on: date, today: date) -> None:
    """Raise `Refused` where this cannot have been agreed."""
    if not 0 < every_working_days <= MOST:
        raise Refused("Enter a number of working days between 1 and 60", "every_working_days")
    if agreed_on > today:
        raise Refused("The day on which it was agreed cannot be in the future", "agreed_on")


def _after(calendar: Calendar, day: date, working_days: int) -> date | None:
    """None beyond the end of the calendar, of which staff are warned elsewhere."""
    try:
        return calendar.after(day, working_days)
    except OutsideCalendar:
        return None
