"""The complaint definition is set out to the resident, at either stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_for
from portal.domain.definition import Definition, check_definition
from portal.domain.events import ComplaintAcknowledged
from portal.domain.permissions import Action, Actor
from portal.domain.response import ACKNOWLEDGEMENT_LETTER
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def acknowledge_complaint(
    session: Session,
    actor: Actor,
    reference: str,
    definition: Definition,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Acknowledge, define and log in one (Code 5.6, 5.7, 6.2, 6.11); the Code's clock runs from today."""
    file = open_for(session, actor, Action.ACKNOWLEDGE_COMPLAINT, reference, version)
    check_definition(definition, file.case.stage)
    event = ComplaintAcknowledged(
        stage=file.case.stage,
        acknowledged_on=now.date(),
        point_count=len(definition.points),
        points=definition.points,
        outcomes=definition.outcomes,
        responsible_for=definition.responsible_for,
        not_responsible_for=definition.not_responsible_for,
        why_still_dissatisfied=definition.why_still_dissatisfied,
    )
    admit_lateness(session, file, now)
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, ACKNOWLEDGEMENT_LETTER[event.stage], by=actor, at=now)
    return file
