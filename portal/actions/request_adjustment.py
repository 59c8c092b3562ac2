"""Something that would make things easier is asked for, by the resident or through a member of staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentRequested
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish, check_wish, meant_by, next_number
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append

ASKING = {Role.RESIDENT: Action.REQUEST_ADJUSTMENT, Role.GROUP_MEMBER: Action.REQUEST_MEMBER_ADJUSTMENT}


def request_adjustment(
    session: Session,
    actor: Actor,
    reference: str,
    wish: Wish,
    *,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record each choice as a request of its own. No proof is asked for, and no reason (Code 5.10).

    `member`: for the member of the group with this number; nobody asks for another.
    """
    file = open_for(session, actor, ASKING.get(actor.role, Action.RECORD_ADJUSTMENT), reference, version)
    if actor.role is Role.GROUP_MEMBER and actor.member != member:
        raise Refused("You may not ask for somebody else.")
    check_wish(wish)
    for kind in wish.kinds:
        event = AdjustmentRequested(
            number=next_number(as_reader(file.case, member).adjustments),
            member=member,
            requested_on=now.date(),
            requested_by=wish.requested_by,
            scope=wish.scope,
            adjustment=kind,
            print_size=wish.print_size if kind is Adjustment.LARGE_PRINT else None,
            detail=wish.words,
            interpreting=meant_by(kind, wish.interpreting),
        )
        append(session, file, event, by=actor, at=now)
    return file
