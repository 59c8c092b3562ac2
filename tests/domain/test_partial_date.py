"""Dates as people remember them, and the ones that never were."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.partial_date import PartialDate
from portal.domain.refusal import Refused


@pytest.mark.parametrize(
    ("told", "words", "earliest", "latest"),
    [
        (PartialDate(2025), "2025", date(2025, 1, 1), date(2025, 12, 31)),
        (PartialDate(2025, 3), "March 2025", date(2025, 3, 1), date(2025, 3, 31)),
        (PartialDate(2024, 2), "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDate(2025, 3, 14), "14 March 2025", date(2025, 3, 14), date(2025, 3, 14)),
    ],
)
def test_what_it_says_and_what_it_can_mean(told: PartialDate, words: str, earliest: date, latest: date) -> None:
    assert str(told) == words
    assert (told.earliest(), told.latest()) == (earliest, latest)


@pytest.mark.parametrize(
    ("parts", "field", "says"),
    [
        ((2025, 2, 29), "day", "February 2025 has 28 days"),
        ((2026, 4, 31), "day", "April 2026 has 30 days"),
        ((2026, 4, 0), "day", "April 2026 has 30 days"),
        ((2026, 13), "month", "between 1 and 12"),
        ((2026, 0), "month", "between 1 and 12"),
        ((2026, None, 4), "month", "Enter the month as well"),
        ((26, 3), "year", "four numbers"),
        ((20266,), "year", "four numbers"),
        ((1899,), "year", "four numbers"),
    ],
)
def test_an_impossible_date_is_refused_where_it_is_wrong(parts: tuple[int | None, ...], field: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        PartialDate(*parts)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert says in refused.value.message


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 3))
def test_it_is_read_back_as_it_was_written(day: date, how_much: int) -> None:
    told = PartialDate(*(day.year, day.month, day.day)[:how_much])
    assert PartialDate.fromisoformat(told.isoformat()) == told
    assert told.earliest() <= day <= told.latest()
