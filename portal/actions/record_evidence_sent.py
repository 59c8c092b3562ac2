"""What the Ombudsman asked for went to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.ombudsman import check_evidence
from portal.domain.ombudsman_events import OmbudsmanEvidenceSent
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def record_evidence_sent(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    sent_on: date,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Nothing is owed to them then until they ask again or decide."""
    file = open_for(session, actor, Action.RECORD_OMBUDSMAN, reference, version)
    check_evidence(file.case.ombudsman, sent_on, now.date())
    append(session, file, OmbudsmanEvidenceSent(sent_on=sent_on, words=words), by=actor, at=now)
    return file
