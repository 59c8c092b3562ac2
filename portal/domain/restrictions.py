"""Contact that is restricted: for how long, who looks at it again, and what it can never touch.

It says how staff and somebody deal with each other. No rule about what residents may do asks for it: whoever is
restricted complains, writes, escalates and reaches the Ombudsman as before (Code 5.14, 5.15).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import AdjustmentRecord, agreed
from portal.domain.permissions import Decision
from portal.domain.policy import Policy
from portal.domain.refusal import Refused
from portal.domain.restriction_events import (
    ContactAppealDecided,
    ContactRestricted,
    ContactRestrictionAppealed,
    ContactRestrictionReviewed,
)
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome
from portal.domain.saying import say
from portal.domain.working_days import months_after

AboutRestrictions = ContactRestricted | ContactRestrictionReviewed | ContactRestrictionAppealed | ContactAppealDecided
Decided = ContactRestrictionReviewed | ContactAppealDecided

LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One restriction with what became of it."""

    event: ContactRestricted
    review_on: date
    ended_on: date | None = None
    appealed: ContactRestrictionAppealed | None = None
    appeal_decided: ContactAppealDecided | None = None
    last_decided: Decided | None = None

    @property
    def number(self) -> int:
        return self.event.number

    @property
    def appeal_waits(self) -> bool:
        return self.appealed is not None and self.appeal_decided is None and self.ended_on is None

    @property
    def see_to_on(self) -> date | None:
        """When somebody has to look at it: at once where an appeal waits, else at its review or its last day."""
        if self.ended_on is not None:
            return None
        if self.appealed is not None and self.appeal_decided is None:
            return self.appealed.appealed_on
        return min(self.review_on, self.event.ends_on or self.review_on)

    def holds(self, on: date) -> bool:
        """Whether it is to be kept to on that day. One whose last day has passed holds no more, whoever is late."""
        return self.ended_on is None and (self.event.ends_on is None or on <= self.event.ends_on)


Restrictions = tuple[Restriction, ...]


def after(restrictions: Restrictions, event: AboutRestrictions) -> Restrictions:
    """The restrictions once this has happened."""
    if isinstance(event, ContactRestricted):
        return (*restrictions, Restriction(event=event, review_on=event.review_on))
    return tuple(_changed(each, event) if each.number == event.number else each for each in restrictions)


def _changed(one: Restriction, event: Decided | ContactRestrictionAppealed) -> Restriction:
    if isinstance(event, ContactRestrictionAppealed):
        return replace(one, appealed=event, appeal_decided=None)
    if isinstance(event, ContactAppealDecided):
        one = replace(one, appeal_decided=event)
    day = event.decided_on if isinstance(event, ContactAppealDecided) else event.reviewed_on
    ended = day if event.outcome is RestrictionOutcome.ENDED else None
    return replace(one, ended_on=ended, review_on=event.review_on or one.review_on, last_decided=event)


def next_to_see_to(restrictions: Iterable[Restriction]) -> date | None:
    """The first day on which somebody has to look at one of them."""
    return min((each.see_to_on for each in restrictions if each.see_to_on), default=None)


def one(restrictions: Iterable[Restriction], number: int) -> Restriction:
    """Raises `Refused` where there is no such restriction."""
    found = next((each for each in restrictions if each.number == number), None)
    if found is None:
        raise Refused("There is no such restriction in this complaint", "which")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionWish:
    """A restriction as somebody writes it. `representative`: whom it is for, the resident where it is None."""

    limits: tuple[ContactLimit, ...]
    reason: str
    evidence: str
    terms: str
    review_on: date | None
    ends_on: date | None
    disability: Disability | None
    equality: str
    representative: int | None = None


AGAINST: Mapping[ContactLimit, frozenset[Adjustment]] = {
    ContactLimit.IN_WRITING: frozenset({Adjustment.PHONE_ONLY, Adjustment.READ_AND_WRITE, Adjustment.BSL}),
    ContactLimit.CALLS_AT_SET_TIMES: frozenset({Adjustment.CALL_TIMES}),
    ContactLimit.VISITS_BY_TWO: frozenset({Adjustment.VISITING}),
}
"""Adjustments that a restriction would break: what was agreed under the Equality Act goes before (Code 5.15)."""


def in_the_way(limits: Iterable[ContactLimit], adjustments: Iterable[AdjustmentRecord]) -> tuple[Adjustment, ...]:
    """The agreed adjustments that these restrictions would break."""
    kept = {each.adjustment for each in agreed(adjustments)}
    broken = {adjustment for limit in limits for adjustment in AGAINST.get(limit, ())}
    return tuple(each for each in Adjustment if each in kept & broken)


def longest_review(policy: Policy, code: Policy, on: date) -> date:
    """The last day for the next review: by the policy, or else by what stands beside the Code."""
    months = (policy.behaviour.review_months if policy.behaviour else None) or (
        code.behaviour.review_months if code.behaviour else None
    )
    assert months is not None, "the file of the Code gives a number of months"
    return months_after(on, months)


def check_wish(wish: RestrictionWish, adjustments: Iterable[AdjustmentRecord], on: date, last_review: date) -> None:
    """Raises `Refused` where it is not whole, or would break an agreed adjustment (Code 5.14, 5.15)."""
    if not wish.limits:
        raise Refused("Choose how contact is restricted", "limits")
    for text, name, asked in (
        (wish.terms, "terms", say("Write what they can and cannot do from now on, as the letter will say it")),
        (wish.reason, "reason", say("Give the reason, as the letter will say it (Code 5.14)")),
        (wish.evidence, "evidence", say("Say what the evidence is: what happened, and on which days (Code 5.14)")),
        (wish.equality, "equality", say("Write what you considered about disability and adjustments (Code 5.15)")),
    ):
        _check_words(text, name, asked)
    if wish.disability is None:
        raise Refused("Say whether a disability may be behind it (Code 5.15)", "disability")
    if in_the_way(wish.limits, adjustments):
        raise Refused(
            "This would break an adjustment that was agreed. Choose another restriction, which keeps to it (Code 5.15)",
            "limits",
        )
    _check_days(wish.review_on, wish.ends_on, on, last_review)


def _check_words(text: str, name: str, asked: str) -> None:
    if not text.strip():
        raise Refused(asked, name)
    if len(text) > LONGEST:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST), name)


def _check_days(review_on: date | None, ends_on: date | None, on: date, last_review: date) -> None:
    check_review(review_on, on, last_review)
    if ends_on is not None and ends_on <= on:
        raise Refused("The last day must be after today", "ends_on")


def check_review(review_on: date | None, on: date, last_review: date) -> None:
    """Raises `Refused` where it would not be looked at again in time."""
    if review_on is None:
        raise Refused("Give the day by which it is looked at again (Code 5.14)", "review_on")
    if review_on <= on:
        raise Refused("The next review must be after today", "review_on")
    if review_on > last_review:
        raise Refused(say("It has to be looked at again by %(day)s", day=last_review), "review_on")


def next_review(
    outcome: RestrictionOutcome, words: str, review_on: date | None, on: date, last_review: date
) -> date | None:
    """The next review of one that is kept; None where it ends. Raises `Refused` without a reason or a good day."""
    if not words.strip():
        raise Refused("Write why, as the letter will say it", "words")
    if outcome is not RestrictionOutcome.KEPT:
        return None
    check_review(review_on, on, last_review)
    return review_on


def may_decide_appeal(restriction: Restriction, user_id: int | None) -> Decision:
    """Whoever decided it does not judge their own decision."""
    own = user_id is None or user_id == restriction.event.decided_by
    return Decision(not own, say("Somebody else than who decided it has to look at the appeal."))
