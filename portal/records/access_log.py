"""Who looked at what: written once for each look, and read by those who watch over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden
from portal.records.accounts import User
from portal.records.models import AccessEntry, ComplaintRow
from portal.records.sight import IN_SIGHT, sight_of, those_in_sight
from portal.records.staff_tables import Access

__all__ = ["Access", "AccessEntry", "Asked", "LogPage", "access_log", "note", "staff"]

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: each part that is None asks for nothing. `until` is the moment before which they are."""

    by_id: int | None = None
    access: Access | None = None
    reference: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines, the latest first, the names of who they are about, and the id after which the next page begins.

    `hidden` are the references that are not to be shown: no complaint with them exists for who reads the log. One that
    was made up and one that is kept from them look the same.
    """

    entries: Sequence[AccessEntry]
    names: Mapping[int, str]
    hidden: frozenset[str]
    after: int | None


def note(
    session: Session, actor: Actor, access: Access, action: Action, reference: str | None, *, at: datetime
) -> None:
    """Write that a member of staff looked, in one statement."""
    values = {"landlord": actor.landlord, "by_role": actor.role, "by_id": actor.user_id, "at": at}
    session.execute(_NOTE, values | {"access": access, "action": action.name, "reference": reference})


def access_log(session: Session, actor: Actor, asked: Asked, *, after: int | None = None) -> LogPage:
    """A page of the landlord's log, in three statements. Raises `Forbidden` for an actor who may not see it.

    Whoever watches over the whole landlord reads every line. To whoever is let into some areas alone, a complaint out
    of their sight does not exist, and neither do the looks at it; a refusal is a line that tells nothing of it.
    """
    _allowed(actor)
    found = select(AccessEntry).where(AccessEntry.landlord == (actor.landlord or ""), *_conditions(asked))
    if actor.areas:
        found = found.where(_IS_THERE)
    if after is not None:
        found = found.where(AccessEntry.id < after)
    rows = session.scalars(found.order_by(AccessEntry.id.desc()).limit(PAGE + 1), sight_of(actor)).all()
    shown = rows[:PAGE]
    hidden = _hidden(session, actor, shown)
    if asked.reference in hidden:
        return LogPage((), {}, frozenset(), None)
    return LogPage(shown, _names(session, shown), hidden, shown[-1].id if len(rows) > PAGE else None)


def staff(session: Session, actor: Actor) -> Sequence[User]:
    """Everybody whom a line can be about, those who have left too. Raises `Forbidden` like `access_log`."""
    _allowed(actor)
    ours = select(User).where(User.landlord == (actor.landlord or ""))
    return session.scalars(ours.order_by(User.name, User.id)).all()


def _allowed(actor: Actor) -> None:
    decision = may(actor, Action.SEE_ACCESS_LOG)
    if not decision:
        raise Forbidden(decision.reason)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    exactly = {AccessEntry.by_id: asked.by_id, AccessEntry.access: asked.access, AccessEntry.reference: asked.reference}
    found = [column == wanted for column, wanted in exactly.items() if wanted is not None]
    found += [AccessEntry.at >= asked.since] if asked.since else []
    return found + ([AccessEntry.at < asked.until] if asked.until else [])


def _names(session: Session, entries: Sequence[AccessEntry]) -> Mapping[int, str]:
    whose = select(User.id, User.name).where(User.id.in_(sorted({each.by_id for each in entries})))
    return {row.id: row.name for row in session.execute(whose)}


def _hidden(session: Session, actor: Actor, entries: Sequence[AccessEntry]) -> frozenset[str]:
    named = frozenset(each.reference for each in entries if each.reference)
    return named - those_in_sight(session, actor, named)


_IS_THERE = or_(
    AccessEntry.reference.is_(None),
    AccessEntry.access == Access.REFUSED,
    AccessEntry.reference.in_(select(ComplaintRow.reference).where(IN_SIGHT)),
)

# Made once: to make a query takes as long as to ask it.
_NOTE = insert(AccessEntry)
