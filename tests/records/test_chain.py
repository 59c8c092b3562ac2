"""`verify` names the first entry that somebody has touched, whatever they did to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select, text

from portal import landlords
from portal.domain.events import StaffNamed
from portal.records import chain
from portal.records.database import Database
from portal.records.history import append, open_case
from portal.records.models import EventRow
from tests import builders
from tests.builders import NOW

FIRST, SECOND = "34-67A", "96-TYQ"


@pytest.fixture
def written(database: Database) -> Database:
    """Five entries of one landlord: two complaints received, then three events of the first."""
    with database.unit_of_work() as session:
        first = builders.begun(session, reference=FIRST)
        builders.begun(session, reference=SECOND)
        for user in (1, 2, 3):
            append(session, first, StaffNamed(user_ids=(user,)), by=builders.lead(), at=NOW)
    return database


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """A connection of somebody with every right, who has put the triggers out of action first."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            for trigger in ("events_no_update", "events_no_delete", "events_no_replace"):
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection


def broken(database: Database, landlord: str = "ids") -> chain.Break | None:
    with database.session() as session:
        return chain.verify(session, landlord)


def test_an_untouched_chain_holds_and_so_does_none_at_all(written: Database) -> None:
    assert broken(written) is None
    assert broken(written, "ms") is None


def test_an_entry_of_a_summer_day_in_london_holds(database: Database) -> None:
    summer = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    with database.unit_of_work() as session:
        append(session, builders.begun(session), StaffNamed(user_ids=(1,)), by=builders.lead(), at=summer)
    assert broken(database) is None


def test_each_landlord_has_a_chain_of_its_own(written: Database) -> None:
    with written.unit_of_work() as session:
        builders.begun(session, "ms")
    with written.session() as session:
        sequences = session.scalars(select(EventRow.sequence).where(EventRow.landlord == "ms")).all()
    assert sequences == [1]
    assert broken(written, "ms") is None


CONTENT_OF = "event_id IN (SELECT id FROM events WHERE sequence = 2)"
SWAPPED = (
    "UPDATE events SET sequence = CASE sequence WHEN 3 THEN -4 ELSE -3 END WHERE sequence IN (3, 4);"
    "UPDATE events SET sequence = -sequence WHERE sequence < 0"
)
ADDED = "INSERT INTO event_contents (event_id, body) SELECT id, '{}' FROM events WHERE sequence = 3"


@pytest.mark.parametrize(
    ("statement", "sequence", "reference", "problem"),
    [
        ("UPDATE events SET payload = '{\"user_ids\": [9]}' WHERE sequence = 4", 4, FIRST, "altered"),
        ("UPDATE events SET at = '2026-01-01 00:00:00' WHERE sequence = 4", 4, FIRST, "altered"),
        ("UPDATE events SET by_role = 'resident' WHERE sequence = 3", 3, FIRST, "altered"),
        ("UPDATE complaints SET reference = '77-777' WHERE reference = '96-TYQ'", 2, "77-777", "altered"),
        ("UPDATE events SET previous_hash = hash WHERE sequence = 4", 4, FIRST, "not bound"),
        (f"UPDATE event_contents SET body = '{{}}' WHERE {CONTENT_OF}", 2, SECOND, "content was altered"),
        (f"DELETE FROM event_contents WHERE {CONTENT_OF}", 2, SECOND, "without a record"),
        (ADDED, 3, FIRST, "content was added"),
        ("DELETE FROM events WHERE sequence = 4", 4, FIRST, "missing or out of order"),
        ("DELETE FROM events WHERE sequence = 5", 5, None, "entries are missing"),
        (SWAPPED, 3, FIRST, "not bound"),
        ("UPDATE chain_heads SET sequence = 4", 6, None, "entries are missing"),
        ("UPDATE chain_heads SET hash = 'f'", 6, None, "entries are missing"),
        ("DELETE FROM chain_heads", 6, None, "entries are missing"),
    ],
)
def test_the_first_broken_entry_is_named(
    written: Database, statement: str, sequence: int, reference: str | None, problem: str
) -> None:
    with tampering(written) as connection:
        for each in statement.split(";"):
            connection.execute(text(each))
    found = broken(written)
    assert found is not None
    assert (found.sequence, found.reference) == (sequence, reference)
    assert problem in found.problem


def test_rewriting_an_entry_with_a_new_hash_breaks_at_the_next(written: Database) -> None:
    with written.session() as session:
        row = session.scalars(select(EventRow).where(EventRow.sequence == 3)).one()
        row.payload = {"user_ids": [9]}
        forged = chain.hash_of(row, FIRST)
        session.expunge_all()
    with tampering(written) as connection:
        connection.execute(
            text("UPDATE events SET payload = '{\"user_ids\": [9]}', hash = :hash WHERE sequence = 3"),
            {"hash": forged},
        )
    found = broken(written)
    assert found is not None
    assert found.sequence == 4


def test_content_can_be_erased_and_the_chain_still_holds(written: Database) -> None:
    with written.unit_of_work() as session:
        session.execute(text("UPDATE event_contents SET key = NULL, body = NULL, erased_at = '2026-11-03 09:00:00'"))
    assert broken(written) is None
    with written.session() as session:
        file = open_case(session, FIRST, builders.lead(), landlords.rules_for)
    assert file.case.received.what_happened == ""
    assert file.case.named_staff == (3,)


def test_the_same_words_leave_different_digests(written: Database) -> None:
    with written.session() as session:
        digests = session.scalars(select(EventRow.content_digest).where(EventRow.content_digest.is_not(None))).all()
    assert len(set(digests)) == 2
