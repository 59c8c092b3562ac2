"""Whether an answer may go without a second pair of eyes, and whose eyes those may be."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.actors import Actor
from portal.domain.case import Case, Rules
from portal.domain.check_events import CheckAsked
from portal.domain.checked import latest
from portal.domain.events import ResponseSent, Stage
from portal.domain.permissions import Decision
from portal.domain.policy import Landlord
from portal.domain.saying import say, together

CHANGED = say("It is not as it was approved. Ask for another check, or change it back.")


def may_go(case: Case, rules: Rules) -> Decision:
    """Whether an answer of this stage can go at all: where the policy asks for it, only once one is approved."""
    wanted = rules.terms_at(case.stage).second_check
    check = latest(case.checks, case.stage)
    if wanted is None or (check is not None and check.approved):
        return Decision(True)
    rule = rules.policy.cited(wanted.rule)
    return Decision(False, say("Somebody else has to check the answer before it goes (%(rule)s).", rule=rule))


def may_go_as_it_is(case: Case, rules: Rules, response: ResponseSent, signer: int) -> Decision:
    """The same of this answer: it has to be the one that was approved, by somebody else than whoever signs it."""
    allowed = may_go(case, rules)
    check = latest(case.checks, case.stage)
    if not allowed or rules.terms_at(case.stage).second_check is None or check is None:
        return allowed
    if check.decided and check.decided.decided_by == signer:
        return Decision(False, "You approved this answer yourself. Somebody else has to check it.")
    return Decision(same_answer(check.asked, response), CHANGED)


def same_answer(one: CheckAsked, other: ResponseSent | CheckAsked) -> bool:
    """Whether both say the same, word for word. How lines are broken is no difference."""
    facts = (one.findings, one.remedies, one.own_delay) == (other.findings, other.remedies, other.own_delay)
    return facts and [*_words(one)] == [*_words(other)]


def may_check(actor: Actor, case: Case, rules: Rules, landlord: Landlord) -> Decision:
    """Whether they may be the second pair of eyes: not the writer or handler, not tied to it, of the rank asked for."""
    check = latest(case.checks, case.stage)
    if check is None or check.decided:
        return Decision(False, "No answer waits to be checked.")
    if actor.user_id in (check.asked.asked_by, case.handler_id):
        return Decision(False, "Somebody else than the writer has to check it.")
    if actor.user_id in case.named_staff or actor.user_id in case.tied_staff:
        return Decision(False, "You are named in the complaint, or tied to it (Code 5.8).")
    if case.stage is Stage.TWO and actor.user_id in case.stages[Stage.ONE].handlers:
        return Decision(False, "You handled stage 1 (Code 6.13).")
    wanted = rules.terms_at(case.stage).second_check
    if wanted and wanted.ranks and actor.rank not in wanted.ranks:
        ranks = together((landlord.rank_label(rank) for rank in wanted.ranks), between=" / ")
        rule = rules.policy.cited(wanted.rule)
        return Decision(False, say("This check is for: %(ranks)s (%(rule)s).", ranks=ranks, rule=rule))
    return Decision(True)


def _words(said: ResponseSent | CheckAsked) -> Iterable[list[str]]:
    for each in said.answers:
        yield from (each.point.split(), each.reasons.split(), each.law_and_policy.split())
    yield from (each.split() for each in (*said.remedy_words, *said.remedy_impacts))
    yield from (said.own_delay_reason.split(), said.changes_to_remedy.split())
