"""A form on paper as a value: what it asks, how much room there is to answer, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Room(StrEnum):
    """What is left free for an answer."""

    LINE = "line"
    LINES = "lines"
    DATE = "date"
    ONE_TICK = "one_tick"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `name` is what it is called online too; `choices` are what can be ticked."""

    name: str
    asked: str
    room: Room
    hint: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that the form says: a heading, sentences, and a list after them."""

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """The whole form. No answer on it is ever required (Code 1.2, 3.1)."""

    title: str
    landlord: str
    language: str
    size: int
    before: tuple[Told, ...]
    questions: tuple[Question, ...]
    after: tuple[Told, ...]
    date_parts: tuple[str, str, str]
    choose_one: str
    choose_any: str
    for_us: str
