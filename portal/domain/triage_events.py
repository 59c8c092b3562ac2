"""What is seen of a complaint at its first reading (Code 6.1). It changes no limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, Stage, content, event


class Complexity(StrEnum):
    """How much has to be found out."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


class Risk(StrEnum):
    """Of harm to somebody while the complaint is open."""

    NONE_SEEN = "none_seen"
    SOME = "some"
    HIGH = "high"


@event("complaint_triaged")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTriaged(Event):
    """Somebody read it first. `hazard`: something in the home may hurt somebody, whether it is passed on or not."""

    stage: Stage
    triaged_on: date
    early_answer: bool
    complexity: Complexity
    risk: Risk
    hazard: bool
    words: str = content()


@event("vulnerability_told")
@dataclass(frozen=True, slots=True, kw_only=True)
class VulnerabilityTold(Event):
    """What makes somebody vulnerable, for whoever deals with the complaint: in no list, search, export or letter."""

    told_on: date
    words: str = content()


AboutTriage = ComplaintTriaged | VulnerabilityTold
