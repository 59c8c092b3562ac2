"""What is flagged when a complaint is received, and that nothing of it refuses anything."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Flag, Person
from portal.domain.partial_date import PartialDate
from portal.domain.policy import AgeLimit
from portal.domain.submission import Submission, flags_for, over_age

RECEIVED = date(2026, 6, 10)
YEAR = AgeLimit(months=12, rule="Code 2.3")


def told(**more: Any) -> Submission:
    given = {"what_happened": "The roof leaks.", "channel": "online", "received_on": RECEIVED}
    return Submission(**{**given, "person": Person(name="Resident One"), **more})


@pytest.mark.parametrize(
    ("happened", "aware", "over"),
    [
        (None, None, False),
        (PartialDate(2025, 6, 10), None, False),  # twelve months ago to the day
        (PartialDate(2025, 6, 9), None, True),
        (PartialDate(2025, 6), None, False),  # a vague date is read at its latest
        (PartialDate(2025, 5), None, True),
        (PartialDate(2025), None, False),
        (PartialDate(2024), None, True),
        (PartialDate(2019), PartialDate(2026, 1), False),  # long ago, and only now known
        (PartialDate(2019), PartialDate(2020), True),
    ],
)
def test_twelve_months_from_knowing_of_it(happened: PartialDate | None, aware: PartialDate | None, over: bool) -> None:
    assert over_age(told(happened_on=happened, aware_on=aware), 12) is over


@given(st.dates(date(2000, 1, 1), RECEIVED), st.integers(1, 60))
def test_a_shorter_limit_never_lets_more_through(happened: date, months: int) -> None:
    submission = told(happened_on=PartialDate(happened.year, happened.month, happened.day))
    if over_age(submission, months + 1):
        assert over_age(submission, months)


def test_flags() -> None:
    old = PartialDate(2020)
    assert flags_for(told(), YEAR) == ()
    assert flags_for(told(happened_on=old), YEAR) == (Flag.OVER_AGE_LIMIT,)
    assert flags_for(told(happened_on=old), None) == ()
    assert flags_for(told(person=Person()), YEAR) == (Flag.ANONYMOUS,)
    assert flags_for(told(person=Person(name=" "), happened_on=old), YEAR) == (Flag.OVER_AGE_LIMIT, Flag.ANONYMOUS)


def test_asking_for_adjustments() -> None:
    assert not told().asks_for_adjustments
    assert not told(adjustment_words="  ").asks_for_adjustments
    assert told(adjustment_words="Ring twice").asks_for_adjustments
    assert told(adjustments=(Adjustment.LARGE_PRINT,)).asks_for_adjustments
