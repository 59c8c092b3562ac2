"""`portal figures`: what it prints is what the complaints say, and each figure can be opened."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.cli import portal
from portal.records.database import Database
from tests.actions.office import Office
from tests.builders import MONDAY

YEAR_BEFORE = date(2026, 3, 2)


@pytest.fixture
def office(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("PORTAL_DATABASE_URL", sqlite_database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("PORTAL_CLOCK", "2026-12-01T10:00")
    return Office(sqlite_database, "ids")


def run(*options: str) -> Result:
    return CliRunner().invoke(portal, ["figures", "--landlord", "ids", "--year", "2026", *options])


def told(*options: str) -> dict[tuple[str, str], dict[str, Any]]:
    result = run("--json", "--list", *options)
    assert result.exit_code == 0, result.output
    return {(each["key"], each["of"]): each for each in json.loads(result.output)}


def test_each_figure_is_the_complaints_that_make_it(office: Office) -> None:
    answered, open_one = office.answered(MONDAY, MONDAY), office.submit(MONDAY)
    office.answered(YEAR_BEFORE, YEAR_BEFORE)
    every = told("--lcra", "500")
    received = every["received_1", "stage 1"]
    assert (set(received["references"]), received["numerator"]) == ({answered, open_one}, 2)
    ch01 = every["ch01_1", "stage 1, low cost rental"]
    assert (ch01["numerator"], ch01["denominator"]) == (2, 500)
    ch02 = every["ch02_1", "stage 1, low cost rental"]
    # On 1 December the other was acknowledged by nobody, and 9 November has passed.
    assert (ch02["references"], ch02["denominator"]) == ([answered], 2)
    assert all(len(each["references"]) == each["numerator"] for each in every.values() if "numerator" in each)


def test_it_reads_as_a_report_with_its_caveat(office: Office) -> None:
    office.answered(MONDAY, MONDAY)
    words = run("--lcra", "1000").output
    assert "CH01 (1): complaints for each 1,000 homes (stage 1, low cost rental): 1.0 (1 of 1000)" in words
    assert "CH02 (1): answered within the times of the Code (stage 1, low cost rental): 100.0 % (1 of 1)" in words
    assert "Source: TSM CH02; Code 6.2, 6.3, 6.11, 6.14" in words
    assert "Check the final text of the Tenant Satisfaction Measures" in words


def test_a_year_without_complaints_has_figures_too(office: Office) -> None:
    assert office.landlord == "ids"
    assert "none to count" in run().output


def test_an_unknown_landlord_is_named(office: Office) -> None:
    assert office.landlord == "ids"
    result = CliRunner().invoke(portal, ["figures", "--landlord", "nobody", "--year", "2026"])
    assert result.exit_code == 2
    assert "There is no landlord nobody here." in result.output
