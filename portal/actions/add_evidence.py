"""A file is added to a complaint."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import EvidenceAdded, EvidenceChecked
from portal.domain.evidence import MOST_FILES, FileState
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.records import evidence
from portal.records.history import CaseFile, append


def add_evidence(session: Session, actor: Actor, reference: str, evidence_id: UUID, *, now: datetime) -> CaseFile:
    """Give the complaint a file that has arrived, or that its draft held, whatever has become of the case since.

    A draft's file may have been looked at before: then that is told too.
    """
    file = open_for(session, actor, Action.ADD_EVIDENCE, reference)
    if len(file.case.files) >= MOST_FILES:
        raise Refused(
            say("This complaint has %(most)s files, which is as many as it can hold here", most=MOST_FILES), "file"
        )
    row = evidence.file_row(session, file.row.landlord, evidence_id)
    if row is None or row.complaint_id is not None or not (row.stored or row.state is FileState.REFUSED):
        raise Refused("The file did not arrive whole. Add it again", "file")
    added = EvidenceAdded(
        evidence_id=str(row.id),
        file_kind=row.kind,
        size=row.size,
        digest=row.digest,
        by_staff=actor.user_id,
        name=row.name,
    )
    append(session, file, added, by=actor, at=now)
    evidence.give_to_complaint(row, file.row)
    if row.state is not FileState.CHECKING:
        portal = Actor(role=Role.SYSTEM, landlord=file.row.landlord)
        checked = EvidenceChecked(evidence_id=str(row.id), state=row.state, why_refused=row.why_refused)
        append(session, file, checked, by=portal, at=now)
    return file
