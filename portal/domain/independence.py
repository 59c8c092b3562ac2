"""Who may handle a stage: nobody who is named, nobody twice, and the rank that the policy asks for."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.actors import Role, reviews_only
from portal.domain.case import Case, Rules
from portal.domain.events import Stage
from portal.domain.permissions import Decision
from portal.domain.policy import Landlord
from portal.domain.saying import say, together


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of staff who might handle a stage. `rank` is a key of the landlord's file."""

    user_id: int
    rank: str | None
    roles: tuple[Role, ...] = ()


def may_handle(candidate: Candidate, case: Case, rules: Rules, landlord: Landlord) -> Decision:
    """Whether `candidate` may handle the present stage, and why not (Code 5.8, 6.13; the policy's rank rule)."""
    if candidate.user_id in case.named_staff:
        return Decision(False, "They are named in the complaint (Code 5.8).")
    if case.stage is Stage.ONE and reviews_only(candidate.roles):
        return Decision(False, "They answer at stage 2 alone.")
    first = case.stages[Stage.ONE]
    if case.stage is Stage.TWO and candidate.user_id in first.handlers:
        return Decision(False, "They handled stage 1 (Code 6.13).")
    terms = rules.terms_at(case.stage)
    after_rank = first.handler_rank if case.stage is Stage.TWO else None
    ranks = terms.handlers.ranks_after(after_rank)
    if ranks and candidate.rank not in ranks:
        wanted = together((landlord.rank_label(rank) for rank in ranks), between=" / ")
        rule = rules.policy.cited(terms.handlers.rule)
        return Decision(False, say("This stage is for: %(ranks)s (%(rule)s).", ranks=wanted, rule=rule))
    return Decision(True)
