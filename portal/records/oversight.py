"""Complaints for whoever watches over all of them. No name is read from the database for a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select, tuple_
from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden
from portal.records.history import CaseFile, NotFound, RulesFor, opened
from portal.records.models import ComplaintRow
from portal.records.queue import PAGE
from portal.records.sight import IN_SIGHT, sight_of
from portal.records.work_lists import Place

__all__ = ["Place", "Watched", "WatchedPage", "opened_without_names", "watched"]


class Watched(StrEnum):
    """The ways to look at all complaints."""

    OPEN = "open"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """Some complaints, each as `_SHOWN`, and where the next page begins."""

    rows: Sequence[Row[Any]]
    after: Place | None


def watched(session: Session, actor: Actor, view: Watched, today: date, *, after: Place | None = None) -> WatchedPage:
    """A page of the landlord's complaints in one statement: what is due first, or ended last.

    Raises `Forbidden` for an actor who may not see it.
    """
    decision = may(actor, Action.SEE_WITHOUT_NAMES)
    if not decision:
        raise Forbidden(decision.reason)
    query = _from(view, after).limit(PAGE + 1)
    found = session.execute(query, {**sight_of(actor), "today": today}).all()
    rows = found[:PAGE]
    return WatchedPage(rows, _place(rows[-1], view) if len(found) > PAGE else None)


def opened_without_names(session: Session, reference: str, actor: Actor, rules_for: RulesFor) -> CaseFile:
    """The case with its history, in two statements, to be shown as `without_names` makes it.

    Raises `NotFound` where the actor may not watch over it, exactly as where there is none.
    """
    one = select(ComplaintRow).where(ComplaintRow.reference == reference, IN_SIGHT)
    row = session.scalar(one, sight_of(actor)) if reference.isprintable() else None
    if row is None or not may(actor, Action.SEE_WITHOUT_NAMES, row):
        raise NotFound(reference)
    return opened(session, row, rules_for)


_OPEN = and_(IN_SIGHT, ComplaintRow.is_open)
_IN_VIEW = {
    Watched.OPEN: _OPEN,
    Watched.OVERDUE: and_(_OPEN, ComplaintRow.due_on < bindparam("today")),
    Watched.ENDED: and_(IN_SIGHT, ~ComplaintRow.is_open),
}
_SHOWN = (
    ComplaintRow.id,
    ComplaintRow.reference,
    ComplaintRow.stage,
    ComplaintRow.status,
    ComplaintRow.received_on,
    ComplaintRow.due_on,
)


def _from(view: Watched, after: Place | None) -> Select[*tuple[Any, ...]]:
    query = select(*_SHOWN).where(_IN_VIEW[view])
    if view is Watched.ENDED:
        query = query.order_by(ComplaintRow.received_on.desc(), ComplaintRow.id.desc())
        return query.where(tuple_(ComplaintRow.received_on, ComplaintRow.id) < after) if after else query
    query = query.order_by(ComplaintRow.due_on, ComplaintRow.id)
    return query.where(tuple_(ComplaintRow.due_on, ComplaintRow.id) > after) if after else query


def _place(row: Row[Any], view: Watched) -> Place:
    return Place(row.received_on if view is Watched.ENDED else row.due_on, row.id)
