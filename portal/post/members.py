"""Letters to the members of a group: what the lead is told, to each in their own name and their own format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustment_events import AdjustmentApplied
from portal.domain.adjustment_kinds import MADE_BY_HAND, Adjustment
from portal.domain.adjustments import LetterFormat, format_of, kept_by_a_letter
from portal.domain.case import Case
from portal.domain.folding import as_member
from portal.domain.group import FOR_ALL, Member
from portal.domain.group_events import MemberLetter
from portal.domain.permissions import Actor
from portal.domain.policy import LetterKind
from portal.records.history import CaseFile, append
from portal.records.models import LetterRow, LetterState

Seal = Callable[[Case, LetterFormat], LetterRow]
"""Makes the letter for a case as its reader may know it, not yet stored."""


def copy_to_members(session: Session, file: CaseFile, kind: LetterKind, seal: Seal, *, by: Actor, at: datetime) -> bool:
    """Seal a copy for each member who has not left. Whether any of them goes by itself."""
    if file.case.group is None or kind not in FOR_ALL:
        return False
    sealed = [seal_for(session, file, each, seal, by=by, at=at) for each in file.case.group.present]
    return any(each.state is LetterState.PENDING for each in sealed)


def seal_for(session: Session, file: CaseFile, member: Member, seal: Seal, *, by: Actor, at: datetime) -> LetterRow:
    """Seal one letter to a member, and put on record that it was written."""
    view = as_member(file.case, member)
    letter = seal(view, format_for(member))
    letter.member, letter.discreet = member.number, view.received.is_discreet
    session.add(letter)
    event = MemberLetter(
        number=member.number,
        letter_id=str(letter.id),
        letter=letter.kind,
        digest=letter.digest,
        promised=letter.promised_on,
    )
    append(session, file, event, by=by, at=at)
    for kept in kept_by_a_letter(member.adjustments, by_hand=False) if letter.state is LetterState.PENDING else ():
        applied = AdjustmentApplied(
            number=kept.number, member=member.number, applied_on=at.date(), letter_id=str(letter.id)
        )
        append(session, file, applied, by=by, at=at)
    return letter


def format_for(member: Member) -> LetterFormat:
    """As they asked. What only a person can make waits for that person, undecided or not."""
    asked = {each.adjustment for each in member.adjustments if each.decided is None or each.is_agreed}
    made = format_of(member.adjustments)
    by_hand = tuple(kind for kind in Adjustment if kind in asked & MADE_BY_HAND)
    return LetterFormat(made.points, made.plain_text, made.summary_first, by_hand)
