"""Somebody was called to be told what a letter says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentApplied
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import holding
from portal.domain.contacts import check_called
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor
from portal.domain.reach_events import ResidentCalled
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append
from portal.records.letters import mark_told
from portal.records.models import LetterState
from portal.records.queries import letter


def record_call(
    session: Session,
    actor: Actor,
    reference: str,
    letter_id: UUID,
    *,
    called_on: date,
    reached: bool,
    words: str,
    now: datetime,
) -> CaseFile:
    """Record the call. Where nobody was reached the letter goes on waiting, and each try is on record."""
    file = open_for(session, actor, Action.RECORD_CALL, reference)
    waiting = letter(session, file, letter_id)
    if waiting.state is not LetterState.TO_CALL:
        raise Refused("This letter is not waiting for a call")
    reader = as_reader(file.case, waiting.member)
    check_called(reader.adjustments, called_on)
    if called_on > now.date():
        raise Refused("The day of the call cannot be in the future", "called_on")
    if called_on < waiting.written_at.astimezone(now.tzinfo).date():
        raise Refused("The call cannot have been before the letter was written", "called_on")
    if not words.strip():
        raise Refused("Say what was said, or that nobody answered", "words")
    called = ResidentCalled(letter_id=str(letter_id), called_on=called_on, reached=reached, words=words)
    append(session, file, called, by=actor, at=now)
    if not reached:
        return file
    if not mark_told(session, file.row, letter_id, called_on):
        raise Refused("This letter is not waiting for a call")
    for each in holding(reader.adjustments):
        if each.adjustment is Adjustment.PHONE_ONLY:
            applied = AdjustmentApplied(
                number=each.number, member=waiting.member, applied_on=called_on, letter_id=str(letter_id)
            )
            append(session, file, applied, by=actor, at=now)
    return file
