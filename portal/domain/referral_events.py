"""What can happen to a part of a complaint that was passed on. None of it moves the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.domain.building_safety import SafetyCategory, SafetyRisk
from portal.domain.events import Event, content, event
from portal.domain.law import HazardKind, LawKey
from portal.domain.routes import Route


class ReferralStep(StrEnum):
    """What became of it. Each is recorded once, but that it is in somebody else's hands may change often."""

    TAKEN_ON = "taken_on"
    INVESTIGATED = "investigated"
    FINDINGS_TOLD = "findings_told"
    MADE_SAFE = "made_safe"
    NOT_A_HAZARD = "not_a_hazard"
    COMPLETED = "completed"


@event("building_safety_judged")
@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingSafetyJudged(Event):
    """Somebody decided whether it is a relevant complaint about a tall building, and how urgent. The last one holds.

    `earlier`: the relevant complaints about the same `building` that were there before.
    """

    judged_on: date
    relevant: bool
    metres: int | None = None
    floors: int | None = None
    homes: int | None = None
    category: SafetyCategory | None = None
    risk: SafetyRisk | None = None
    earlier: tuple[str, ...] = ()
    building: str = content()
    words: str = content()


@event("request_linked")
@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLinked(Event):
    """A request for service was found to be what the complaint is about. Both go on (Code 1.5)."""

    service_reference: str


@event("part_referred")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartReferred(Event):
    """A part of the complaint was passed on, and the resident told in a letter of the same day.

    No `told_on`: the letter was held back, as `why_not_told` says, because whoever reads along may be the danger.
    `number` counts them over the whole case. `received_on` is day 0 of what the law asks, the day on which this part
    was raised; `aware_at` is that of a
    hazard, to the minute. `owner` has it now; `note` is for staff alone.
    """

    number: int
    route: Route
    referred_on: date
    told_on: date | None
    received_on: date
    hazard: HazardKind | None = None
    aware_at: datetime | None = None
    owner: str = content()
    reached_by: str = content()
    part: str = content()
    note: str = content()
    why_not_told: str = content()


@event("referral_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralMoved(Event):
    """Something was done about it on that day, or somebody else has it now. `told_on`: the day of the letter.

    `at` is the moment, where the law counts hours and somebody knew it.
    """

    number: int
    step: ReferralStep
    on: date
    told_on: date | None = None
    at: datetime | None = None
    owner: str = content()
    words: str = content()


@event("law_limit_missed")
@dataclass(frozen=True, slots=True, kw_only=True)
class LawLimitMissed(Event):
    """A date that the law sets for what was passed on went by undone; noticed at once, and told to the resident.

    `due_at` is the moment, where the law counts hours.
    """

    number: int
    key: LawKey
    due: date
    due_at: datetime | None = None
