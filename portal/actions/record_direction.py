"""The Ombudsman tells us to take a complaint on, to take it to stage 2, or to answer it by a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_for
from portal.domain.ombudsman import check_direction
from portal.domain.ombudsman_events import OmbudsmanDirected
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def record_direction(
    session: Session,
    actor: Actor,
    reference: str,
    direction: OmbudsmanDirected,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """A stage that is opened again counts from the day on which they said so (Code 2.4). The resident is told."""
    file = open_for(session, actor, Action.RECORD_OMBUDSMAN, reference, version)
    check_direction(file.case.position, direction, file.case.received.received_on, now.date())
    admit_lateness(session, file, now)
    append(session, file, direction, by=actor, at=now)
    write_letter(session, file, LetterKind.DIRECTED, by=actor, at=now)
    return file
