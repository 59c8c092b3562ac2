"""How much work each handler has, in one statement over the index of open complaints by handler and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.models import ComplaintRow, User
from portal.records.sight import IN_SIGHT, sight_of


@dataclass(frozen=True, slots=True)
class Workload:
    """One handler's open complaints, or those that nobody has: then there is neither id nor name."""

    handler_id: int | None
    name: str
    open: int
    overdue: int
    this_week: int


def workload(session: Session, actor: Actor, today: date) -> Sequence[Workload]:
    """What nobody has first, then each handler by name. `this_week`: due from today to Sunday.

    Only what the actor may know of is counted. Raises `Refused` for somebody who may not see the queue.
    """
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Refused(decision.reason)
    sunday = today + timedelta(days=6 - today.weekday())
    each = (
        select(
            ComplaintRow.handler_id,
            func.count().label("open"),
            func.count().filter(ComplaintRow.due_on < today).label("overdue"),
            func.count().filter(and_(ComplaintRow.due_on >= today, ComplaintRow.due_on <= sunday)).label("this_week"),
        )
        .where(IN_SIGHT, ComplaintRow.is_open)
        .group_by(ComplaintRow.handler_id)
        .subquery()
    )
    found = select(each, User.name).outerjoin(User, User.id == each.c.handler_id)
    rows = [
        Workload(row.handler_id, row.name or "", row.open, row.overdue, row.this_week)
        for row in session.execute(found, sight_of(actor))
    ]
    return sorted(rows, key=lambda row: (row.handler_id is not None, row.name.casefold(), row.handler_id or 0))
