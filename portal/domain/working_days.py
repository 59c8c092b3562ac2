"""Working days: Monday to Friday, save the bank holidays of the nation where the home is.

The day of the event is day 0 (Housing Ombudsman determination 202400224 counts so). A landlord's closure days are
working days for every limit; they only bring a staff target forward.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.policy import Nation

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKEND = ("Saturday", "Sunday")


class OutsideCalendar(ValueError):
    """A day for which no bank holidays are known, so that counting through it could be wrong."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and why: "Saturday", "Christmas Day", "Boxing Day (substitute day)"."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays of one nation from `first` to `last`, and the landlord's closure days."""

    nation: Nation
    holidays: Mapping[date, str]
    first: date
    last: date
    closures: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Why a day does not count, in words; None for a working day. Raises OutsideCalendar."""
        self.check(day)
        return self._why_not(day)

    def covers(self, day: date) -> bool:
        """Whether the bank holidays of that day are known."""
        return self.first <= day <= self.last

    def check(self, day: date) -> None:
        """Raises OutsideCalendar for a day whose bank holidays are not known."""
        if not self.covers(day):
            raise OutsideCalendar(f"We only know bank holidays from {self.first} to {self.last}, not for {day}.")

    def count(self, day: date, working_days: int) -> tuple[tuple[date, ...], tuple[Skipped, ...]]:
        """The next `working_days` working days after `day`, and the days between that do not count.

        Raises OutsideCalendar.
        """
        counted: list[date] = []
        skipped: list[Skipped] = []
        # Both ends are checked, not each day: this loop is most of what a page of dates costs.
        self.check(day)
        while len(counted) < working_days:
            day += ONE_DAY
            if why := self._why_not(day):
                skipped.append(Skipped(day, why))
            else:
                counted.append(day)
        self.check(day)
        return tuple(counted), tuple(skipped)

    def after(self, day: date, working_days: int) -> date:
        """The working day that is `working_days` after `day`, which is day 0."""
        counted, _ = self.count(day, working_days)
        return counted[-1] if counted else day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`: 0 on the same day, negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def previous(self, day: date) -> date:
        """The last working day before `day`."""
        return next(earlier for earlier in _days_before(day) if self.is_working_day(earlier))

    def previous_open(self, day: date) -> date:
        """The last working day before `day` on which the landlord's office is open."""
        return next(
            earlier for earlier in _days_before(day) if self.is_working_day(earlier) and earlier not in self.closures
        )

    def on_or_after(self, day: date) -> tuple[date, tuple[Skipped, ...]]:
        """`day` if it is a working day, else the next one, with the days passed over."""
        if self.is_working_day(day):
            return day, ()
        counted, skipped = self.count(day - ONE_DAY, 1)
        return counted[0], skipped

    def _why_not(self, day: date) -> str | None:
        weekday = day.weekday()
        return WEEKEND[weekday - SATURDAY] if weekday >= SATURDAY else self.holidays.get(day)


def months_after(day: date, months: int) -> date:
    """The corresponding date, or the last day of a shorter month: 31 January and one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_before(day: date) -> Iterator[date]:
    while True:
        day -= ONE_DAY
        yield day
