"""A letter before it is sealed, and the same letter in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.policy import Part
from portal.translation import is_english


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter before it is sealed. `said` holds every part's words, blank where it has none; `body` is Markdown."""

    subject: str
    said: Mapping[Part, str]
    body: str
    promised: date | None


Tell = Callable[[str], Composed]
"""Makes one letter, in the language that is asked for."""

ENGLISH = "en_GB"


def english_of(tell: Tell, language: str) -> str:
    """What staff read beside a letter in another language: its source in English, with its subject as a heading."""
    if is_english(language):
        return ""
    same = tell(ENGLISH)
    return f"## {same.subject}\n\n{same.body}"
