"""A case file is fresh after each event, and its row says what the fold says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from portal import landlords
from portal.domain import folding
from portal.domain.events import (
    ComplaintAcknowledged,
    ComplaintClosed,
    EscalationRequested,
    Flag,
    HandlerAssigned,
    Stage,
)
from portal.domain.lifecycle import Status
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Key
from portal.domain.refusal import Refused, StaleVersion
from portal.records.database import Database
from portal.records.history import CaseFile, NotFound, append, columns_of, open_case
from portal.records.models import ComplaintRow, EventRow
from tests import builders
from tests.builders import MONDAY, NOW

REFERENCE = "34-67A"
LEAD = builders.lead()
ACKNOWLEDGED = ComplaintAcknowledged(stage=Stage.ONE, acknowledged_on=MONDAY, point_count=1, points=("Damp",))


@pytest.fixture
def received(database: Database) -> Database:
    with database.unit_of_work() as session:
        builders.begun(session, reference=REFERENCE, flags=(Flag.ANONYMOUS, Flag.OVER_AGE_LIMIT))
    return database


def opened(database: Database, actor: Actor = LEAD, **how: int | None) -> CaseFile:
    with database.session() as session:
        return open_case(session, REFERENCE, actor, landlords.rules_for, **how)


def test_a_complaint_is_kept_with_its_first_date(received: Database) -> None:
    file = opened(received)
    assert file.version == file.row.version == 1
    assert (file.row.stage, file.row.status) == (Stage.ONE, Status.RECEIVED)
    assert file.row.resident_name == "Resident One"
    assert file.row.flags == (Flag.ANONYMOUS, Flag.OVER_AGE_LIMIT)
    # IDS 6.2.1: five working days from Monday 2 November 2026 end on Monday 9 November.
    assert (file.row.due_key, file.row.due_on) == (Key.ACKNOWLEDGE_STAGE_1, date(2026, 11, 9))


def test_append_keeps_case_row_and_version_fresh_without_reading_again(received: Database) -> None:
    with received.unit_of_work() as session:
        handler = builders.staff(session)
        file = open_case(session, REFERENCE, LEAD, landlords.rules_for, for_update=True)
        reads: list[str] = []
        event.listen(received.engine, "before_cursor_execute", lambda *said: reads.append(said[2]))
        append(session, file, HandlerAssigned(stage=Stage.ONE, handler_id=handler.id, rank=None), by=LEAD, at=NOW)
        append(session, file, ACKNOWLEDGED, by=LEAD, at=NOW)
        assert [each for each in reads if "FROM events" in each] == []
        assert (file.version, file.case.status, file.row.status) == (3, Status.ACKNOWLEDGED, Status.ACKNOWLEDGED)
    again = opened(received)
    assert again.case == file.case
    assert again.recorded == file.recorded
    assert again.row.version == 3
    assert again.row.handler_id == handler.id


def test_the_row_always_equals_the_fold(received: Database) -> None:
    with received.unit_of_work() as session:
        file = open_case(session, REFERENCE, LEAD, landlords.rules_for, for_update=True)
        append(session, file, ACKNOWLEDGED, by=LEAD, at=NOW)
    file = opened(received)
    columns = columns_of(folding.fold(REFERENCE, "ids", file.recorded), file.rules)
    assert {name: getattr(file.row, name) for name in columns} == columns


def test_an_unlawful_event_is_refused_and_leaves_no_trace(received: Database) -> None:
    with received.unit_of_work() as session:
        file = open_case(session, REFERENCE, LEAD, landlords.rules_for, for_update=True)
        with pytest.raises(Refused, match="Only a complaint that has been answered can be closed"):
            append(session, file, ComplaintClosed(), by=LEAD, at=NOW)
        assert (file.version, file.case.status) == (1, Status.RECEIVED)
    with received.session() as session:
        assert session.scalar(select(func.count()).select_from(EventRow)) == 1


def test_the_moment_is_kept_to_the_microsecond_in_any_zone(database: Database) -> None:
    moment = NOW + timedelta(microseconds=7)
    with database.unit_of_work() as session:
        file = builders.begun(session, reference=REFERENCE)
        append(session, file, ACKNOWLEDGED, by=LEAD, at=moment)
    assert opened(database).recorded[-1].at == moment


def test_whoever_answers_an_older_page_is_told_so(received: Database) -> None:
    with received.unit_of_work() as session:
        file = open_case(session, REFERENCE, LEAD, landlords.rules_for, version=1)
        append(session, file, ACKNOWLEDGED, by=LEAD, at=NOW)
    with pytest.raises(StaleVersion, match="has changed since you opened it"):
        opened(received, version=1)


@pytest.mark.parametrize(
    "actor",
    [
        Actor(role=Role.ANYONE, landlord="ids"),
        Actor(role=Role.ADMINISTRATOR, landlord="ids"),
        Actor(role=Role.OVERSIGHT, landlord="ids"),
        Actor(role=Role.RESIDENT, landlord="ids", case_reference="96-TYQ"),
        Actor(role=Role.RESIDENT, landlord="ms", case_reference=REFERENCE),
        Actor(role=Role.LEAD, landlord="ms"),
        Actor(role=Role.LEAD),
    ],
    ids=repr,
)
def test_a_case_that_is_not_the_actors_is_not_found(received: Database, actor: Actor) -> None:
    with pytest.raises(NotFound):
        opened(received, actor)


@pytest.mark.parametrize(
    "actor",
    [
        Actor(role=Role.AUDITOR, landlord="ids"),
        Actor(role=Role.ADMINISTRATOR, also=(Role.RECORDER,), landlord="ids"),
        Actor(role=Role.RESIDENT, landlord="ids", case_reference=REFERENCE),
        Actor(role=Role.SYSTEM),
    ],
    ids=repr,
)
def test_whoever_may_see_a_case_opens_it(received: Database, actor: Actor) -> None:
    assert opened(received, actor).row.reference == REFERENCE


def test_a_reference_is_given_once_in_the_whole_installation(received: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"), received.unit_of_work() as session:
        builders.begun(session, "ms", reference=REFERENCE)


def test_what_is_stored_of_a_case_that_goes_to_stage_2(received: Database) -> None:
    with received.unit_of_work() as session:
        file = open_case(session, REFERENCE, LEAD, landlords.rules_for, for_update=True)
        append(session, file, EscalationRequested(requested_on=MONDAY, channel="phone"), by=LEAD, at=NOW)
    with received.session() as session:
        row = session.scalars(select(ComplaintRow)).one()
        assert (row.stage, row.due_key, row.handler_id) == (Stage.TWO, Key.ACKNOWLEDGE_STAGE_2, None)
