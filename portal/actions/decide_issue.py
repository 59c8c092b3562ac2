"""A member of staff decides what becomes of a new issue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain import references
from portal.domain.events import IssueDecided, IssueOutcome, IssueRaised
from portal.domain.new_issue import check_decision, issue_to_decide
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.post.letters import write_message_letter
from portal.records.history import CaseFile, NotFound, append, open_case


def decide_issue(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    outcome: IssueOutcome,
    reason: str,
    new_reference: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """A part of this complaint, or a complaint of its own that is already recorded, so that none is lost (Code 6.8)."""
    file = open_for(session, actor, Action.DECIDE_ISSUE, reference, version)
    issue = issue_to_decide(file.case, number)
    check_decision(file.case, outcome, reason)
    assert isinstance(issue.event, IssueRaised)
    separate = _separate(session, actor, file, issue.event, new_reference) if outcome is IssueOutcome.SEPARATE else None
    event = IssueDecided(number=number, outcome=outcome, new_reference=separate, reason=reason)
    append(session, file, event, by=actor, at=now)
    write_message_letter(session, file, by=actor, at=now)
    return file


def _separate(session: Session, actor: Actor, file: CaseFile, issue: IssueRaised, typed: str) -> str:
    """The reference of the new complaint. Its day 0 is the day on which we were told of the issue."""
    meant = references.reference_from(typed)
    if meant is None or meant == file.row.reference:
        raise Refused("Record it as a complaint first, and give the reference of that complaint", "new_reference")
    try:
        other = open_case(session, meant, actor, landlords.rules_for)
    except NotFound:
        raise Refused("There is no complaint with this reference", "new_reference") from None
    if other.case.received.received_on != issue.raised_on:
        raise Refused(
            say(
                "The new complaint must be recorded as received on %(day)s, when we were told of it",
                day=issue.raised_on,
            ),
            "new_reference",
        )
    return meant
