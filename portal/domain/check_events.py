"""A second pair of eyes on an answer, before it goes."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.events import Event, Finding, PointAnswer, RemedyTerms, Stage, content, event
from portal.domain.remedy_kinds import OwnDelay


@event("check_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked(Event):
    """The handler asked somebody else to read the answer as it is here. The clock goes on."""

    stage: Stage
    asked_by: int
    findings: tuple[Finding, ...]
    remedies: tuple[RemedyTerms, ...] = ()
    own_delay: OwnDelay | None = None
    answers: tuple[PointAnswer, ...] = content(())
    remedy_words: tuple[str, ...] = content(())
    remedy_impacts: tuple[str, ...] = content(())
    own_delay_reason: str = content()
    changes_to_remedy: str = content()


@event("check_decided")
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDecided(Event):
    """Somebody else approved the answer that was shown to them last, or sent it back with words."""

    stage: Stage
    decided_by: int
    approved: bool
    words: str = content()


AboutChecks = CheckAsked | CheckDecided
