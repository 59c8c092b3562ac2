"""A date as people remember it: a day, a month or only a year."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

from portal.domain.refusal import Refused
from portal.domain.saying import ThatMonth, say


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps its month, perhaps its day; always a real one."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2100:
            raise Refused("Enter a year with four numbers, like 2026", "year")
        if self.month is None:
            if self.day is not None:
                raise Refused("Enter the month as well as the day, or leave the day out", "month")
            return
        if not 1 <= self.month <= 12:
            raise Refused("Enter a month between 1 and 12", "month")
        if self.day is not None and not 1 <= self.day <= self._days_in_month():
            month = ThatMonth(self.earliest_of_month())
            raise Refused(say("%(month)s has %(days)s days", month=month, days=self._days_in_month()), "day")

    def earliest_of_month(self) -> date:
        """The first of its month, of January where none is given."""
        return date(self.year, self.month or 1, 1)

    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that it can mean: the reading that is kindest to the person who gives it."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """`2025`, `2025-03` or `2025-03-14`."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @classmethod
    def fromisoformat(cls, text: str) -> PartialDate:
        """The reverse of `isoformat`."""
        return cls(*(int(part) for part in text.split("-")))

    def __str__(self) -> str:
        words = [str(self.day)] if self.day else []
        words += [month_name[self.month]] if self.month else []
        return " ".join([*words, str(self.year)])

    def _days_in_month(self) -> int:
        assert self.month is not None
        return monthrange(self.year, self.month)[1]
