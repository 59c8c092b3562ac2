"""Who said what ties them to a complaint, and for whom that was overridden: folded from the events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.domain.events import Stage
from portal.domain.interest_events import (
    AboutInterests,
    Bar,
    InterestsDeclared,
    OverrideAsked,
    OverrideDecided,
)


@dataclass(frozen=True, slots=True)
class Override:
    """What was asked, and what a second person decided; None while nobody has."""

    asked: OverrideAsked
    decided: OverrideDecided | None = None

    @property
    def approved(self) -> bool:
        return self.decided is not None and self.decided.approved


@dataclass(frozen=True, slots=True)
class Interests:
    """Of everybody of the staff who has to do with the complaint, in the order in which it was said."""

    declared: tuple[InterestsDeclared, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def conflicts(self) -> tuple[InterestsDeclared, ...]:
        """Those that were declared. Nobody takes one back alone: an override takes a second person."""
        return tuple(each for each in self.declared if each.conflict)

    def says_free(self, user_id: int, stage: Stage) -> bool:
        """Whether they said at this stage that nothing ties them to it."""
        said = [each for each in self.declared if each.user_id == user_id and each.stage is stage]
        return bool(said) and said[-1].conflict is None

    def overridden(self, user_id: int, stage: Stage) -> frozenset[Bar]:
        """In spite of what they may handle the stage."""
        return frozenset(
            bar
            for each in self.overrides
            if each.approved and each.asked.user_id == user_id and each.asked.stage is stage
            for bar in each.asked.bars
        )

    def to_decide(self, stage: Stage) -> OverrideAsked | None:
        """What was asked at this stage and waits for a second person. One thing is asked at a time."""
        return next((each.asked for each in self.overrides if not each.decided and each.asked.stage is stage), None)


NOTHING_SAID = Interests()


def interests_after(interests: Interests, event: AboutInterests) -> Interests:
    """What is known once this has been said, asked or decided."""
    if isinstance(event, InterestsDeclared):
        return replace(interests, declared=(*interests.declared, event))
    if isinstance(event, OverrideAsked):
        return replace(interests, overrides=(*interests.overrides, Override(event)))
    decided = tuple(
        replace(each, decided=event) if each.decided is None and each.asked.user_id == event.user_id else each
        for each in interests.overrides
    )
    return replace(interests, overrides=decided)
