"""A member of staff decides what becomes of a new issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import begin, open_for
from portal.domain import references
from portal.domain.adjustments import lasting
from portal.domain.coming_along import adjustments_along, recorded_of
from portal.domain.events import Event
from portal.domain.linking import linked
from portal.domain.linking_events import LinkKind
from portal.domain.message_events import IssueDecided, IssueOutcome, IssueRaised
from portal.domain.new_issue import Answers, as_complaint, decided, issue_to_decide
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.domain.sight_events import AreaChosen, ComplaintRestricted
from portal.post.letters import write_letter, write_message_letter
from portal.records.adjustments import remember
from portal.records.history import CaseFile, NotFound, append, open_case

ONLINE = "online"
"""How a new issue reaches us: the resident writes it on their page."""


def decide_issue(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    answers: Answers,
    *,
    recorded_as: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """A part of this complaint, or a complaint of its own with its own receipt, so that none is lost (Code 6.8).

    `recorded_as` is the reference of the complaint where somebody recorded it already, as they typed it.
    """
    file = open_for(session, actor, Action.DECIDE_ISSUE, reference, version)
    issue = issue_to_decide(file.case, number)
    decision = decided(file.case, number, answers)
    assert isinstance(issue.event, IssueRaised)
    if decision.outcome is IssueOutcome.SEPARATE:
        decision = _separated(session, actor, file, issue.event, decision, recorded_as, now)
    append(session, file, decision, by=actor, at=now)
    write_message_letter(session, file, by=actor, at=now)
    return file


def _separated(
    session: Session,
    actor: Actor,
    file: CaseFile,
    issue: IssueRaised,
    decision: IssueDecided,
    recorded_as: str,
    now: datetime,
) -> IssueDecided:
    """The decision with the reference of the other complaint, to which this one is linked now, and it to this."""
    if recorded_as.strip():
        other = _recorded(session, actor, file, issue, recorded_as)
    else:
        other = _opened(session, actor, file, issue, now)
    link = linked(file.case, other.case, file.rules, LinkKind.NEW_ISSUE, now.date(), decision.why_related)
    append(session, file, link.earlier, by=actor, at=now)
    append(session, other, link.later, by=actor, at=now)
    return replace(decision, new_reference=other.row.reference)


def _opened(session: Session, actor: Actor, file: CaseFile, issue: IssueRaised, now: datetime) -> CaseFile:
    """No code is made: nobody is there to be shown it. The resident asks for one with the reference."""
    other = begin(session, actor, file.row.landlord, as_complaint(file.case, issue, ONLINE), now)
    for each in _goes_along(file, other):
        append(session, other, each, by=actor, at=now)
    remember(session, other.row, other.case.received.person, lasting=bool(lasting(other.case.adjustments)))
    write_letter(session, other, LetterKind.RECEIPT, by=actor, at=now)
    return other


def _goes_along(file: CaseFile, other: CaseFile) -> list[Event]:
    """Who may see it, and what makes it easier for the resident: the same as in the complaint that it came from."""
    case = file.case
    along: list[Event] = [each for record in adjustments_along(other.case, case) for each in recorded_of(record, case)]
    if case.area != other.case.area:
        along.append(AreaChosen(area=case.area))
    if case.restricted_to is not None:
        why = f"It came of {case.reference}, which only they may see."
        along.append(ComplaintRestricted(user_ids=case.restricted_to, reason=why))
    return along


def _recorded(session: Session, actor: Actor, file: CaseFile, issue: IssueRaised, typed: str) -> CaseFile:
    """The complaint that somebody recorded already. Its day 0 is the day on which we were told of the issue."""
    meant = references.reference_from(typed)
    try:
        other = open_case(session, meant or "", actor, landlords.rules_for, for_update=True)
    except NotFound:
        raise Refused("There is no complaint with this reference", "recorded_as") from None
    if meant == file.row.reference:
        raise Refused("Give the reference of the other complaint", "recorded_as")
    if other.case.received.received_on != issue.raised_on:
        raise Refused(
            say(
                "The new complaint must be recorded as received on %(day)s, when we were told of it",
                day=issue.raised_on,
            ),
            "recorded_as",
        )
    return other
