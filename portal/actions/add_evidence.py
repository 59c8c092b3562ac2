"""A file is added to a complaint."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.evidence import MOST_FILES, FileState
from portal.domain.evidence_events import EvidenceAdded, EvidenceChecked
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.saying import say
from portal.records import evidence
from portal.records.history import CaseFile, append


def add_evidence(
    session: Session,
    actor: Actor,
    reference: str,
    evidence_id: UUID,
    *,
    authority_of: int | None = None,
    now: datetime,
) -> CaseFile:
    """Give the complaint a file that has arrived, or that its draft held, whatever has become of the case since.

    A draft's file may have been looked at before: then that is told too. `authority_of` is the number of the
    representative for whom it is meant to show that they may act: their own, or told by staff.
    """
    file = open_for(session, actor, Action.ADD_EVIDENCE, reference)
    if authority_of is not None:
        _check_shows_authority(file, actor, authority_of)
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
        representative=actor.representative,
        authority_of=authority_of,
        name=row.name,
    )
    append(session, file, added, by=actor, at=now)
    evidence.give_to_complaint(row, file.row)
    if row.state is not FileState.CHECKING:
        portal = Actor(role=Role.SYSTEM, landlord=file.row.landlord)
        checked = EvidenceChecked(evidence_id=str(row.id), state=row.state, why_refused=row.why_refused)
        append(session, file, checked, by=portal, at=now)
    return file


def _check_shows_authority(file: CaseFile, actor: Actor, number: int) -> None:
    with_number(file.case.representatives, number)
    theirs = actor.role is Role.REPRESENTATIVE and actor.representative == number
    if not theirs and not may(actor, Action.ADD_REPRESENTATIVE, file.case):
        raise Refused("Only they themselves, or staff, can add what shows that somebody may act", "file")
