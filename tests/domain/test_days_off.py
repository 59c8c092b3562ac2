"""Added days: what they move, what they leave alone, and that taking one out leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal import landlords
from portal.domain.calendar_events import BankHolidayAdded, BankHolidayRemoved
from portal.domain.case import Case
from portal.domain.days_off import DayKind, DayOff, check_added, event_of, moved, with_days
from portal.domain.deadlines import shown
from portal.domain.events import LetterWritten
from portal.domain.owed import deadlines_of, missed_limits, next_due
from portal.domain.policy import Basis, Key, LetterKind
from portal.domain.refusal import Refused
from tests.domain.cases import acknowledged, case_of, received, rules_of

# Monday 2 November 2026: under IDS the answer to what is acknowledged that day is due on Monday 16 November.
MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)
DUE, LATER = date(2026, 11, 16), date(2026, 11, 17)
PROCLAIMED = DayOff(FRIDAY, DayKind.BANK_HOLIDAY, "Coronation")
CLOSED = DayOff(date(2026, 11, 13), DayKind.CLOSURE, "Moving house")

A_DAY = st.dates(MONDAY, date(2026, 12, 20))


def told(day: date) -> LetterWritten:
    return LetterWritten(letter_id="made-up", letter=LetterKind.ACKNOWLEDGEMENT, digest="", promised=day)


def open_case(*more: object) -> Case:
    return case_of(received(MONDAY), acknowledged(MONDAY), *more)


def with_day(case: Case, day: DayOff, *, removed: bool = False) -> Case:
    """The case after the calendar has changed by this one day."""
    ours = rules_of("ids", MONDAY)
    both = (ours, with_days(ours, [day]))
    before, after = reversed(both) if removed else both
    change = moved(case, before, after)
    event = event_of(change, day, removed=removed) if change else None
    if event is None:
        return case
    held = (each for each in case.holidays if each.day != day.day)
    return replace(case, holidays=(*case.holidays, event) if isinstance(event, BankHolidayAdded) else tuple(held))


def test_a_bank_holiday_moves_what_is_counted_and_not_what_was_told() -> None:
    case = with_day(open_case(told(DUE)), PROCLAIMED)
    ours = with_days(rules_of("ids", MONDAY), [PROCLAIMED])
    counted = {each.basis: each.due for each in deadlines_of(case, ours) if each.key is Key.RESPOND_STAGE_1}
    assert counted == {Basis.POLICY: LATER, Basis.CODE: LATER}
    [event] = case.holidays
    assert (event.told, event.due_before, event.due_after) == (DUE, DUE, LATER)
    due = next_due(case, ours)
    assert due is not None
    assert due.on == DUE
    # Our own word is broken on the day after what was told, the Code's limit on the day after its own.
    assert [(each.basis, each.due) for each in missed_limits(case, ours, LATER)] == [(Basis.POLICY, DUE)]
    both = missed_limits(case, ours, LATER + timedelta(days=1))
    assert {(each.basis, each.due) for each in both} == {(Basis.POLICY, DUE), (Basis.CODE, LATER)}


def test_where_nothing_was_told_the_law_decides() -> None:
    case = with_day(open_case(), PROCLAIMED)
    due = next_due(case, with_days(rules_of("ids", MONDAY), [PROCLAIMED]))
    assert due is not None
    assert due.on == LATER


def test_a_closure_stretches_nothing_and_warns_staff_sooner() -> None:
    ours = rules_of("ids", MONDAY)
    change = moved(open_case(told(DUE)), ours, with_days(ours, [CLOSED]))
    assert change is not None
    assert (change.due_before, change.due_after) == (DUE, DUE)
    assert (change.target_before, change.target_after) == (date(2026, 11, 13), date(2026, 11, 12))
    assert event_of(change, CLOSED, removed=False) is None


@given(A_DAY, st.sampled_from(DayKind), st.booleans())
def test_to_add_and_remove_leaves_everything_as_it_was(day: date, kind: DayKind, promised: bool) -> None:
    ours, added = rules_of("ids", MONDAY), DayOff(day, kind, "Any")
    assume(ours.calendar.is_working_day(day))
    before = open_case(*([told(DUE)] if promised else []))
    after = with_day(with_day(before, added), added, removed=True)
    assert after == before
    assert with_days(with_days(ours, [added]), []) != ours or kind is DayKind.CLOSURE
    assert deadlines_of(after, ours) == deadlines_of(before, ours)
    assert next_due(after, ours) == next_due(before, ours)


@given(st.sampled_from(landlords.keys()), st.lists(A_DAY, max_size=6, unique=True), st.lists(A_DAY, max_size=6))
def test_never_later_than_the_code_allows_nor_than_what_was_told(
    landlord: str, holidays: list[date], closures: list[date]
) -> None:
    ours = rules_of(landlord, MONDAY)
    first = next_due(open_case(), ours)
    assert first is not None
    case, days = open_case(told(first.on)), []
    for day in holidays:
        if ours.calendar.is_working_day(day):
            old, days = with_days(ours, days), [*days, DayOff(day, DayKind.BANK_HOLIDAY, "Any")]
            if (change := moved(case, old, with_days(ours, days))) and (
                event := event_of(change, days[-1], removed=False)
            ):
                case = replace(case, holidays=(*case.holidays, event))
    law = with_days(ours, days)
    everything = with_days(law, [DayOff(day, DayKind.CLOSURE, "Shut") for day in closures])
    due = next_due(case, everything)
    assert due is not None
    code = next(e for e in deadlines_of(case, law) if e.key is due.key and e.basis is Basis.CODE)
    assert due.on <= min(code.due, first.on)
    assert shown(deadlines_of(case, everything))[due.key].due == shown(deadlines_of(case, law))[due.key].due


def test_taking_a_day_out_that_letters_had_counted_holds_us_to_the_earlier_date() -> None:
    ours = rules_of("ids", MONDAY)
    case = with_day(open_case(told(LATER)), PROCLAIMED, removed=True)
    change = moved(open_case(told(LATER)), with_days(ours, [PROCLAIMED]), ours)
    assert change is not None
    assert isinstance(event_of(change, PROCLAIMED, removed=True), BankHolidayRemoved)
    assert (change.told, change.due_before, change.due_after) == (LATER, LATER, DUE)
    due = next_due(case, ours)
    assert due is not None
    assert due.on == DUE


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (replace(PROCLAIMED, name=" "), "name"),
        (replace(PROCLAIMED, name="x" * 81), "name"),
        (replace(PROCLAIMED, day=date(2026, 12, 25)), "day"),
        (replace(PROCLAIMED, day=date(2026, 11, 7)), "day"),
        (replace(PROCLAIMED, day=date(1999, 1, 4)), "day"),
    ],
)
def test_a_day_that_changes_nothing_or_has_no_name_is_refused(day: DayOff, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_added(rules_of("ids", MONDAY).calendar, day)
    assert refused.value.field == field


def test_no_day_is_added_twice() -> None:
    calendar = with_days(rules_of("ids", MONDAY), [PROCLAIMED, CLOSED]).calendar
    for day in (PROCLAIMED, CLOSED, replace(CLOSED, kind=DayKind.BANK_HOLIDAY)):
        with pytest.raises(Refused):
            check_added(calendar, day)
