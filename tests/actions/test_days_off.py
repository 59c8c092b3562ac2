"""A bank holiday that is added reaches every complaint with both dates, and is gone when it is taken out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from portal import landlords
from portal.actions.add_day_off import add_day_off
from portal.actions.remove_day_off import remove_day_off
from portal.domain.days_off import DayKind, DayOff
from portal.domain.owed import next_due
from portal.domain.permissions import Actor
from portal.domain.refusal import Forbidden, Refused, StaleVersion
from portal.records import calendars, chain, recounting
from portal.records.calendars import CalendarChange
from portal.records.database import Database
from portal.records.models import CalendarEntry, ComplaintRow
from portal.records.queries import overdue_references
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY

TUESDAY, FRIDAY = date(2026, 11, 3), date(2026, 11, 6)
PROCLAIMED = DayOff(FRIDAY, DayKind.BANK_HOLIDAY, "Coronation")
CLOSED = DayOff(FRIDAY, DayKind.CLOSURE, "Moving house")
WHY = "Proclaimed on 1 November: www.gov.uk/bank-holidays"


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, "ids")


def add(office: Office, day: DayOff = PROCLAIMED, *, by: Actor | None = None, version: int | None = None) -> int:
    now = ten_oclock(TUESDAY)
    with office.database.unit_of_work() as session:
        return add_day_off(session, by or office.administrator, day, WHY, now=now, version=version)


def remove(office: Office, day: date = FRIDAY) -> int:
    with office.database.unit_of_work() as session:
        return remove_day_off(session, office.administrator, day, "It was a mistake", now=ten_oclock(TUESDAY))


def acknowledged(office: Office) -> str:
    """On Monday 2 November, with a letter that promises an answer by Monday 16 November."""
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    return reference


def due_on(office: Office, reference: str) -> date | None:
    """As the queue has it, which is what the case itself says."""
    file = office.case(reference)
    due = next_due(file.case, file.rules)
    with office.database.session() as session:
        copied = session.scalar(select(ComplaintRow.due_on).where(ComplaintRow.reference == reference))
    assert copied == (due.on if due else None)
    return copied


@pytest.mark.on_both
def test_both_dates_stand_in_the_complaint_and_the_resident_is_kept_to_what_was_told(office: Office) -> None:
    told, untold = acknowledged(office), office.submit(MONDAY)
    ended = acknowledged(office)
    office.withdraw(ended, MONDAY)
    assert due_on(office, untold) == date(2026, 11, 9)
    assert add(office) == 2
    [added] = office.case(told).case.holidays
    assert (added.told, added.due_before, added.due_after) == (
        date(2026, 11, 16),
        date(2026, 11, 16),
        date(2026, 11, 17),
    )
    assert due_on(office, told) == date(2026, 11, 16)
    # Its receipt told a date too: acknowledged by Monday 9 November.
    assert due_on(office, untold) == date(2026, 11, 9)
    assert office.case(ended).case.holidays == ()
    with office.database.session() as session:
        assert chain.verify(session, "ids") is None


def test_what_comes_after_is_counted_with_it_from_the_start(office: Office) -> None:
    acknowledged(office)
    add(office)
    new = office.submit(TUESDAY)
    assert due_on(office, new) == date(2026, 11, 11)
    assert office.case(new).case.holidays == ()
    assert due_on(Office(office.database, "ivh"), Office(office.database, "ivh").submit(TUESDAY)), "another landlord's"


def test_to_take_it_out_leaves_every_date_as_it_was(office: Office) -> None:
    references = [acknowledged(office), office.submit(MONDAY), office.submit(TUESDAY)]
    before = [(due_on(office, each), office.case(each).case) for each in references]
    assert add(office) == remove(office) == 3
    after = [(due_on(office, each), office.case(each).case) for each in references]
    assert after == before
    with office.database.session() as session:
        assert calendars.days_of(session, "ids") == ()
        kept = calendars.changes(session, "ids")
    assert [(each.change, each.day, each.by_id, each.moved) for each in kept] == [
        (CalendarChange.REMOVED, FRIDAY, office.administrator.user_id, 3),
        (CalendarChange.ADDED, FRIDAY, office.administrator.user_id, 3),
    ]
    assert kept[1].why == WHY


def test_a_closure_moves_no_limit_and_is_on_no_complaints_record(office: Office) -> None:
    reference = office.submit(MONDAY)
    before = office.case(reference)
    add(office, CLOSED)
    after = office.case(reference)
    assert due_on(office, reference) == date(2026, 11, 9)
    assert after.version == before.version
    assert next_due(after.case, after.rules).deadline.staff_target == date(2026, 11, 5)


def test_our_own_word_is_broken_on_the_day_after_what_was_told(office: Office) -> None:
    reference = acknowledged(office)
    add(office)
    with office.database.session() as session:
        assert reference in overdue_references(session, "ids", date(2026, 11, 17))
    office.notice_missed(date(2026, 11, 17))
    missed = office.case(reference).case.missed
    assert {basis.value: day for (_, basis), day in missed.items()} == {"policy": date(2026, 11, 16)}


def test_the_preview_says_what_comes_true_and_writes_nothing(office: Office) -> None:
    references = {acknowledged(office), office.submit(MONDAY)}
    with office.database.session() as session:
        with_it = recounting.counted_with(landlords.rules_for, (PROCLAIMED,))
        shown = recounting.effects(session, "ids", landlords.rules_for, with_it)
    assert {each.reference for each in shown} == references
    assert all(office.case(each).case.holidays == () for each in references)
    add(office)
    for each in shown:
        [event] = office.case(each.reference).case.holidays
        assert (event.told, event.due_before, event.due_after) == (each.told, each.due_before, each.due_after)


def test_only_an_administrator_and_only_with_a_reason(office: Office) -> None:
    for somebody in (office.lead, office.handler, office.recorder, office.oversight):
        with pytest.raises(Forbidden):
            add(office, by=somebody)
    with pytest.raises(Refused), office.database.unit_of_work() as session:
        add_day_off(session, office.administrator, PROCLAIMED, " ", now=ten_oclock(TUESDAY))
    with pytest.raises(Refused):
        remove(office)
    with pytest.raises(Refused):
        remove(office, date(2026, 12, 25))


def test_whoever_comes_second_is_told_that_the_calendar_has_changed(office: Office) -> None:
    add(office, version=0)
    other = DayOff(date(2026, 11, 10), DayKind.BANK_HOLIDAY, "Another")
    with pytest.raises(StaleVersion):
        add(office, other, version=0)
    add(office, other, version=1)


@pytest.mark.on_both
def test_what_was_done_to_the_calendar_is_kept_by_the_database(office: Office) -> None:
    add(office)
    with pytest.raises(DatabaseError), office.database.unit_of_work() as session:
        session.execute(update(CalendarEntry).values(why="nothing"))
