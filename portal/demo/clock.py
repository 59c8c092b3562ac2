"""A clock that can be moved forward, and never back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock

from portal import landlords
from portal.clock import LONDON, Clock
from portal.domain.policy import Nation

STEPS = ("day", "working_day", "week")


class DemoClock(Clock):
    """The wall clock, ahead by what stands in a file, so that it is still ahead after a restart.

    `set_to` is the moment at which a demonstration begins, where it is not the present one.
    """

    def __init__(self, file: Path, set_to: datetime | None = None) -> None:
        super().__init__(set_to)
        self._file = file
        self._turn = Lock()
        self._moved = timedelta(seconds=float(file.read_text())) if file.exists() else timedelta(0)

    def now(self) -> datetime:
        return (super().now().astimezone(UTC) + self._moved).astimezone(LONDON)

    def move_on(self, step: str) -> tuple[datetime, datetime]:
        """Go forward by a step of `STEPS`, and return the moments before and after. Raises KeyError for any other."""
        with self._turn:
            before = self.now()
            after = datetime.combine(_day_after(step, before.date()), before.timetz())
            self._moved += after.astimezone(UTC) - before.astimezone(UTC)
            self._file.write_text(str(self._moved.total_seconds()))
        return before, after


def _day_after(step: str, today: date) -> date:
    days = {"day": 1, "week": 7}
    if step == "working_day":
        return landlords.calendar_of(Nation.ENGLAND).after(today, 1)
    return today + timedelta(days=days[step])


def mornings(before: datetime, after: datetime) -> list[datetime]:
    """One moment on each day that was passed over, the last being the present one: when the worker would have run."""
    days = (after.date() - before.date()).days
    passed = [datetime.combine(before.date() + timedelta(days=n), before.timetz()) for n in range(1, days)]
    return [*passed, after]
