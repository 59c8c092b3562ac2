"""Lists of staff, narrowed and in every order: the same as if somebody had picked them out by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.events import Flag, HandlerAssigned, Stage
from portal.domain.permissions import Actor, Role
from portal.records import queries
from portal.records.database import Database
from portal.records.history import append
from portal.records.models import ComplaintRow, LetterState
from portal.records.queries import Only, Order, Place, View, Whose
from tests import builders
from tests.builders import MONDAY, NOW
from tests.records.test_queries import explained, written

LEAD = builders.lead()
PLAIN = Only()


@pytest.fixture
def lot(database: Database) -> Actor:
    """Forty complaints of every sort, drawn by lot, and the member of staff who handles some of them."""
    dice = random.Random(1)
    with database.unit_of_work() as session:
        me, other = builders.staff(session), builders.staff(session)
        for place in range(40):
            file = builders.begun(
                session,
                received_on=MONDAY + timedelta(days=dice.randint(-12, 12)),
                channel=dice.choice(["online", "phone"]),
                area=dice.choice(["north", "south", None]),
                flags=tuple(dice.sample([Flag.ANONYMOUS, Flag.HAZARD, Flag.NO_REASONS], dice.randint(0, 2))),
            )
            if handler := dice.choice([me, other, None]):
                moment = NOW + timedelta(minutes=dice.randint(0, 5))
                given = HandlerAssigned(stage=Stage.ONE, handler_id=handler.id, rank=None)
                append(session, file, given, by=LEAD, at=moment)
            if place % 4 == 0:
                session.add(written(file, dice.choice([LetterState.FAILED, LetterState.SENT])))
        return Actor(role=Role.LEAD, landlord="ids", user_id=me.id)


def read(
    session: Session, actor: Actor, view: View, only: Only = PLAIN, order: Order = Order.DUE
) -> list[ComplaintRow]:
    """A whole list, three complaints to a page, each page found again by what stands in its address."""
    rows: list[ComplaintRow] = []
    place = None
    while True:
        page = queries.queue(session, actor, view, MONDAY, only=only, order=order, after=place, limit=3)
        rows += page.rows
        if page.after is None:
            return rows
        place = Place.from_text(str(page.after), queries.kind_of_place(order))
        assert place is not None


ORDERED: dict[Order, Callable[[ComplaintRow], tuple[date | datetime | None, int]]] = {
    Order.DUE: lambda row: (row.due_on, row.id),
    Order.OLDEST: lambda row: (row.received_on, row.id),
    Order.NEWEST: lambda row: (row.received_on, row.id),
    Order.CHANGED: lambda row: (row.changed_at, row.id),
    Order.QUIET: lambda row: (row.changed_at, row.id),
}


@pytest.mark.parametrize("order", Order)
def test_the_pages_of_every_order_hold_every_complaint_once(database: Database, lot: Actor, order: Order) -> None:
    with database.session() as session:
        everything = session.scalars(select(ComplaintRow)).all()
        backwards = order in (Order.NEWEST, Order.CHANGED)
        assert read(session, lot, View.ALL_OPEN, order=order) == sorted(
            everything, key=ORDERED[order], reverse=backwards
        )


def test_every_narrowing_is_what_somebody_would_have_picked_out(database: Database, lot: Actor) -> None:
    """Each alone and with each other, in the list of all that are open and in what is overdue."""
    me, soon = lot.user_id, MONDAY + timedelta(days=3)
    alone: list[tuple[dict[str, object], Callable[[ComplaintRow], bool]]] = [
        ({"handler": Whose.MINE}, lambda row: row.handler_id == me),
        ({"handler": Whose.TEAM}, lambda row: row.handler_id not in (me, None)),
        ({"handler": Whose.NOBODY}, lambda row: row.handler_id is None),
        ({"handler": me}, lambda row: row.handler_id == me),
        ({"stage": Stage.TWO}, lambda row: row.stage is Stage.TWO),
        ({"due_by": soon}, lambda row: row.due_on is not None and row.due_on <= soon),
        ({"flag": Flag.HAZARD}, lambda row: Flag.HAZARD in row.flags),
        ({"area": "north"}, lambda row: row.area == "north"),
        ({"channel": "phone"}, lambda row: row.channel == "phone"),
        ({"also": (View.OVERDUE,)}, lambda row: row.due_on is not None and row.due_on < MONDAY),
        ({"also": (View.UNASSIGNED, View.OVERDUE)}, lambda row: row.handler_id is None and row.due_on < MONDAY),
    ]
    with database.session() as session:
        every = session.scalars(select(ComplaintRow).order_by(ComplaintRow.due_on, ComplaintRow.id)).all()
        late = [row for row in every if row.due_on and row.due_on < MONDAY]
        for asked, holds in alone:
            for more, holds_too in alone:
                only = Only(**{**more, **asked})
                both = [row for row in every if holds(row) and (holds_too(row) or set(asked) & set(more))]
                assert read(session, lot, View.ALL_OPEN, only) == both, only
                assert read(session, lot, View.OVERDUE, only) == [row for row in both if row in late], only
                shown = queries.counts_and_waiting(session, lot, NOW, View.ALL_OPEN, only).shown
                assert shown == len(both), only


def test_letters_that_have_not_gone_bring_their_complaints(database: Database) -> None:
    with database.unit_of_work() as session:
        failed, sent, to_post = (builders.begun(session) for _ in range(3))
        session.add_all([written(failed, LetterState.FAILED), written(failed, LetterState.FAILED), written(sent)])
        session.add(written(to_post, LetterState.TO_POST))
    with database.session() as session:
        assert read(session, LEAD, View.LETTERS) == [session.merge(each.row) for each in (failed, to_post)]


def test_a_place_of_another_order_is_the_first_page(database: Database, lot: Actor) -> None:
    moment = Place(NOW, 7)
    assert Place.from_text(str(moment)) is None
    assert Place.from_text(str(moment), datetime) == moment
    assert Place.from_text("2026-11-02T10:00:00.7", datetime) is None, "it says no zone"
    with database.session() as session:
        first = queries.queue(session, lot, View.ALL_OPEN, MONDAY).rows
        assert queries.queue(session, lot, View.ALL_OPEN, MONDAY, after=moment).rows == first


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("view", [View.ALL_OPEN, View.ENDED])
def test_on_sqlite_each_order_of_a_long_list_walks_an_index(
    sqlite_database: Database, view: View, order: Order
) -> None:
    place = Place(NOW if queries.kind_of_place(order) is datetime else MONDAY, 7)
    with sqlite_database.session() as session:
        plan = explained(
            sqlite_database, session, lambda: queries.queue(session, LEAD, view, MONDAY, order=order, after=place)
        )
    if view is View.ENDED and order is Order.DUE:
        order = Order.NEWEST
    by = {Order.DUE: "due", Order.OLDEST: "received", Order.NEWEST: "received"}.get(order, "changed")
    assert re.search(f"ix_complaints_{'ended' if view is View.ENDED else 'open'}_{by}", plan)
    assert "TEMP B-TREE" not in plan
