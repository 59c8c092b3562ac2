"""What somebody else has read of an answer, folded from the events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.domain.check_events import AboutChecks, CheckAsked, CheckDecided
from portal.domain.events import Stage


@dataclass(frozen=True, slots=True)
class Check:
    """An answer as it was shown to somebody else, and what they said; None while nobody has."""

    asked: CheckAsked
    decided: CheckDecided | None = None

    @property
    def approved(self) -> bool:
        return self.decided is not None and self.decided.approved


Checks = tuple[Check, ...]
"""In the order in which they were asked for."""


def after_check(checks: Checks, event: AboutChecks) -> Checks:
    """A decision is about what was asked last: whatever was shown before it is overtaken."""
    if isinstance(event, CheckAsked):
        return (*checks, Check(event))
    if not checks:
        return checks
    return (*checks[:-1], replace(checks[-1], decided=event))


def latest(checks: Checks, stage: Stage) -> Check | None:
    """What was shown last at this stage, and nothing before it: a change needs a new look."""
    return next((each for each in reversed(checks) if each.asked.stage is stage), None)


def checked_by(checks: Checks, stage: Stage) -> tuple[int, ...]:
    """Who took a decision about an answer at this stage."""
    return tuple(each.decided.decided_by for each in checks if each.decided and each.asked.stage is stage)
