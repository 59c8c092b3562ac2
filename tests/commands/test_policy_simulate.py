"""`portal policy simulate`: what another file would move is shown before it is used, and nothing is written."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import portal
from portal.records.database import Database
from tests.actions.office import Office
from tests.builders import MONDAY


@pytest.fixture
def told(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """A complaint whose resident was told Monday 16 November 2026."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", sqlite_database.url.render_as_string(hide_password=False))
    return Office(sqlite_database, "ids").acknowledged(MONDAY)


def run(tmp_path: Path, before: str, after: str) -> Result:
    text = files("portal.landlords").joinpath("ids.toml").read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "new.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return CliRunner().invoke(portal, ["policy", "simulate", str(file)])


def test_a_version_that_reaches_back_is_listed_with_what_was_told(told: str, tmp_path: Path) -> None:
    result = run(tmp_path, "respond = { amount = 10", "respond = { amount = 8")
    assert result.exit_code == 0, result.output
    moved = [told, "respond_stage_1", "told 2026-11-16", "counted 2026-11-16", "then 2026-11-12"]
    assert result.output.splitlines()[0].split("\t") == moved


def test_the_same_file_moves_nothing(told: str, tmp_path: Path) -> None:
    result = run(tmp_path, "[brand]", "[brand]")
    assert result.output == "No date of a complaint moves.\n"


def test_a_wrong_file_is_named_with_what_is_wrong(told: str, tmp_path: Path) -> None:
    result = run(tmp_path, "[brand]", "[brands]")
    assert result.exit_code == 1
    assert "brands" in result.output
