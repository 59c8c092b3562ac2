"""What ties somebody of the staff to a complaint, and what is decided about it (Code 5.8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.events import Event, Stage, content, event


class Conflict(StrEnum):
    """An interest of the handler's own, actual or as others could see it."""

    NAMED = "named"
    OWN_WORK = "own_work"
    MANAGES = "manages"
    KNOWS = "knows"
    OTHER = "other"


class Bar(StrEnum):
    """Why somebody cannot handle a stage."""

    NAMED = "named"
    CONFLICT = "conflict"
    REVIEWS_ONLY = "reviews_only"
    HANDLED_STAGE_1 = "handled_stage_1"
    CHECKED_STAGE_1 = "checked_stage_1"
    RANK = "rank"


@event("interests_declared")
@dataclass(frozen=True, slots=True, kw_only=True)
class InterestsDeclared(Event):
    """The handler said what ties them to the complaint, or that nothing does. A conflict hands the stage back."""

    stage: Stage
    user_id: int
    conflict: Conflict | None
    words: str = content()


@event("override_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideAsked(Event):
    """Somebody asked that `user_id` may handle the stage in spite of these bars. It allows nothing yet."""

    stage: Stage
    user_id: int
    asked_by: int
    bars: tuple[Bar, ...]
    reason: str = content()


@event("override_decided")
@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideDecided(Event):
    """A second person decided what was asked last. An approval covers the bars that were named and no other."""

    stage: Stage
    user_id: int
    decided_by: int
    approved: bool
    reason: str = content()


AboutInterests = InterestsDeclared | OverrideAsked | OverrideDecided
