"""Something that an answer promised was done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import RemedyCompleted
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def complete_remedy(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    done_on: date,
    evidence: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record the day and the evidence, whatever has become of the case (Code 6.6, 7.3)."""
    file = open_for(session, actor, Action.COMPLETE_REMEDY, reference, version)
    if number not in {remedy.number for remedy in file.case.open_remedies}:
        raise Refused("This action is already recorded as done, or does not exist")
    if done_on > now.date():
        raise Refused("The day it was done cannot be in the future", "done_on")
    if not evidence.strip():
        raise Refused("Say how you know that it was done", "evidence")
    append(session, file, RemedyCompleted(number=number, done_on=done_on, evidence=evidence), by=actor, at=now)
    return file
