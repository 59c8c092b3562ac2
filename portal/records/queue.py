"""The lists of staff: what is due next, a page at a time, as quick with a million ended cases as with none.

Each view walks one partial index from where the last page ended, and no count goes beyond `CAP`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import Session, joinedload

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.letter_columns import NEEDS_A_PERSON
from portal.records.mail import HOW_MANY_WAIT, WAITING_SINCE
from portal.records.models import TO_DELIVER, CodeRequest, ComplaintRow, EnquiryLetter, LetterRow, Link
from portal.records.sight import sight_of
from portal.records.work_lists import (
    AT_RISK,
    EVERYTHING,
    FLAGS,
    IN_VIEW,
    RISKS,
    Only,
    Order,
    Place,
    View,
    column_of,
    conditions,
    kind_of_place,
    latest_first,
)

PAGE = 25

CAP = 100
"""Where counting stops: a count of `CAP` is shown as "99+"."""

SENT_WITHIN = timedelta(minutes=15)
"""Within this the worker has tried everything whose time has come, however many letters a morning brings."""

SOON = timedelta(days=5)
"""How far "due soon" looks ahead: three working days across any ordinary weekend."""


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
    only: Only = EVERYTHING,
    order: Order = Order.DUE,
    after: Place | None = None,
    limit: int = PAGE,
) -> QueuePage:
    """A page of the actor's landlord's complaints, each with its handler, in one statement.

    Open ones by the date due next, ended ones by the date received, latest first, where no other order is asked for.
    A place of another order than this is the first page. Raises `Refused` for an actor who may not see the queue.
    """
    page = _from(view, order, after).where(*conditions(only)).limit(limit + 1)
    found = session.scalars(page, _asked(actor, today)).all()
    rows = found[:limit]
    return QueuePage(rows, _place(rows[-1], view, order) if len(found) > limit else None)


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


class Counted(NamedTuple):
    """How many complaints each view has, and the list that is shown, each up to `CAP`; and what else waits."""

    views: Mapping[View, int]
    shown: int
    waiting: Waiting


def counts_and_waiting(
    session: Session, actor: Actor, now: datetime, view: View = View.ALL_OPEN, only: Only = EVERYTHING
) -> Counted:
    """The same counts, how many complaints the view has once it is narrowed, and what else waits. One statement.

    Links and codes are sent by the worker alone, so that it is missed by nobody else where it does not run.
    """
    asked = {**_asked(actor, now.date()), "long_ago": now - SENT_WITHIN}
    row = session.execute(_COUNTS_AND_WAITING if only == EVERYTHING else _counted(view, only), asked).one()
    views = dict(zip(View, row, strict=False))
    *unsent, others, mail, mail_since = row[len(View) : WIDTH]
    shown = views[view] if only == EVERYTHING else row[WIDTH]
    if not may(actor, Action.SEE_MAIL):
        mail, mail_since = 0, None
    unsent_since = min(filter(None, unsent), default=None)
    return Counted(views, shown, Waiting(unsent_since, bool(others), mail, mail_since))


def _asked(actor: Actor, today: date) -> Mapping[str, object]:
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Refused(decision.reason)
    return {**sight_of(actor), "today": today, "soon": today + SOON}


def _capped(condition: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(literal(1)).select_from(ComplaintRow).where(condition).limit(CAP).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


_COUNTS = select(*(_capped(IN_VIEW[view]).label(view) for view in View))
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
WIDTH = len(_COUNTS_AND_WAITING.selected_columns)


def _counted(view: View, only: Only) -> Select[int]:
    """The counts of all views, and then how many complaints a narrowed list has."""
    return _COUNTS_AND_WAITING.add_columns(_capped(and_(IN_VIEW[view], *conditions(only))))


def _in_order(view: View, order: Order) -> Select[ComplaintRow]:
    query = select(ComplaintRow).options(joinedload(ComplaintRow.handler)).where(IN_VIEW[view])
    by, last_of_all = getattr(ComplaintRow, column_of(view, order)), ComplaintRow.id
    if latest_first(view, order):
        return query.order_by(by.desc(), last_of_all.desc())
    return query.order_by(by, last_of_all)


_PAGES: Mapping[tuple[View, Order], Select[ComplaintRow]] = {
    (view, order): _in_order(view, order) for view in View for order in Order
}


def _from(view: View, order: Order, after: Place | None) -> Select[ComplaintRow]:
    page = _PAGES[view, order]
    if after is None or type(after.on) is not kind_of_place(order):
        return page
    by = getattr(ComplaintRow, column_of(view, order)).expression
    place = tuple_(by, ComplaintRow.id)
    ended = tuple_(literal(after.on, by.type), literal(after.id))
    return page.where(place < ended if latest_first(view, order) else place > ended)


def _place(row: ComplaintRow, view: View, order: Order) -> Place:
    on: date | None = getattr(row, column_of(view, order))
    assert on is not None, "whatever is open, or to be checked, has a date"
    return Place(on, row.id)


_RISK = case(*((FLAGS.contains(flag.value), place) for place, flag in enumerate(RISKS)), else_=len(RISKS))
_BY_RISK = (
    select(ComplaintRow)
    .options(joinedload(ComplaintRow.handler))
    .where(AT_RISK)
    .order_by(_RISK, ComplaintRow.received_on, ComplaintRow.id)
    .limit(CAP)
)
