"""A new issue in a complaint that is under way: a part of it, or a complaint of its own (Code 6.8)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.case import Case
from portal.domain.events import Stage
from portal.domain.lifecycle import AWAITING_US
from portal.domain.message_events import IssueDecided, IssueOutcome, IssueRaised
from portal.domain.messages import Message, issues_to_decide
from portal.domain.permissions import Decision
from portal.domain.refusal import Refused
from portal.domain.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person says to the questions of the Code, each with why. The one about the answer the record knows.

    `delays` is asked only where the issue could be added at all. `reason` is what the resident reads.
    """

    related: bool | None
    why_related: str
    delays: bool | None = None
    why_delays: str = ""
    reason: str


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


def decided(case: Case, number: int, answers: Answers) -> IssueDecided:
    """What follows from the three answers. Raises `Refused` while one of them, or its reason, is missing."""
    addable = bool(can_be_added(case))
    _check(answers, asks_about_delay=addable and bool(answers.related))
    added = addable and bool(answers.related) and answers.delays is False
    return IssueDecided(
        number=number,
        outcome=IssueOutcome.ADDED if added else IssueOutcome.SEPARATE,
        related=answers.related,
        answered=not addable,
        delays=answers.delays if addable and answers.related else None,
        reason=answers.reason,
        why_related=answers.why_related,
        why_delays=answers.why_delays if addable and answers.related else "",
    )


def _check(answers: Answers, *, asks_about_delay: bool) -> None:
    if answers.related is None:
        raise Refused("Say whether it is related to this complaint", "related")
    if not answers.why_related.strip():
        raise Refused("Say why it is related, or why not", "why_related")
    if asks_about_delay and answers.delays is None:
        raise Refused("Say whether adding it would unreasonably delay the answer", "delays")
    if asks_about_delay and not answers.why_delays.strip():
        raise Refused("Say why it would delay the answer, or why not", "why_delays")
    if not answers.reason.strip():
        raise Refused("Write what the resident is told of why", "reason")


def as_complaint(case: Case, issue: IssueRaised, channel: str) -> Submission:
    """The issue as a complaint of its own, of the same person. Its day 0 is the day on which we were told of it.

    Raises `Refused` where it is not known how the resident is reached: its receipt would go to anybody.
    """
    if case.contact_to_check:
        raise Refused("Record first how the resident is reached: the new complaint is told to them", "which")
    received = case.received
    return Submission(
        what_happened=issue.words,
        channel=channel,
        received_on=issue.raised_on,
        person=received.person,
        link=received.link,
        link_from=received.link_from,
        link_until=received.link_until,
        reply_by=received.reply_by,
        safe_contact=received.safe_contact,
    )
