"""`portal verify` says where the record was touched, and its exit status says that it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from portal.commands.records import verify
from portal.records.database import Database
from tests import builders

Run = Callable[[], Result]


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    with database.unit_of_work() as session:
        builders.begun(session, "ids", reference="34-67A")
        builders.begun(session, "ms")
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url.render_as_string(hide_password=False))
    return lambda: CliRunner().invoke(verify)


def test_an_untouched_record_is_whole(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == ["ids: whole", "ms: whole"]


def test_a_broken_entry_is_named_and_the_others_are_still_checked(database: Database, run: Run) -> None:
    with database.unit_of_work() as session:
        session.execute(text("UPDATE complaints SET reference = '77-777' WHERE landlord = 'ids'"))
    result = run()
    assert result.exit_code == 1
    assert "BROKEN ids: entry 1, complaint 77-777: what it says was altered" in result.output
    assert "ms: whole" in result.output


def test_a_database_without_tables_is_not_called_whole(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    result = CliRunner().invoke(verify)
    assert result.exit_code == 1
    assert "portal migrate" in result.output
