"""Somebody who made no complaint was called, to be told what a letter says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.enquiries import EnquiryLetterKind, EnquiryStep, check_day
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.enquiries import asker_of, enquiry_of, letter, mark_brought
from portal.records.enquiry_chain import record
from portal.records.history import NotFound
from portal.records.models import EnquiryLetter, LetterState


def call_about_enquiry(
    session: Session,
    actor: Actor,
    letter_id: UUID,
    *,
    called_on: date,
    reached: bool,
    words: str,
    now: datetime,
) -> EnquiryLetter:
    """Record the call. Where nobody was reached the letter goes on waiting, and each try is on record."""
    decision = may(actor, Action.ANSWER_ENQUIRY)
    if not decision:
        raise Refused(decision.reason)
    found = letter(session, actor, letter_id, for_update=True)
    if found is None:
        raise NotFound(str(letter_id))
    if not can_be_told(found):
        raise Refused("This letter is not waiting for a call")
    enquiry = enquiry_of(session, found, for_update=True)
    if Adjustment.NO_PHONE in asker_of(session, enquiry).adjustments:
        raise Refused("They asked for no phone calls. Write instead")
    check_day(called_on, found.written_at.astimezone(now.tzinfo).date(), now.date(), "called_on")
    if not words.strip():
        raise Refused("Say what was said, or that nobody answered", "words")
    said = {"letter_id": str(letter_id), "on": called_on.isoformat(), "reached": reached}
    record(session, enquiry, EnquiryStep.CALLED, by=actor, at=now, payload=said, words={"words": words})
    if reached:
        mark_brought(found, enquiry, LetterState.TOLD, called_on)
    return found


def can_be_told(found: EnquiryLetter) -> bool:
    """Whether it waits for a call, or could not go any other way. The chief executive's are no letters to be told."""
    if found.kind is EnquiryLetterKind.CHIEF_EXECUTIVE:
        return False
    given_up = found.state is LetterState.FAILED and found.next_try_at is None
    return given_up or found.state in (LetterState.TO_CALL, LetterState.ON_PAGE)
