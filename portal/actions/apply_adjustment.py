"""An adjustment was kept to, outside a letter: an interpreter came, a meeting was short."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentApplied
from portal.domain.adjustments import one
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def apply_adjustment(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    applied_on: date,
    how: str,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record one time that it was done."""
    file = open_for(session, actor, Action.APPLY_ADJUSTMENT, reference, version)
    if not one(as_reader(file.case, member).adjustments, number).holds:
        raise Refused("This adjustment does not hold now")
    if applied_on > now.date():
        raise Refused("The day cannot be in the future", "applied_on")
    if not how.strip():
        raise Refused("Say what was done", "how")
    event = AdjustmentApplied(number=number, member=member, applied_on=applied_on, how=how)
    append(session, file, event, by=actor, at=now)
    return file
