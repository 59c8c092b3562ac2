"""A figure and what it is made of: its number is how many complaints it holds, and nothing else.

Every figure keeps the references of the complaints that make it, so that it can be opened and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from portal.domain.events import Stage
from portal.domain.saying import Saying
from portal.domain.turns import Turn

SMALLEST_SHOWN = 5
"""A smaller number could tell who somebody is, in whatever leaves the landlord."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def reporting_year(begins_in: int) -> Period:
    """1 April to 31 March, the year of landlords with a thousand homes or more."""
    return Period(date(begins_in, 4, 1), date(begins_in + 1, 3, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is counted, `of` which where it is a share or a rate, and who asks for it."""

    key: str
    words: Saying
    counted: Saying
    of: Saying | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`counted` makes the numerator and `among` the denominator, by reference. `homes`: a rate per thousand of them."""

    measure: Measure
    counted: tuple[str, ...]
    among: tuple[str, ...] | None = None
    homes: int | None = None

    @property
    def numerator(self) -> int:
        return len(self.counted)

    @property
    def denominator(self) -> int | None:
        return self.homes if self.homes is not None else len(self.among) if self.among is not None else None

    @property
    def value(self) -> Decimal | None:
        """The number itself, a percentage or a rate per thousand homes, to one decimal; None of nothing."""
        if self.among is None and self.homes is None:
            return Decimal(self.numerator)
        if not self.denominator:
            return None
        times = 1000 if self.homes is not None else 100
        return _one_decimal(Decimal(self.numerator * times) / self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long something took, in working days: each complaint with its days."""

    measure: Measure
    days: tuple[tuple[str, int], ...]

    @property
    def median(self) -> Decimal | None:
        """The middle one; of an even number the mean of the two in the middle."""
        inner = self._sorted
        return _one_decimal(Decimal(inner[(len(inner) - 1) // 2] + inner[len(inner) // 2]) / 2) if inner else None

    @property
    def ninetieth(self) -> int | None:
        """The least number of days within which nine in ten were done (nearest rank)."""
        inner = self._sorted
        return inner[-(-len(inner) * 9 // 10) - 1] if inner else None

    @property
    def _sorted(self) -> Sequence[int]:
        return sorted(days for _, days in self.days)


def _one_decimal(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


G = TypeVar("G", bound=Hashable)


def broken_down(figure: Figure, turns: Iterable[Turn], stage: Stage, by: Callable[[Turn], G]) -> Mapping[G, Figure]:
    """The same figure for each group, such as each month or channel. The groups together are the whole."""
    group_of = {turn.reference: by(turn) for turn in turns if turn.stage is stage}
    groups = dict.fromkeys(group_of[each] for each in (*figure.counted, *(figure.among or ())))

    def of(group: G) -> Figure:
        return _within(figure, lambda each: group_of[each] == group)

    return {group: of(group) for group in groups}


def suppressed(numbers: Mapping[G, int]) -> Mapping[G, int | None]:
    """For whatever leaves the landlord: nothing under 5 but nothing at all, and no small one that its sum gives away.

    Where one alone is left out, whoever knows the whole could reckon it: the next smallest goes with it. Where there
    is no other the whole is small itself, and is left out by whoever prints it.
    """
    small = [group for group, number in numbers.items() if 0 < number < SMALLEST_SHOWN]
    if len(small) == 1:
        others = [group for group, number in numbers.items() if number and group not in small]
        small += [min(others, key=lambda group: numbers[group])] if others else []
    return {group: None if group in small else number for group, number in numbers.items()}


def _within(figure: Figure, belongs: Callable[[str], bool]) -> Figure:
    among = None if figure.among is None else tuple(filter(belongs, figure.among))
    return replace(figure, counted=tuple(filter(belongs, figure.counted)), among=among)
