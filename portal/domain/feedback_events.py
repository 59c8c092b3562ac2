"""What the resident says afterwards: whether a promise was kept, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, content, event


@event("remedy_reported")
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyReported(Event):
    """The resident said whether a promised remedy was done. It completes nothing: staff do, with evidence."""

    number: int
    remedy: int
    done: bool
    reported_on: date
    words: str = content()


class Rating(StrEnum):
    """An answer to a question about how it went."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@event("feedback_given")
@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven(Event):
    """How it went, told once after the end. It is no complaint, and no figure counts it as one."""

    given_on: date
    easy: Rating | None = None
    listened: Rating | None = None
    words: str = content()
