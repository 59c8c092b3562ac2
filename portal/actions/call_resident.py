"""A member of staff is about to call somebody who asked for no calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentSetAside
from portal.domain.adjustments import against_a_call, check_call
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def call_resident(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    reason: str,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Put the reason on record before the call. Without one the call is refused, naming what was asked for.

    `member`: it is the member of the group with this number who is to be called.
    """
    file = open_for(session, actor, Action.APPLY_ADJUSTMENT, reference, version)
    asked = as_reader(file.case, member).adjustments
    against = against_a_call(asked)
    if against is None:
        raise Refused("The resident has not asked for no phone calls: you can call them")
    check_call(asked, reason)
    event = AdjustmentSetAside(number=against.number, member=member, on=now.date(), reason=reason)
    append(session, file, event, by=actor, at=now)
    return file
