"""A unit of work is whole or nothing, and what follows a commit follows nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from portal import landlords
from portal.domain.events import StaffNamed
from portal.domain.refusal import Refused, StaleVersion
from portal.records import chain
from portal.records import database as database_module
from portal.records.database import Database, after_commit
from portal.records.history import append, open_case
from portal.records.models import ComplaintRow, EventRow, User
from tests import builders
from tests.builders import NOW
from tests.conftest import DURABLE

WRITERS, EACH = 2, 8


def test_what_is_to_follow_a_commit_finds_everything_stored(database: Database) -> None:
    stored = []

    def look() -> None:
        with database.session() as session:
            stored.append(session.scalar(select(func.count()).select_from(ComplaintRow)))

    with database.unit_of_work(after_commit=[look]) as session:
        builders.begun(session)
        after_commit(session, look)
        assert stored == []
    assert stored == [1, 1]


def test_an_exception_undoes_all_of_it_and_nothing_follows(database: Database) -> None:
    followed: list[str] = []

    def refuse() -> None:
        with database.unit_of_work(after_commit=[lambda: followed.append("it")]) as session:
            builders.begun(session)
            raise Refused("No")

    with pytest.raises(Refused):
        refuse()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ComplaintRow)) == 0
    assert followed == []


def test_sqlite_is_durable_keeps_foreign_keys_and_lets_readers_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "prepare_sqlite", DURABLE)
    with closing(Database(f"sqlite:///{tmp_path}/durable.db")) as durable, durable.session() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_reader_sees_one_state_while_a_writer_commits(database: Database) -> None:
    with database.session() as reader:
        assert reader.scalar(select(func.count()).select_from(EventRow)) == 0
        with database.unit_of_work() as writer:
            builders.begun(writer)
        assert reader.scalar(select(func.count()).select_from(EventRow)) == 0


def test_two_writers_at_once_lose_no_event_and_repeat_no_number(database: Database) -> None:
    with database.unit_of_work() as session:
        reference = builders.begun(session).row.reference

    def write() -> None:
        for _ in range(EACH):
            with database.unit_of_work() as session:
                file = open_case(session, reference, builders.lead(), landlords.rules_for, for_update=True)
                append(session, file, StaffNamed(user_ids=()), by=builders.lead(), at=NOW)

    in_threads(write, WRITERS)
    with database.session() as session:
        numbers = session.scalars(select(EventRow.number).order_by(EventRow.number)).all()
        assert numbers == list(range(1, WRITERS * EACH + 2))
        assert chain.verify(session, "ids") is None


def test_two_first_complaints_at_once_start_one_chain(database: Database) -> None:
    def write() -> None:
        with database.unit_of_work() as session:
            builders.begun(session)

    in_threads(write, WRITERS)
    with database.session() as session:
        assert chain.verify(session, "ids") is None
        assert session.scalars(select(EventRow.sequence).order_by(EventRow.sequence)).all() == [1, 2]


def test_whoever_is_second_with_a_case_read_unlocked_is_told_so(postgresql_database: Database) -> None:
    with postgresql_database.unit_of_work() as session:
        reference = builders.begun(session).row.reference

    def write(meanwhile: Callable[[], None]) -> None:
        with postgresql_database.unit_of_work() as session:
            file = open_case(session, reference, builders.lead(), landlords.rules_for)
            meanwhile()
            append(session, file, StaffNamed(user_ids=()), by=builders.lead(), at=NOW)

    with pytest.raises(StaleVersion):
        write(meanwhile=lambda: in_threads(lambda: write(meanwhile=lambda: None), 1))


def test_a_unit_of_work_inside_another_is_a_mistake_and_not_a_standstill(database: Database) -> None:
    with database.unit_of_work(), pytest.raises(RuntimeError, match="inside another"), database.unit_of_work():
        pass
    with database.unit_of_work() as session:
        builders.begun(session)


def test_an_account_can_be_changed_after_somebody_else_has_written(database: Database) -> None:
    with database.unit_of_work() as session:
        user_id = builders.staff(session).id
    with database.accounts_session() as accounts:
        user = accounts.get_one(User, user_id)
        with database.unit_of_work() as session:
            builders.begun(session)
        user.name = "New name"
        accounts.commit()
    with database.session() as session:
        assert session.get_one(User, user_id).name == "New name"


def in_threads(work: Callable[[], None], how_many: int) -> None:
    """Run `work` in several threads at once; the first failure fails the test."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - handed to the test below
            failures.append(failure)

    threads = [threading.Thread(target=guarded) for _ in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
