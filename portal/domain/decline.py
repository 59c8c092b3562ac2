"""Saying no to a complaint, or to stage 2: only with a ground, evidence and the person's circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.case import Case, Rules
from portal.domain.policy import Ground, Needs
from portal.domain.refusal import Refused
from portal.domain.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """A decision not to accept, as the person who takes it writes it (Code 2.1 to 2.5, 5.11)."""

    ground: str
    reasons: str
    evidence: str
    circumstances: str
    claim_filed_on: date | None = None
    earlier_reference: str | None = None


def grounds_of(rules: Rules) -> tuple[Ground, ...]:
    """The grounds that may be chosen: the policy's own, and the Code's where the policy gives none."""
    return rules.policy.grounds or rules.code.grounds


def check_decline(case: Case, rules: Rules, decline: Decline, on: date) -> Ground:
    """The ground that was chosen; `Refused` while something is missing that would let it stand."""
    ground = next((each for each in grounds_of(rules) if each.key == decline.ground), None)
    if ground is None:
        raise Refused("Choose the ground on which the complaint is declined (Code 2.2)", "ground")
    for name, asked in _WORDS.items():
        if not getattr(decline, name).strip():
            raise Refused(asked, name)
    _check_needs(case, ground, decline, on)
    return ground


_WORDS = {
    "reasons": say("Explain to the resident why the complaint is declined (Code 2.4)"),
    "evidence": say("Say what evidence the decision rests on (Code 2.1)"),
    "circumstances": say("Say which circumstances of this person you considered (Code 2.5)"),
}


def _check_needs(case: Case, ground: Ground, decline: Decline, on: date) -> None:
    if ground.needs is Needs.COURT_FILING_DATE:
        if decline.claim_filed_on is None:
            raise Refused("Give the date on which the claim was filed at court (Code 2.2)", "claim_filed_on")
        if decline.claim_filed_on > on:
            raise Refused("The date of filing cannot be in the future", "claim_filed_on")
    if ground.needs is Needs.CLOSED_CASE and not decline.earlier_reference:
        raise Refused("Give the reference of the complaint that was already answered (Code 2.2)", "earlier_reference")
    if ground.needs is Needs.DATES and not (case.received.happened_on or case.received.aware_on):
        raise Refused("Find out when it happened or when the resident became aware of it first (Code 2.3)", "ground")
