"""What the Ombudsman ordered or recommended was done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.ombudsman import check_done
from portal.domain.ombudsman_events import OmbudsmanOrderDone
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def complete_order(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    done_on: date,
    proof: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Only with what shows it: a letter that says that something was done has been wrong before."""
    file = open_for(session, actor, Action.RECORD_OMBUDSMAN, reference, version)
    event = OmbudsmanOrderDone(number=number, done_on=done_on, proof=proof)
    check_done(file.case.ombudsman, event, now.date())
    append(session, file, event, by=actor, at=now)
    return file
