"""Who may handle a stage: nobody who is named or tied to it, nobody twice, and the rank that the policy asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.actors import Actor, Role, reviews_only
from portal.domain.case import Case, Rules
from portal.domain.checked import checked_by
from portal.domain.events import Stage
from portal.domain.interest_events import Bar
from portal.domain.permissions import Action, Decision
from portal.domain.policy import Landlord
from portal.domain.saying import say, together

CAN_BE_OVERRIDDEN = frozenset({Bar.NAMED, Bar.CONFLICT, Bar.CHECKED_STAGE_1, Bar.RANK})
"""Not that somebody handled stage 1, which the Code forbids (6.13), nor what an administrator can change."""

DECISIONS = frozenset(
    {
        Action.ACKNOWLEDGE_COMPLAINT,
        Action.EXTEND_DEADLINE,
        Action.ASK_FOR_CHECK,
        Action.SEND_RESPONSE,
        Action.DECLINE_COMPLAINT,
    }
)
"""The work on a complaint for which nothing may tie somebody to it."""

SAY_FIRST = say("Say first whether you have a conflict of interest (Code 5.8).")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of staff who might handle a stage. `rank` is a key of the landlord's file."""

    user_id: int
    rank: str | None
    roles: tuple[Role, ...] = ()


def bars_of(candidate: Candidate, case: Case, rules: Rules, landlord: Landlord) -> dict[Bar, str]:
    """Everything that keeps `candidate` from the present stage, each with the words that say so.

    Code 5.8, 6.13; the policy's rank rule. What was overridden is there too: `may_handle` leaves it out.
    """
    return dict(_bars(candidate, case, rules, landlord))


def may_handle(candidate: Candidate, case: Case, rules: Rules, landlord: Landlord) -> Decision:
    """Whether `candidate` may handle the present stage, and why not."""
    overridden = case.interests.overridden(candidate.user_id, case.stage)
    for bar, why in _bars(candidate, case, rules, landlord):
        if bar not in overridden:
            return Decision(False, why)
    return Decision(True)


def can_be_overridden(bars: dict[Bar, str], overridden: frozenset[Bar]) -> bool:
    """Whether a second person could let somebody handle the stage whom these keep from it."""
    left = bars.keys() - overridden
    return bool(left) and left <= CAN_BE_OVERRIDDEN


def has_declared(case: Case) -> bool:
    """Whether the handler said that nothing ties them to it, or what does was known and overridden."""
    if case.handler_id is None:
        return False
    known = case.interests.overridden(case.handler_id, case.stage) & {Bar.NAMED, Bar.CONFLICT}
    return bool(known) or case.interests.says_free(case.handler_id, case.stage)


def may_decide(actor: Actor, action: Action, case: Case) -> Decision:
    """Whether nothing ties them to the complaint, asked before each act that decides something (Code 5.8)."""
    if action not in DECISIONS or actor.user_id is None:
        return Decision(True)
    overridden = case.interests.overridden(actor.user_id, case.stage)
    if actor.user_id in case.named_staff and Bar.NAMED not in overridden:
        return Decision(False, "You are named in the complaint (Code 5.8).")
    if actor.user_id in case.tied_staff and Bar.CONFLICT not in overridden:
        return Decision(False, "You declared a conflict of interest (Code 5.8).")
    return Decision(actor.user_id != case.handler_id or has_declared(case), SAY_FIRST)


def may_decide_override(actor: Actor, case: Case) -> Decision:
    """Whether they are the second person: neither who asked, nor whom it is about, nor tied to it, nor its handler."""
    asked = case.interests.to_decide(case.stage)
    if asked is None:
        return Decision(False, "Nobody has asked for an override at this stage.")
    if actor.user_id in (asked.asked_by, asked.user_id, case.handler_id):
        return Decision(False, "It takes a second person, who neither asked nor would handle it.")
    if actor.user_id in case.named_staff or actor.user_id in case.tied_staff:
        return Decision(False, "You are named in the complaint, or tied to it (Code 5.8).")
    return Decision(True)


def _bars(candidate: Candidate, case: Case, rules: Rules, landlord: Landlord) -> Iterator[tuple[Bar, str]]:
    if candidate.user_id in case.named_staff:
        yield Bar.NAMED, say("They are named in the complaint (Code 5.8).")
    if candidate.user_id in case.tied_staff:
        yield Bar.CONFLICT, say("They declared a conflict of interest (Code 5.8).")
    if case.stage is Stage.ONE and reviews_only(candidate.roles):
        yield Bar.REVIEWS_ONLY, say("They answer at stage 2 alone.")
    first = case.stages[Stage.ONE]
    if case.stage is Stage.TWO and candidate.user_id in first.handlers:
        yield Bar.HANDLED_STAGE_1, say("They handled stage 1 (Code 6.13).")
    if case.stage is Stage.TWO and candidate.user_id in checked_by(case.checks, Stage.ONE):
        yield Bar.CHECKED_STAGE_1, say("They checked the stage 1 answer (Code 5.8).")
    terms = rules.terms_at(case.stage)
    ranks = terms.handlers.ranks_after(first.handler_rank if case.stage is Stage.TWO else None)
    if ranks and candidate.rank not in ranks:
        wanted = together((landlord.rank_label(rank) for rank in ranks), between=" / ")
        rule = rules.policy.cited(terms.handlers.rule)
        yield Bar.RANK, say("This stage is for: %(ranks)s (%(rule)s).", ranks=wanted, rule=rule)
