"""The clock of the demonstration goes forward, for everybody, and never back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from portal.clock import LONDON
from portal.demo.clock import DemoClock, mornings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


@pytest.mark.parametrize(
    ("start", "step", "day"),
    [
        ("2026-12-17T10:00", "day", date(2026, 12, 18)),
        ("2026-12-17T10:00", "working_day", date(2026, 12, 18)),
        ("2026-12-17T10:00", "week", date(2026, 12, 24)),
        # Thursday 24 December: Friday is Christmas Day, Monday 28 December the holiday for Boxing Day.
        ("2026-12-24T10:00", "working_day", date(2026, 12, 29)),
        ("2026-12-24T10:00", "day", date(2026, 12, 25)),
    ],
)
def test_it_moves_by_a_step(file: Path, start: str, step: str, day: date) -> None:
    clock = DemoClock(file, datetime.fromisoformat(start))
    clock.move_on(step)
    assert clock.today() == day
    assert clock.now().hour == 10


def test_the_time_of_day_stays_when_the_clocks_change(file: Path) -> None:
    clock = DemoClock(file, datetime(2027, 3, 27, 9, 30))
    clock.move_on("day")
    assert clock.now().isoformat()[:16] == "2027-03-28T09:30"
    assert clock.now().tzinfo is LONDON


def test_it_is_still_ahead_after_a_restart(file: Path) -> None:
    start = datetime(2026, 12, 17, 10)
    DemoClock(file, start).move_on("week")
    assert DemoClock(file, start).today() == date(2026, 12, 24)


def test_there_is_no_way_back(file: Path) -> None:
    clock = DemoClock(file)
    before = clock.now()
    for step in ("-1", "yesterday", ""):
        with pytest.raises(KeyError):
            clock.move_on(step)
    assert clock.now() >= before
    assert not file.exists()


def test_each_morning_that_was_passed_over_is_lived_through() -> None:
    before, after = (datetime(2026, 12, day, 10, tzinfo=LONDON) for day in (17, 20))
    assert [moment.day for moment in mornings(before, after)] == [18, 19, 20]
