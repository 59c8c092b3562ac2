"""Something that an answer promised was done."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import RemedyCompleted
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.remedies import one
from portal.records.history import CaseFile, append


def complete_remedy(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    done_on: date,
    evidence: str,
    evidence_id: UUID | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record the day and the evidence, in words or a file of the case, whatever became of the case (Code 6.6, 7.3)."""
    file = open_for(session, actor, Action.COMPLETE_REMEDY, reference, version)
    if number not in {remedy.number for remedy in file.case.open_remedies}:
        raise Refused("This action is already recorded as done, or does not exist")
    if one(file.case.remedies, number).is_money:
        raise Refused("Money is done once it is paid: record the payment instead")
    if done_on > now.date():
        raise Refused("The day it was done cannot be in the future", "done_on")
    if evidence_id is not None and evidence_id not in {each.id for each in file.case.files}:
        raise Refused("Choose a file of this complaint", "evidence_id")
    if not evidence.strip() and evidence_id is None:
        raise Refused("Say how you know that it was done", "evidence")
    shown_by = str(evidence_id) if evidence_id else None
    done = RemedyCompleted(number=number, done_on=done_on, evidence=evidence, evidence_id=shown_by)
    append(session, file, done, by=actor, at=now)
    return file
