"""The resident no longer wants an answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import ComplaintWithdrawn
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def withdraw_complaint(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    withdrawn_on: date,
    words: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record that the resident withdrew it, in their words; the letter lets them say if that is wrong.

    Residents who do so themselves owe no words.
    """
    by_resident = actor.role is Role.RESIDENT
    action = Action.WITHDRAW_OWN_COMPLAINT if by_resident else Action.WITHDRAW_COMPLAINT
    file = open_for(session, actor, action, reference, version)
    if withdrawn_on > now.date():
        raise Refused("The day it was withdrawn cannot be in the future", "withdrawn_on")
    if withdrawn_on < file.case.received.received_on:
        raise Refused("It cannot have been withdrawn before it was received", "withdrawn_on")
    if not words.strip() and not by_resident:
        raise Refused("Say how the resident told you, and what they said", "words")
    append(session, file, ComplaintWithdrawn(withdrawn_on=withdrawn_on, words=words), by=actor, at=now)
    write_letter(session, file, LetterKind.WITHDRAWAL, by=actor, at=now)
    return file
