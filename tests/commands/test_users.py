"""`portal user`: adding, switching off and listing staff."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from portal.cli import portal
from portal.records.database import Database

PASSWORD = "correct horse battery"


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url.render_as_string(hide_password=False))

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(portal, ["user", *arguments])

    return command


def add(run, **changes: str) -> Result:
    options = {
        "landlord": "ids",
        "email": "Staff.One@example.org",
        "name": "Staff One",
        "role": "handler",
        "rank": "officer",
        "password": PASSWORD,
    } | changes
    return run("add", *(part for name, value in options.items() for part in (f"--{name}", value)))


def test_somebody_who_was_added_is_listed_and_can_be_switched_off(run) -> None:
    assert add(run).exit_code == 0
    assert run("list", "--landlord", "ids").output == (
        "ids\tstaff.one@example.org\tStaff One\thandler\tofficer\tactive\n"
    )
    assert run("list", "--landlord", "ivh").output == ""
    assert run("disable", "STAFF.ONE@example.org").exit_code == 0
    assert "cannot sign in" in run("list").output


def test_somebody_may_have_several_roles_but_whoever_watches_has_one(run) -> None:
    assert add(run, rank="officer").exit_code == 0
    several = ("--landlord", "ids", "--email", "two@example.org", "--name", "Staff Two", "--password", PASSWORD)
    assert run("add", *several, "--role", "administrator", "--role", "lead").exit_code == 0
    assert "\tlead administrator\t" in run("list").output
    refused = run("add", *several, "--role", "auditor", "--role", "lead")
    assert refused.exit_code != 0
    assert "watch themselves" in refused.output


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"landlord": "nobody"}, "nobody"),
        ({"rank": "emperor"}, "has no rank emperor"),
        ({"area": "moon"}, "has no area moon"),
        ({"password": "short"}, "shorter than 12"),
        ({"email": "nobody"}, "not an email address"),
        ({"role": "king"}, "king"),
    ],
)
def test_what_is_wrong_is_named(run, changes: dict[str, str], words: str) -> None:
    result = add(run, **changes)
    assert result.exit_code != 0
    assert words in result.output
    assert PASSWORD not in result.output


def test_an_email_address_belongs_to_one_person(run) -> None:
    add(run)
    assert "already somebody" in add(run, name="Staff Two").output


def test_nobody_can_be_switched_off_who_is_not_there(run) -> None:
    assert "nobody with the email address" in run("disable", "nobody@example.org").output
