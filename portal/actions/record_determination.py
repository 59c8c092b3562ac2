"""The Ombudsman has decided about a complaint, and ordered or recommended something, or nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.ombudsman import check_determination
from portal.domain.ombudsman_events import OmbudsmanDetermined
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def record_determination(
    session: Session,
    actor: Actor,
    reference: str,
    determination: OmbudsmanDetermined,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Each order has its own day, and stands in the queue until there is proof that it was done."""
    file = open_for(session, actor, Action.RECORD_OMBUDSMAN, reference, version)
    check_determination(determination, file.case.received.received_on, now.date())
    append(session, file, determination, by=actor, at=now)
    return file
