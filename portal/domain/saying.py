"""What the rules say: English, that remembers what it was made of so that it can be said in another language.

A saying is an ordinary string wherever English is wanted, as in letters. Its message is what a catalogue translates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ThatDay:
    """A day whose year goes without saying: Monday 28 December."""

    day: date


@dataclass(frozen=True, slots=True)
class ThatMonth:
    """The month of a day, and its year: March 2025."""

    day: date


class Saying(str):
    """A sentence of ours. `plural` and `number` are there where it depends on a number, `parts` where it is several."""

    __slots__ = ("between", "message", "number", "parts", "plural", "values")

    message: str
    values: Mapping[str, Value]
    plural: str | None
    number: int
    parts: tuple[str, ...]
    between: str

    def __new__(
        cls,
        english: str,
        message: str = "",
        values: Mapping[str, Value] = NOTHING,
        *,
        plural: str | None = None,
        number: int = 0,
        parts: tuple[str, ...] = (),
        between: str = "",
    ) -> Self:
        made = super().__new__(cls, english)
        made.message, made.values = message, values
        made.plural, made.number = plural, number
        made.parts, made.between = parts, between
        return made


Value = str | int | date | ThatDay | ThatMonth | tuple[str, ...]
"""What a saying can speak of: a list is said with commas and a last "and"."""


def say(message: str, **values: Value) -> Saying:
    """`message` with `%(name)s` filled in, each value as English says it."""
    return Saying(message % _english(values) if values else message, message, values)


def say_many(one: str, many: str, number: int, **values: Value) -> Saying:
    """`one` for the number 1, `many` for others; `%(num)s` is the number."""
    values = {"num": number, **values}
    message = one if number == 1 else many
    return Saying(message % _english(values), one, values, plural=many, number=number)


def together(parts: Iterable[str], between: str = " ") -> Saying:
    """Sentences one after another, those that are empty left out."""
    said = tuple(part for part in parts if part)
    return Saying(between.join(said), parts=said, between=between)


def _english(values: Mapping[str, Value]) -> dict[str, str]:
    return {name: _one(value) for name, value in values.items()}


def _one(value: Value) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, ThatDay):
        return f"{value.day:%A} {value.day.day} {value.day:%B}"
    if isinstance(value, ThatMonth):
        return f"{value.day:%B %Y}"
    if isinstance(value, tuple):
        return listed(value)
    return f"{value:,}" if isinstance(value, int) else value


def day_in_words(day: date) -> str:
    """Monday 11 January 2027."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def listed(words: Iterable[str]) -> str:
    """Words with commas and a last "and"."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last
