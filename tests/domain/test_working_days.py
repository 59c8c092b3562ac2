"""Counting working days: bank holidays of the nation are left out, closure days are not, and day 0 is the event."""

from datetime import date

import pytest

from portal.domain.policy import Nation
from portal.domain.working_days import Calendar, OutsideCalendar, Skipped, months_after

ENGLAND = Calendar(
    nation=Nation.ENGLAND,
    holidays={
        date(2024, 3, 29): "Good Friday",
        date(2024, 4, 1): "Easter Monday",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 28): "Boxing Day (substitute day)",
        date(2027, 1, 1): "New Year's Day",
    },
    first=date(2024, 1, 1),
    last=date(2027, 12, 31),
    closures=frozenset({date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}),
)


@pytest.mark.parametrize(
    ("day_0", "working_days", "expected"),
    [
        ("Mon 2024-02-12", 10, "Mon 2024-02-26"),  # as the Ombudsman counted in determination 202400224
        ("Mon 2024-03-04", 20, "Wed 2024-04-03"),  # over Good Friday and Easter Monday
        ("Fri 2024-02-16", 1, "Mon 2024-02-19"),
        ("Sat 2024-02-17", 1, "Mon 2024-02-19"),
        ("Sun 2024-02-18", 1, "Mon 2024-02-19"),
        ("Tue 2026-12-22", 5, "Thu 2026-12-31"),  # the closure days count
        ("Fri 2026-12-25", 1, "Tue 2026-12-29"),
        ("Wed 2026-12-23", 0, "Wed 2026-12-23"),
    ],
)
def test_after(day_0: str, working_days: int, expected: str) -> None:
    assert f"{ENGLAND.after(_day(day_0), working_days):%a %Y-%m-%d}" == expected


def test_a_count_lists_what_it_left_out_and_why() -> None:
    counted, skipped = ENGLAND.count(date(2026, 12, 24), 2)
    assert counted == (date(2026, 12, 29), date(2026, 12, 30))
    assert skipped == (
        Skipped(date(2026, 12, 25), "Christmas Day"),
        Skipped(date(2026, 12, 26), "Saturday"),
        Skipped(date(2026, 12, 27), "Sunday"),
        Skipped(date(2026, 12, 28), "Boxing Day (substitute day)"),
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("Mon 2024-02-26", "Mon 2024-03-04", 5),  # "five working days late", determination 202400224
        ("Mon 2024-02-26", "Mon 2024-02-26", 0),
        ("Mon 2024-03-04", "Mon 2024-02-26", -5),
        ("Fri 2026-12-25", "Mon 2026-12-28", 0),
    ],
)
def test_between(start: str, end: str, expected: int) -> None:
    assert ENGLAND.between(_day(start), _day(end)) == expected


def test_the_day_before_for_limits_and_for_staff() -> None:
    assert ENGLAND.previous(date(2026, 12, 31)) == date(2026, 12, 30)
    assert ENGLAND.previous_open(date(2026, 12, 31)) == date(2026, 12, 23)


def test_a_day_off_gives_way_to_the_next_working_day() -> None:
    assert ENGLAND.on_or_after(date(2026, 12, 29)) == (date(2026, 12, 29), ())
    day, passed_over = ENGLAND.on_or_after(date(2026, 12, 27))
    assert day == date(2026, 12, 29)
    assert [skip.day.day for skip in passed_over] == [27, 28]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 4), 1, date(2024, 4, 4)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2025, 3, 31), 12, date(2026, 3, 31)),
        (date(2026, 5, 31), -12, date(2025, 5, 31)),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize("day", [date(2023, 12, 29), date(2027, 12, 31)])
def test_it_does_not_count_where_no_bank_holidays_are_known(day: date) -> None:
    with pytest.raises(OutsideCalendar, match="from 2024-01-01 to 2027-12-31"):
        ENGLAND.after(day, 1) if day.year > 2024 else ENGLAND.is_working_day(day)


def _day(named: str) -> date:
    """A day written with its weekday, which must be right."""
    weekday, _, iso = named.partition(" ")
    day = date.fromisoformat(iso)
    assert f"{day:%a}" == weekday, f"{iso} is a {day:%a}"
    return day
