"""The queue: what is due next, a page at a time, as quick with a million ended cases as with none.

Each view walks one partial index from where the last page ended, and no count goes beyond `CAP`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session, joinedload

from portal.domain.events import Flag
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.letter_columns import NEEDS_A_PERSON
from portal.records.mail import HOW_MANY_WAIT, WAITING_SINCE
from portal.records.models import TO_DELIVER, CodeRequest, ComplaintRow, EnquiryLetter, LetterRow, Link
from portal.records.sight import IN_SIGHT, sight_of

PAGE = 25

CAP = 100
"""Where counting stops: a count of `CAP` is shown as "99+"."""

LARGEST_ID = 2**63 - 1
"""A number beyond it is no id, and SQLite refuses to be asked about one."""

SENT_WITHIN = timedelta(minutes=15)
"""Within this the worker has tried everything whose time has come, however many letters a morning brings."""

SOON = timedelta(days=5)
"""How far "due soon" looks ahead: three working days across any ordinary weekend."""


class View(StrEnum):
    """The ways to look at the queue."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LAW = "law"
    UPDATES = "updates"
    MESSAGES = "messages"
    AUTHORITY = "authority"
    REMEDIES = "remedies"
    RESTRICTIONS = "restrictions"
    OMBUDSMAN = "ombudsman"
    ALL_OPEN = "all_open"
    ENDED = "ended"


SORTED_BY = {
    View.ENDED: "received_on",
    View.MESSAGES: "received_on",
    View.AUTHORITY: "authority_check_on",
    View.LAW: "law_due_on",
    View.REMEDIES: "remedy_due_on",
    View.RESTRICTIONS: "restriction_due_on",
    View.UPDATES: "update_due_on",
    View.OMBUDSMAN: "ombudsman_due_on",
}
"""Views of complaints in which nothing may be due, by another date: messages come after the end too."""


class Place(NamedTuple):
    """Where a page ended: the date that its last case is sorted by, and its id."""

    on: date
    id: int

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.id}"

    @classmethod
    def from_text(cls, text: str) -> Place | None:
        """The reverse of `str`, or None where it is not one: the first page then."""
        on, _, number = text.partition(".")
        try:
            place = cls(date.fromisoformat(on), int(number))
        except ValueError:
            return None
        return place if 0 <= place.id <= LARGEST_ID else None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page. `after` is where the next one begins, None on the last."""

    rows: Sequence[ComplaintRow]
    after: Place | None


def queue(
    session: Session,
    actor: Actor,
    view: View,
    today: date,
    *,
    handler: int | None = None,
    after: Place | None = None,
    limit: int = PAGE,
) -> QueuePage:
    """A page of the actor's landlord's complaints, each with its handler, in one statement.

    Open ones by the date due next, ended ones by the date received, latest first; of one `handler` alone where one is
    named. Raises `Refused` for an actor who may not see the queue.
    """
    page = _from(view, after).limit(limit + 1)
    if handler is not None:
        page = page.where(ComplaintRow.handler_id == handler)
    found = session.scalars(page, _asked(actor, today)).all()
    rows = found[:limit]
    return QueuePage(rows, _place(rows[-1], view) if len(found) > limit else None)


def safety_by_risk(session: Session, actor: Actor) -> Sequence[ComplaintRow]:
    """Open complaints about the safety of tall buildings, by risk and then by age, in one statement.

    Raises `Refused` like `queue`.
    """
    return session.scalars(_BY_RISK, _asked(actor, date.min)).all()


def counts(session: Session, actor: Actor, today: date) -> Mapping[View, int]:
    """How many complaints each view has, up to `CAP`, in one statement. Raises `Refused` like `queue`."""
    row = session.execute(_COUNTS, _asked(actor, today)).one()
    return dict(zip(View, row, strict=True))


class Waiting(NamedTuple):
    """Since when emails wait that should have gone long ago, and whether a letter about no complaint needs a person.

    How many emails that came in wait for somebody to look at them, and since when: for those alone who may see them.
    """

    unsent_since: datetime | None
    others: bool
    mail: int
    mail_since: datetime | None


def counts_and_waiting(session: Session, actor: Actor, now: datetime) -> tuple[Mapping[View, int], Waiting]:
    """The same counts, and what else waits. One statement.

    Links and codes are sent by the worker alone, so that it is missed by nobody else where it does not run.
    """
    asked = {**_asked(actor, now.date()), "long_ago": now - SENT_WITHIN}
    row = session.execute(_COUNTS_AND_WAITING, asked).one()
    *unsent, others, mail, mail_since = row[len(View) :]
    if not may(actor, Action.SEE_MAIL):
        mail, mail_since = 0, None
    unsent_since = min(filter(None, unsent), default=None)
    return dict(zip(View, row, strict=False)), Waiting(unsent_since, bool(others), mail, mail_since)


def _asked(actor: Actor, today: date) -> Mapping[str, object]:
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Refused(decision.reason)
    return {**sight_of(actor), "today": today, "soon": today + SOON}


# The conditions are made once, because making them took longer than asking them.
_OURS = IN_SIGHT
_OPEN = and_(_OURS, ComplaintRow.is_open)
_TODAY: BindParameter[date] = bindparam("today")
_SOON: BindParameter[date] = bindparam("soon")

_IN_VIEW: Mapping[View, ColumnElement[bool]] = {
    View.MINE: and_(_OPEN, ComplaintRow.handler_id == bindparam("me")),
    View.UNASSIGNED: and_(_OPEN, ComplaintRow.handler_id.is_(None)),
    View.DUE_SOON: and_(_OPEN, ComplaintRow.due_on >= _TODAY, ComplaintRow.due_on <= _SOON),
    View.OVERDUE: and_(_OPEN, ComplaintRow.due_on < _TODAY),
    View.LAW: and_(_OURS, ComplaintRow.law_due_on.is_not(None), ComplaintRow.law_due_on <= _SOON),
    View.UPDATES: and_(_OURS, ComplaintRow.update_due_on.is_not(None), ComplaintRow.update_due_on <= _TODAY),
    View.MESSAGES: and_(_OURS, ComplaintRow.messages_waiting),
    View.AUTHORITY: and_(_OURS, ComplaintRow.authority_check_on <= _TODAY),
    View.REMEDIES: and_(_OURS, ComplaintRow.remedy_due_on < _TODAY),
    View.RESTRICTIONS: and_(_OURS, ComplaintRow.restriction_due_on <= _TODAY),
    View.OMBUDSMAN: and_(_OURS, ComplaintRow.ombudsman_due_on.is_not(None), ComplaintRow.ombudsman_due_on <= _SOON),
    View.ALL_OPEN: _OPEN,
    View.ENDED: and_(_OURS, ~ComplaintRow.is_open),
}


def _capped(condition: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(literal(1)).select_from(ComplaintRow).where(condition).limit(CAP).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


_COUNTS = select(*(_capped(_IN_VIEW[view]).label(view) for view in View))
_LONG_AGO: BindParameter[datetime] = bindparam("long_ago")
_WAITS = text(TO_DELIVER)
_COUNTS_AND_WAITING = _COUNTS.add_columns(
    *(
        select(func.min(each.next_try_at)).where(_WAITS, each.next_try_at < _LONG_AGO).scalar_subquery()
        for each in (Link, LetterRow, EnquiryLetter)
    ),
    select(func.min(CodeRequest.asked_at)).where(CodeRequest.asked_at < _LONG_AGO).scalar_subquery(),
    select(literal(1))
    .select_from(EnquiryLetter)
    .where(EnquiryLetter.landlord == bindparam("ours"), text(NEEDS_A_PERSON))
    .limit(1)
    .scalar_subquery(),
    HOW_MANY_WAIT,
    WAITING_SINCE,
)


def _sorted_by(view: View) -> ColumnElement[date | None] | ColumnElement[date]:
    column: ColumnElement[date | None] = getattr(ComplaintRow, SORTED_BY.get(view, "due_on")).expression
    return column


def _sorted(view: View) -> Select[ComplaintRow]:
    query = select(ComplaintRow).options(joinedload(ComplaintRow.handler)).where(_IN_VIEW[view])
    if view is View.ENDED:
        return query.order_by(ComplaintRow.received_on.desc(), ComplaintRow.id.desc())
    return query.order_by(_sorted_by(view), ComplaintRow.id)


_PAGES: Mapping[View, Select[ComplaintRow]] = {view: _sorted(view) for view in View}


def _from(view: View, after: Place | None) -> Select[ComplaintRow]:
    if after is None:
        return _PAGES[view]
    place = tuple_(_sorted_by(view), ComplaintRow.id)
    return _PAGES[view].where(place < after if view is View.ENDED else place > after)


def _place(row: ComplaintRow, view: View) -> Place:
    on: date | None = getattr(row, SORTED_BY.get(view, "due_on"))
    assert on is not None, "whatever is open, or to be checked, has a date"
    return Place(on, row.id)


RISKS = (Flag.BUILDING_SAFETY_IMMEDIATE, Flag.BUILDING_SAFETY_HIGH, Flag.BUILDING_SAFETY_LOWER)
"""The most urgent first."""

_FLAGS = type_coerce(ComplaintRow.flags, String)
_RISK = case(*((_FLAGS.contains(flag.value), place) for place, flag in enumerate(RISKS)), else_=len(RISKS))
_BY_RISK = (
    select(ComplaintRow)
    .options(joinedload(ComplaintRow.handler))
    .where(_OPEN, or_(*(_FLAGS.contains(flag.value) for flag in RISKS)))
    .order_by(_RISK, ComplaintRow.received_on, ComplaintRow.id)
    .limit(CAP)
)
