"""A file is taken back by whoever added it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.evidence import may_remove
from portal.domain.evidence_events import EvidenceRemoved
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records import evidence
from portal.records.history import CaseFile, append


def remove_evidence(session: Session, actor: Actor, reference: str, evidence_id: UUID, *, now: datetime) -> CaseFile:
    """Delete what is in it. That there was a file, of which digest, stays on record."""
    file = open_for(session, actor, Action.REMOVE_EVIDENCE, reference)
    found = next((each for each in file.case.files if each.id == evidence_id), None)
    if found is None or not may_remove(actor, found):
        raise Refused("This file is not there any more, or somebody else added it", "file")
    if str(evidence_id) in file.case.relied_on:
        raise Refused("An authority to act rests on this file, so it stays", "file")
    append(session, file, EvidenceRemoved(evidence_id=str(evidence_id)), by=actor, at=now)
    row = evidence.file_row(session, file.row.landlord, evidence_id)
    if row is not None:
        evidence.give_up(row, at=now)
    return file
