"""The registers: copied from the case whenever it changes, and read a page at a time by those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, literal, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.refusal import Forbidden
from portal.domain.registers import Entry, Register, State
from portal.records.models import ComplaintRow
from portal.records.register_tables import RegisterEntry
from portal.records.sight import IN_SIGHT, sight_of
from portal.records.work_lists import Place

__all__ = ["Asked", "Line", "RegisterPage", "copy", "register"]

PAGE = 25
KEY = ("register", "number", "member")
REST = tuple(each.name for each in fields(Entry) if each.name not in KEY)


def copy(session: Session, complaint: ComplaintRow, now: Sequence[Entry]) -> None:
    """Make the rows what the fold says. Only `history` and `recopying` call this."""
    rows = _rows(session, complaint)
    for entry in now:
        row = rows.pop(_key(entry), None) or _new(session, complaint, entry)
        for name in REST:
            setattr(row, name, getattr(entry, name))
    for gone in rows.values():
        session.delete(gone)


def _rows(session: Session, complaint: ComplaintRow) -> dict[tuple[Any, ...], RegisterEntry]:
    """What stands there. A complaint that is not stored yet has what was put there a moment ago: nothing is asked."""
    if complaint in session.new:
        waiting = [each for each in session.new if isinstance(each, RegisterEntry) and each.complaint is complaint]
        return {_key(each): each for each in waiting}
    of_case = select(RegisterEntry).where(RegisterEntry.complaint_id == complaint.id)
    return {_key(each): each for each in session.scalars(of_case)}


def _key(each: Entry | RegisterEntry) -> tuple[Any, ...]:
    return tuple(getattr(each, name) for name in KEY)


def _new(session: Session, complaint: ComplaintRow, entry: Entry) -> RegisterEntry:
    row = RegisterEntry(complaint=complaint, landlord=complaint.landlord)
    row.register, row.number, row.member = entry.register, entry.number, entry.member
    session.add(row)
    return row


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: each part that is None asks for nothing. `overdue_on`: those whose date has come by that day."""

    state: State | None = None
    since: date | None = None
    until: date | None = None
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register, and the complaint that it is about."""

    entry: RegisterEntry
    reference: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Some lines, the latest first, and where the next page begins: None on the last."""

    lines: Sequence[Line]
    after: Place | None


def register(
    session: Session,
    actor: Actor,
    which: Register,
    asked: Asked,
    *,
    after: Place | None = None,
    limit: int | None = PAGE,
) -> RegisterPage:
    """A page of a register, or all of it where `limit` is None, in one statement. Raises `Forbidden`."""
    decision = may(actor, Action.SEE_REGISTERS)
    if not decision:
        raise Forbidden(decision.reason)
    found = _within(actor).where(*_conditions(asked))
    if after is not None:
        found = found.where(tuple_(RegisterEntry.on, RegisterEntry.id) < after)
    if limit is not None:
        found = found.limit(limit + 1)
    asking = {**sight_of(actor), "which": which}
    rows = [Line(entry, reference) for entry, reference in session.execute(found, asking)]
    shown = rows[:limit]
    last = shown[-1].entry if limit is not None and len(rows) > limit else None
    return RegisterPage(shown, Place(last.on, last.id) if last else None)


def _within(actor: Actor) -> Select[RegisterEntry, str]:
    lines = (
        select(RegisterEntry, ComplaintRow.reference)
        .join(ComplaintRow, ComplaintRow.id == RegisterEntry.complaint_id)
        .where(
            RegisterEntry.landlord == bindparam("ours"),
            RegisterEntry.register == bindparam("which", type_=RegisterEntry.register.type),
            IN_SIGHT,
            ~type_coerce(RegisterEntry.hidden_from, String).contains(literal(f" {actor.user_id} ")),
        )
        .order_by(RegisterEntry.on.desc(), RegisterEntry.id.desc())
    )
    if Role.LEAD in actor.roles:
        return lines
    return lines.where(or_(RegisterEntry.confidential.is_(False), ComplaintRow.handler_id == bindparam("me")))


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state:
        found.append(RegisterEntry.state == asked.state)
    if asked.since:
        found.append(RegisterEntry.on >= asked.since)
    if asked.until:
        found.append(RegisterEntry.on <= asked.until)
    if asked.overdue_on:
        found.append(RegisterEntry.due_on < asked.overdue_on)
    return found
