"""Saying no to a complaint, or to stage 2: only with a ground, evidence and the person's circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.case import Case, Rules
from portal.domain.events import ComplaintDeclined
from portal.domain.lifecycle import MOVES
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Decision
from portal.domain.policy import Ground, Needs
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.domain.submission import is_over_age


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """A decision not to accept, as the person who takes it writes it (Code 2.1 to 2.5, 5.11)."""

    ground: str
    reasons: str
    evidence: str
    circumstances: str
    claim_filed_on: date | None = None
    earlier_reference: str | None = None
    happened_on: PartialDate | None = None
    aware_on: PartialDate | None = None


TAKEN_ON = say("The Ombudsman told us to take this on: it cannot be declined again (Code 2.4)")


def can_be_declined(case: Case) -> Decision:
    """Only what waits for our answer, and not what the Ombudsman told us to take on."""
    if case.now.directed:
        return Decision(False, TAKEN_ON)
    move = MOVES[ComplaintDeclined]
    return Decision(case.status in move.before, move.otherwise)


def grounds_of(rules: Rules) -> tuple[Ground, ...]:
    """The grounds that may be chosen: the policy's own, and the Code's where the policy gives none."""
    return rules.policy.grounds or rules.code.grounds


def check_decline(case: Case, rules: Rules, decline: Decline, on: date) -> Ground:
    """The ground that was chosen; `Refused` while something is missing that would let it stand."""
    if case.now.directed:
        raise Refused(TAKEN_ON)
    ground = next((each for each in grounds_of(rules) if each.key == decline.ground), None)
    if ground is None:
        raise Refused("Choose the ground on which the complaint is declined (Code 2.2)", "ground")
    for name, asked in _WORDS.items():
        if not getattr(decline, name).strip():
            raise Refused(asked, name)
    _check_needs(case, rules, ground, decline, on)
    return ground


def dates_of(case: Case, decline: Decline) -> tuple[PartialDate | None, PartialDate | None]:
    """When it happened, and when the resident became aware of it: as found out, or else as they told us."""
    return decline.happened_on or case.received.happened_on, decline.aware_on or case.received.aware_on


_WORDS = {
    "reasons": say("Explain to the resident why the complaint is declined (Code 2.4)"),
    "evidence": say("Say what evidence the decision rests on (Code 2.1)"),
    "circumstances": say("Say which circumstances of this person you considered (Code 2.5)"),
}


def _check_needs(case: Case, rules: Rules, ground: Ground, decline: Decline, on: date) -> None:
    if ground.needs is Needs.COURT_FILING_DATE:
        if decline.claim_filed_on is None:
            raise Refused("Give the date on which the claim was filed at court (Code 2.2)", "claim_filed_on")
        if decline.claim_filed_on > on:
            raise Refused("The date of filing cannot be in the future", "claim_filed_on")
    if ground.needs is Needs.CLOSED_CASE and not decline.earlier_reference:
        raise Refused("Give the reference of the complaint that was already answered (Code 2.2)", "earlier_reference")
    if ground.needs is Needs.DATES:
        _check_age(case, rules, decline)


def _check_age(case: Case, rules: Rules, decline: Decline) -> None:
    """Both dates are asked for: whoever became aware of it later has the time from then (Code 2.3)."""
    happened, aware = dates_of(case, decline)
    if happened is None:
        raise Refused("Find out when it happened, as closely as anybody knows (Code 2.3)", "happened_on")
    if aware is None:
        raise Refused("Find out when the resident became aware of it, which may be the same day (Code 2.3)", "aware_on")
    limit = rules.policy.age_limit or rules.code.age_limit
    if limit and not is_over_age(happened, aware, case.received.received_on, limit.months):
        raise Refused(
            say(
                "By these dates it is less than %(months)s months since the resident became aware of it: age is no "
                "ground (Code 2.3)",
                months=str(limit.months),
            ),
            "ground",
        )
