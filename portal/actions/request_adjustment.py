"""Something that would make things easier is asked for, by the resident or through a member of staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish, check_wish, next_number
from portal.domain.events import AdjustmentRequested
from portal.domain.permissions import Action, Actor, Role
from portal.records.history import CaseFile, append


def request_adjustment(
    session: Session, actor: Actor, reference: str, wish: Wish, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Record each choice as a request of its own. No proof is asked for, and no reason (Code 5.10)."""
    action = Action.REQUEST_ADJUSTMENT if actor.role is Role.RESIDENT else Action.RECORD_ADJUSTMENT
    file = open_for(session, actor, action, reference, version)
    check_wish(wish)
    for kind in wish.kinds:
        event = AdjustmentRequested(
            number=next_number(file.case.adjustments),
            requested_on=now.date(),
            requested_by=wish.requested_by,
            scope=wish.scope,
            adjustment=kind,
            print_size=wish.print_size if kind is Adjustment.LARGE_PRINT else None,
            detail=wish.words,
        )
        append(session, file, event, by=actor, at=now)
    return file
