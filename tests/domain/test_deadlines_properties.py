"""Whatever the policy and the days, every printed list can be recounted by somebody who knows only a calendar."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal import landlords
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown, shown_alone
from portal.domain.policy import Happening, Key, SentBy, Unit
from portal.landlords.bank_holidays import bank_holidays

ONE_DAY = timedelta(days=1)
gaps = st.integers(min_value=0, max_value=60)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Facts]:
    """A landlord and a case that has come some way, each thing on or after the one before."""
    received = draw(st.dates(date(2012, 1, 1), date(2036, 12, 31)))
    names = ("acknowledged", "responded", "escalated", "stage_2_acknowledged")
    day, days = received, {}
    for name in names[: draw(st.integers(0, len(names)))]:
        day += timedelta(days=draw(gaps))
        days[name] = day
    return draw(st.sampled_from(landlords.keys())), Facts(
        received=received, **days, sent_by=draw(st.sampled_from(SentBy))
    )


def deadlines_of(key: str, facts: Facts) -> tuple[Deadline, ...]:
    policy = landlords.policy_for(key, facts.received)
    return all_deadlines(policy, landlords.the_code(), landlords.calendar_for(key), facts)


@given(cases())
def test_each_list_of_days_can_be_recounted(case: tuple[str, Facts]) -> None:
    key, facts = case
    holidays = bank_holidays(landlords.landlord(key).nation)
    for deadline in deadlines_of(key, facts):
        assert recounted(deadline, holidays) == deadline.due
        if deadline.unit is Unit.WORKING_DAYS:
            assert len(deadline.counted) == deadline.amount
            listed = {*deadline.counted, *(skip.day for skip in deadline.skipped)}
            assert listed == set(days_between(deadline.from_date, deadline.due))
            assert not any(day.weekday() > 4 or day in holidays for day in deadline.counted)
            assert all(skip.day.weekday() > 4 or skip.day in holidays for skip in deadline.skipped)


@given(cases())
def test_what_is_shown_is_never_later_than_either_promise(case: tuple[str, Facts]) -> None:
    every = deadlines_of(*case)
    earlier = shown(every)
    assert all(earlier[deadline.key].due <= deadline.due for deadline in every)
    assert set(earlier) == {deadline.key for deadline in every}
    landlord, facts = case
    policy, calendar = landlords.policy_for(landlord, facts.received), landlords.calendar_for(landlord)
    for key, deadline in earlier.items():
        assert shown_alone(policy, landlords.the_code(), calendar, facts, key) == deadline


@given(cases())
def test_a_staff_target_lies_between_the_start_and_the_limit(case: tuple[str, Facts]) -> None:
    for deadline in deadlines_of(*case):
        assert deadline.from_date <= deadline.staff_target < deadline.due


@given(cases(), st.integers(min_value=1, max_value=30))
def test_the_same_case_received_later_is_never_due_earlier(case: tuple[str, Facts], days: int) -> None:
    """With nothing but receipt known, so that only the start differs, and both under the newest policy."""
    key, facts = case
    policy, code = landlords.landlord(key).policies[0], landlords.the_code()
    calendar = landlords.calendar_for(key)
    early = shown(all_deadlines(policy, code, calendar, Facts(facts.received)))
    late = shown(all_deadlines(policy, code, calendar, Facts(facts.received + timedelta(days=days))))
    assert all(early[each].due <= late[each].due for each in Key if each in early)


@given(cases())
def test_nothing_that_has_happened_is_assumed(case: tuple[str, Facts]) -> None:
    key, facts = case
    happened = {
        Happening.ACKNOWLEDGED.value: facts.acknowledged,
        Happening.RESPONDED.value: facts.responded,
        Happening.ESCALATED.value: facts.escalated,
        Happening.STAGE_2_ACKNOWLEDGED.value: facts.stage_2_acknowledged,
    }
    for deadline in deadlines_of(key, facts):
        assert all(happened[name] is None for name in deadline.assumes)


def recounted(deadline: Deadline, holidays: Mapping[date, str]) -> date:
    """The due day again, one day at a time, from the amount, the unit and the start alone."""
    day, left = deadline.from_date, deadline.amount
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return next_working_day(one_month_on(day, deadline.amount), holidays)
    while left:
        day += ONE_DAY
        if deadline.unit is Unit.CALENDAR_DAYS or works(day, holidays):
            left -= 1
    return day


def one_month_on(day: date, months: int) -> date:
    """Forward to the month, then back from its end to the corresponding day if it has one."""
    month = day.replace(day=1)
    for _ in range(months):
        month = (month + timedelta(days=32)).replace(day=1)
    last = (month + timedelta(days=32)).replace(day=1) - ONE_DAY
    return last if last.day < day.day else month.replace(day=day.day)


def next_working_day(day: date, holidays: Mapping[date, str]) -> date:
    while not works(day, holidays):
        day += ONE_DAY
    return day


def works(day: date, holidays: Mapping[date, str]) -> bool:
    return day.isoweekday() < 6 and day not in holidays


def days_between(start: date, end: date) -> list[date]:
    """Every day after `start` up to and with `end`."""
    return [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
