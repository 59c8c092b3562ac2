"""The register of complaints that the Ombudsman looks into, or has looked into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.models import ComplaintRow
from portal.records.sight import IN_SIGHT, sight_of

PAGE = 25


class Owed(StrEnum):
    """Which of them: all, those to which we owe something, or owe it late."""

    ALL = "all"
    OWED = "owed"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class OmbudsmanPage:
    """One page, the latest first. `after` is where the next one begins, None on the last."""

    rows: Sequence[ComplaintRow]
    after: int | None


def ombudsman_cases(
    session: Session, actor: Actor, owed: Owed, today: date, *, after: int | None = None, limit: int = PAGE
) -> OmbudsmanPage:
    """A page of those in the actor's sight, each with its handler, in one statement.

    Raises `Refused` for somebody who may not see complaints.
    """
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Refused(decision.reason)
    query = select(ComplaintRow).options(joinedload(ComplaintRow.handler)).where(IN_SIGHT, _OWED[owed])
    if after is not None:
        query = query.where(ComplaintRow.id < after)
    asked = {**sight_of(actor), "today": today}
    found = session.scalars(query.order_by(ComplaintRow.id.desc()).limit(limit + 1), asked).all()
    rows = found[:limit]
    return OmbudsmanPage(rows, rows[-1].id if len(found) > limit else None)


_THERE: ColumnElement[bool] = ComplaintRow.ombudsman_since.is_not(None)
_OWED = {
    Owed.ALL: _THERE,
    Owed.OWED: and_(_THERE, ComplaintRow.ombudsman_due_on.is_not(None)),
    Owed.LATE: and_(_THERE, ComplaintRow.ombudsman_due_on < bindparam("today")),
}
