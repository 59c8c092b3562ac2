"""The queue shows what is due next to those who may see it, and costs the same however much there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.events import ComplaintAcknowledged, ComplaintDeclined, HandlerAssigned, StaffNamed, Stage
from portal.domain.message_events import MessageReceived
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representative_events import RepresentativeAdded
from portal.domain.representative_kinds import AskedBy, Capacity
from portal.records import letters, queries
from portal.records.database import Database
from portal.records.history import CaseFile, append
from portal.records.models import Channel, LetterRow, LetterState
from portal.records.queries import Place, View
from tests import builders
from tests.builders import MONDAY, NOW

LEAD = builders.lead()
# IDS 6.2.1: what was received on Monday 2 November 2026 is to be acknowledged by Monday 9 November.
DUE = date(2026, 11, 9)
LATER = NOW + timedelta(minutes=10)
A_FRIEND = RepresentativeAdded(number=1, added_on=MONDAY, capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT)


def references(session: Session, view: View, today: date = MONDAY, actor: Actor = LEAD) -> list[str]:
    return [row.reference for row in queries.queue(session, actor, view, today).rows]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that were sent while inside."""
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def written(file: CaseFile, state: LetterState = LetterState.SENT, minutes: int = 0) -> LetterRow:
    return LetterRow(
        id=uuid4(),
        complaint=file.row,
        landlord=file.row.landlord,
        kind=LetterKind.RECEIPT,
        stage=Stage.ONE,
        written_at=NOW + timedelta(minutes=minutes),
        subject="We have received your complaint",
        body="",
        digest="",
        channel=Channel.EMAIL,
        state=state,
    )


@pytest.fixture
def five(database: Database) -> dict[str, str]:
    """Five complaints of one landlord, each in a state of its own, and one of another landlord."""
    with database.unit_of_work() as session:
        handler = builders.staff(session, name="Handler")
        late, mine, soon, later, ended = (
            builders.begun(session, received_on=MONDAY + timedelta(days=days)) for days in (-14, -7, 0, 14, 0)
        )
        append(session, mine, HandlerAssigned(stage=Stage.ONE, handler_id=handler.id, rank=None), by=LEAD, at=NOW)
        append(session, later, A_FRIEND, by=LEAD, at=NOW)
        append(session, ended, ComplaintDeclined(stage=Stage.ONE, ground="age"), by=LEAD, at=NOW)
        for file in (ended, mine):
            append(session, file, MessageReceived(number=1, words="Any news?"), by=LEAD, at=NOW)
        builders.begun(session, "ms")
        files = {"late": late, "mine": mine, "soon": soon, "later": later, "ended": ended}
        return {name: file.row.reference for name, file in files.items()} | {"handler": str(handler.id)}


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (View.ALL_OPEN, ["late", "mine", "soon", "later"]),
        (View.MINE, ["mine"]),
        (View.UNASSIGNED, ["late", "soon", "later"]),
        # On Thursday 5 November the one due on 26 October and that due on 2 November are late.
        (View.OVERDUE, ["late", "mine"]),
        (View.DUE_SOON, ["soon"]),
        (View.MESSAGES, ["mine", "ended"]),
        (View.AUTHORITY, ["later"]),
        (View.UPDATES, []),
        (View.ENDED, ["ended"]),
    ],
)
def test_each_view_shows_its_own_soonest_first(database: Database, five, view: View, shown: list[str]) -> None:
    actor = Actor(role=Role.HANDLER, landlord="ids", user_id=int(five["handler"]))
    thursday = date(2026, 11, 5)
    with database.session() as session:
        assert references(session, view, thursday, actor) == [five[name] for name in shown]
        assert queries.counts(session, actor, thursday)[view] == len(shown)


def test_a_limit_lasts_to_the_end_of_its_day(database: Database) -> None:
    with database.unit_of_work() as session:
        reference = builders.begun(session).row.reference
    with database.session() as session:
        assert references(session, View.OVERDUE, DUE) == []
        assert queries.overdue_references(session, "ids", DUE) == []
        assert references(session, View.OVERDUE, DUE + timedelta(days=1)) == [reference]
        assert queries.overdue_references(session, "ids", DUE + timedelta(days=1)) == [reference]


@pytest.mark.parametrize("view", [View.ALL_OPEN, View.ENDED])
def test_the_pages_hold_every_case_once(database: Database, view: View) -> None:
    with database.unit_of_work() as session:
        for days in range(7):
            file = builders.begun(session, received_on=MONDAY + timedelta(days=days // 3))
            if view is View.ENDED:
                append(session, file, ComplaintDeclined(stage=Stage.ONE, ground="age"), by=LEAD, at=NOW)
    seen, place = [], None
    with database.session() as session:
        whole = references(session, view)
        while True:
            page = queries.queue(session, LEAD, view, MONDAY, after=place, limit=3)
            seen.append([row.reference for row in page.rows])
            if page.after is None:
                break
            place = Place.from_text(str(page.after))
    assert [len(page) for page in seen] == [3, 3, 1]
    assert [reference for page in seen for reference in page] == whole


@pytest.mark.parametrize("typed", ["", "2026-11-09", "2026-13-09.1", "2026-11-09.x", "1.2026-11-09"])
def test_a_place_that_is_none_is_the_first_page(typed: str) -> None:
    assert Place.from_text(typed) is None


@pytest.mark.parametrize("role", [Role.ANYONE, Role.RESIDENT, Role.ADMINISTRATOR])
def test_the_queue_is_for_those_who_may_see_it(database: Database, role: Role) -> None:
    with database.session() as session, pytest.raises(Refused):
        queries.queue(session, Actor(role=role, landlord="ids"), View.ALL_OPEN, MONDAY)


def test_pages_take_as_many_statements_for_300_cases_as_for_3(database: Database) -> None:
    def grow(to: int) -> None:
        with database.unit_of_work() as session:
            for _ in range(to):
                session.add(written(builders.begun(session), LetterState.FAILED))

    def look() -> int:
        with statements(database) as sent, database.session() as session:
            page = queries.queue(session, LEAD, View.ALL_OPEN, MONDAY)
            assert [row.handler for row in page.rows].count(None) == len(page.rows)
            queries.counts(session, LEAD, MONDAY)
            assert all(each.complaint.reference for each in queries.letters_needing_a_person(session, LEAD))
        return without_begin(sent)

    grow(3)
    few = look()
    grow(297)
    assert look() == few == 3


def test_a_case_takes_as_many_statements_with_300_events_as_with_3(database: Database) -> None:
    def grow(file: CaseFile, session: Session, by: int) -> None:
        for _ in range(by):
            append(session, file, StaffNamed(user_ids=()), by=LEAD, at=NOW)
            session.add(written(file))

    def look(reference: str) -> int:
        with statements(database) as sent, database.session() as session:
            file = queries.open_case(session, reference, LEAD, landlords.rules_for)
            assert len(queries.letters(session, file)) == file.version - 1
        return without_begin(sent)

    with database.unit_of_work() as session:
        short, long = builders.begun(session), builders.begun(session)
        grow(short, session, 2)
        grow(long, session, 299)
    assert look(short.row.reference) == look(long.row.reference) == 3


def test_an_answer_is_stored_in_a_handful_of_statements(database: Database) -> None:
    with database.unit_of_work() as session:
        reference = builders.begun(session).row.reference
    acknowledged = ComplaintAcknowledged(stage=Stage.ONE, acknowledged_on=MONDAY, point_count=1, points=("Damp",))
    with statements(database) as sent, database.unit_of_work() as session:
        file = queries.open_case(session, reference, LEAD, landlords.rules_for, for_update=True)
        append(session, file, acknowledged, by=LEAD, at=NOW)
        append(session, file, StaffNamed(user_ids=()), by=LEAD, at=NOW)
    # The case, its events, the end of the chain; then case, end, two events, their content, what it is found by.
    assert without_begin(sent) <= 9


def without_begin(sent: list[str]) -> int:
    return len([each for each in sent if not each.startswith("BEGIN")])


@pytest.mark.parametrize("view", [view for view in View if view is not View.LETTERS])
def test_on_sqlite_each_view_walks_an_index_of_its_own(sqlite_database: Database, view: View) -> None:
    with sqlite_database.session() as session:
        plan = explained(sqlite_database, session, lambda: queries.queue(session, LEAD, view, MONDAY))
    of_one_view = r"messages_waiting|waits_for_resident|answer_is_known|authority|\w+_due"
    assert re.search(f"ix_complaints_(open|ended|{of_one_view})", plan)
    assert "TEMP B-TREE" not in plan


def test_on_sqlite_the_letters_say_which_complaints_wait(sqlite_database: Database) -> None:
    """There are few of them, and where they have come to is in no copy of the fold."""
    with sqlite_database.session() as session:
        plan = explained(sqlite_database, session, lambda: queries.queue(session, LEAD, View.LETTERS, MONDAY))
    assert "ix_letters_needing_a_person" in plan
    assert "SCAN" not in plan


def test_on_sqlite_letters_are_found_by_their_indexes(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        needing = explained(sqlite_database, session, lambda: queries.letters_needing_a_person(session, LEAD))
        due = explained(sqlite_database, session, lambda: letters.claim(session, NOW, until=LATER))
    assert "ix_letters_needing_a_person" in needing
    assert "ix_letters_to_deliver" in due


def explained(database: Database, session: Session, read: Callable[[], object]) -> str:
    """How SQLite goes about the statement that `read` sends."""
    sent: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement: str, parameters: object, *_rest: object) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    read()
    event.remove(database.engine, "before_cursor_execute", note)
    statement, parameters = sent[-1]
    return str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())


def test_letters_are_those_of_the_case_in_order(database: Database) -> None:
    with database.unit_of_work() as session:
        file, other = builders.begun(session), builders.begun(session)
        second, first, foreign = written(file, minutes=5), written(file), written(other)
        session.add_all([second, first, foreign])
    with database.session() as session:
        file = queries.open_case(session, file.row.reference, LEAD, landlords.rules_for)
        assert [each.id for each in queries.letters(session, file)] == [first.id, second.id]
        assert queries.letter(session, file, first.id).id == first.id
        with pytest.raises(queries.NotFound):
            queries.letter(session, file, foreign.id)


def test_letters_that_need_a_person_are_those_of_ones_own_landlord(database: Database) -> None:
    with database.unit_of_work() as session:
        ours, theirs = builders.begun(session), builders.begun(session, "ms")
        failed, to_post = written(ours, LetterState.FAILED), written(ours, LetterState.TO_POST, minutes=1)
        session.add_all([failed, to_post, written(ours), written(theirs, LetterState.FAILED)])
    with database.session() as session:
        found = queries.letters_needing_a_person(session, LEAD)
        assert [each.id for each in found] == [failed.id, to_post.id]


def test_letters_are_tried_when_their_time_has_come(database: Database) -> None:
    with database.unit_of_work() as session:
        file = builders.begun(session)
        new, again, not_yet, for_a_person = (written(file, LetterState.PENDING) for _ in range(4))
        new.next_try_at = NOW
        again.state, again.next_try_at = LetterState.FAILED, NOW - timedelta(minutes=1)
        not_yet.next_try_at = NOW + timedelta(seconds=1)
        for_a_person.state = LetterState.FAILED
        session.add_all([new, again, not_yet, for_a_person, written(file)])
    with database.unit_of_work() as session:
        first, second, third = (letters.claim(session, NOW, until=LATER) for _ in range(3))
        assert (first.id, first.attempts, first.next_try_at) == (again.id, 1, LATER)
        assert second.id == new.id
        assert third is None


def test_two_workers_take_different_letters(postgresql_database: Database) -> None:
    with postgresql_database.unit_of_work() as session:
        file = builders.begun(session)
        waiting = [written(file, LetterState.PENDING) for _ in range(2)]
        for each in waiting:
            each.next_try_at = NOW
        session.add_all(waiting)
    with postgresql_database.unit_of_work() as one, Session(postgresql_database.engine) as other:
        mine, yours = (letters.claim(session, NOW, until=LATER) for session in (one, other))
        assert {mine.id, yours.id} == {each.id for each in waiting}


def test_a_case_can_be_given_to_active_handlers_and_leads_of_the_landlord(database: Database) -> None:
    with database.unit_of_work() as session:
        bea = builders.staff(session, name="Bea")
        al = builders.staff(session, name="Al", role=Role.LEAD)
        cy = builders.staff(session, name="Cy", role=Role.ADMINISTRATOR, also=(Role.OVERSIGHT, Role.REVIEWER))
        others = [
            builders.staff(session, active=False),
            builders.staff(session, role=Role.RECORDER, also=(Role.ADJUSTMENTS_LEAD,)),
            builders.staff(session, role=Role.OVERSIGHT),
            builders.staff(session, "ms"),
        ]
    with database.session() as session:
        assert [each.name for each in queries.staff_of(session, "ids")] == ["Al", "Bea", "Cy"]
        assert {each.id for each in queries.staff_of(session, "ids", [others[0].id])} == {
            al.id,
            bea.id,
            cy.id,
            others[0].id,
        }
        assert queries.handler(session, "ids", bea.id) is not None
        assert [queries.handler(session, "ids", each.id) for each in others] == [None] * len(others)
        assert set(queries.users_by_id(session, [al.id, bea.id, 0])) == {al.id, bea.id}


def test_a_declined_complaint_has_not_been_answered(database: Database, five) -> None:
    with database.unit_of_work() as session:
        session.execute(text("UPDATE complaints SET status = 'closed' WHERE reference = :it"), {"it": five["late"]})
    with database.session() as session:
        assert not queries.has_ended(session, LEAD, five["ended"])
        assert queries.has_ended(session, LEAD, five["late"])
        assert not queries.has_ended(session, builders.lead("ms"), five["late"])
        assert not queries.has_ended(session, LEAD, "none")
