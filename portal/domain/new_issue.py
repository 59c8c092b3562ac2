"""A new issue in a complaint that is under way: a part of it, or a complaint of its own (Code 6.8)."""

from __future__ import annotations

from portal.domain.case import Case
from portal.domain.events import IssueOutcome, Stage
from portal.domain.lifecycle import AWAITING_US
from portal.domain.messages import Message, issues_to_decide
from portal.domain.permissions import Decision
from portal.domain.refusal import Refused


def can_be_added(case: Case) -> Decision:
    """Only while stage 1 is not answered. Whether it is related, and would delay the answer, a person decides."""
    if case.stage is Stage.ONE and case.status in AWAITING_US:
        return Decision(True)
    return Decision(
        False, "The stage 1 answer has gone out, or the complaint has ended: a new issue is a new complaint (Code 6.8)"
    )


def issue_to_decide(case: Case, number: int) -> Message:
    """Raises `Refused` where there is no such issue, or it has been decided."""
    found = next((each for each in issues_to_decide(case.messages) if each.number == number), None)
    if found is None:
        raise Refused("This issue has already been decided, or does not exist", "which")
    return found


def check_decision(case: Case, outcome: IssueOutcome, reason: str) -> None:
    """Raises `Refused` without a reason, and where the Code does not allow what was chosen."""
    if outcome is IssueOutcome.ADDED and not (decision := can_be_added(case)):
        raise Refused(decision.reason, "outcome")
    if not reason.strip():
        raise Refused("Say why: the resident is told", "reason")
