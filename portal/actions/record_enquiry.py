"""The Ombudsman asks about a complaint."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.ombudsman import check_enquiry
from portal.domain.ombudsman_events import OmbudsmanEnquired
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def record_enquiry(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    own_reference: str,
    received_on: date,
    evidence_due: date,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """It moves the complaint nowhere. What they want stands in the queue until it is sent."""
    file = open_for(session, actor, Action.RECORD_OMBUDSMAN, reference, version)
    event = OmbudsmanEnquired(
        received_on=received_on, evidence_due=evidence_due, own_reference=own_reference, words=words
    )
    check_enquiry(event, file.case.received.received_on, now.date())
    append(session, file, event, by=actor, at=now)
    return file
