"""A file was looked at."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.evidence import FileState, WhyRefused
from portal.domain.evidence_events import EvidenceChecked
from portal.domain.permissions import Action, Actor, Role
from portal.records import evidence
from portal.records.history import append


def check_evidence(
    session: Session,
    landlord: str,
    evidence_id: UUID,
    state: FileState,
    why: WhyRefused | None,
    shared_digest: str | None,
    *,
    now: datetime,
) -> bool:
    """Record what was found, on the complaint too where it belongs to one. Whether it was still to be decided.

    The case is held before the file, as when somebody adds or removes it, so that no two wait for each other.
    """
    portal = Actor(role=Role.SYSTEM, landlord=landlord)
    reference = evidence.reference_of(session, evidence_id)
    file = open_for(session, portal, Action.ADD_EVIDENCE, reference) if reference else None
    row = evidence.file_row(session, landlord, evidence_id)
    if row is None or row.state is not FileState.CHECKING or row.complaint_id != (file.row.id if file else None):
        return False
    evidence.record_verdict(row, state, why, shared_digest)
    if file:
        checked = EvidenceChecked(evidence_id=str(evidence_id), state=state, why_refused=why)
        append(session, file, checked, by=portal, at=now)
    return True
