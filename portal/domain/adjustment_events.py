"""What is recorded of adjustments, and of a condition that a resident chose to tell.

`number` counts those of one person: of the resident, those of the complaint itself first; or of the `member` of a group
with that number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome, RequestedBy, ReviewOutcome
from portal.domain.events import Event, content, event
from portal.domain.interpreting import Interpreting


@event("adjustment_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRequested(Event):
    """Something that would make things easier was asked for.

    `carried_from`: agreed in an earlier complaint, and `confirmed` says how it is known that it is the same person.
    """

    number: int
    member: int | None = None
    requested_on: date
    requested_by: RequestedBy
    scope: AdjustmentScope
    carried_from: str | None = None
    adjustment: Adjustment = content(Adjustment.OTHER)
    print_size: int | None = content(None)
    interpreting: Interpreting = content(Interpreting())
    detail: str = content()
    confirmed: str = content()


@event("adjustment_decided")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentDecided(Event):
    """Agreed, agreed in another way, or declined; `told_on` is the day of the letter that says so."""

    number: int
    member: int | None = None
    outcome: Outcome
    scope: AdjustmentScope
    decided_on: date
    told_on: date
    starts_on: date | None = None
    review_on: date | None = None
    adjustment: Adjustment = content(Adjustment.OTHER)
    print_size: int | None = content(None)
    reason: str = content()
    alternative: str = content()


@event("adjustment_applied")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentApplied(Event):
    """It was done: in a letter, or as `how` tells."""

    number: int
    member: int | None = None
    applied_on: date
    letter_id: str | None = None
    how: str = content()


@event("adjustment_set_aside")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentSetAside(Event):
    """A letter or a call went otherwise than was asked for, for a reason that somebody gave first."""

    number: int
    member: int | None = None
    on: date
    letter_id: str | None = None
    reason: str = content()


@event("adjustment_reviewed")
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentReviewed(Event):
    """It was looked at again: kept until the next review, or ended."""

    number: int
    member: int | None = None
    outcome: ReviewOutcome
    reviewed_on: date
    review_on: date | None = None
    words: str = content()


@event("condition_told")
@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionTold(Event):
    """Something about their health that a resident chose to tell. Health data: restricted (UK GDPR, Article 9)."""

    told_on: date
    words: str = content()
