"""A member leads the group from now on: with the code of whoever led, or because nobody leads, or through staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import ConditionTold
from portal.domain.adjustments import lasting
from portal.domain.group import with_number
from portal.domain.group_events import LeadChanged
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import acting_now
from portal.post.letters import write_letter
from portal.records.access import LEAD_OFFER, code_opens, hand_over_codes
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append, erase
from portal.records.links import end_links

JOINED_TOO_LATE = "You joined after the person who led the group had left. Tell us if you want to lead it."
NOT_THE_CODE = "This is not the code of whoever leads the group, or they have taken it back"


def take_lead(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    code: str = "",
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """What each code opens changes at once: theirs what the lead's did, and the former lead's what a member's does.

    Staff say in `words` how both agreed. Everybody in the group is told, and nobody who it is. What the former lead
    told about their health is erased, because it explains nothing of whoever leads now. Where nobody leads, whoever
    joined since can do it through staff alone: an invitation is all that they needed to join.
    """
    own = actor.role is Role.GROUP_MEMBER
    file = open_for(session, actor, Action.TAKE_LEAD if own else Action.RECORD_GROUP, reference, version)
    group = file.case.group
    if group is None:
        raise Refused("This complaint is not that of a group.")
    if own and actor.member != number:
        raise Refused("You may not do this for somebody else.")
    if own and group.lead is None and not group.needs_no_code(number):
        raise Refused(JOINED_TOO_LATE)
    if own and group.lead is not None:
        _check_code(session, file, code, now)
    if not own and not words.strip():
        raise Refused("Say how they agreed", "words")
    if acting_now(file.case.representatives, now.date()):
        raise Refused("Somebody acts for whoever leads the group. End that first.")
    with_number(group, number)
    event = LeadChanged(number=number, changed_on=now.date(), former=group.next_former, words=words)
    append(session, file, event, by=actor, at=now)
    for member in (None, number, event.former):
        end_links(session, file.row, now, member=member)
    hand_over_codes(session, file.row, number, event.former, now)
    erase(session, file, ConditionTold, at=now)
    remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
    write_letter(session, file, LetterKind.LEAD_CHANGED, by=actor, at=now)
    return file


def _check_code(session: Session, file: CaseFile, code: str, now: datetime) -> None:
    found = code_opens(session, file.row.landlord, file.row.reference, code, now.date())
    if found is None or found.holder != LEAD_OFFER:
        raise Refused(NOT_THE_CODE, "code")
