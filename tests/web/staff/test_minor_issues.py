"""The log of minor issues: for a landlord whose policy has one, and without anybody in it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import inspect

from portal.records.database import Database
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

SAID = {
    "issue": "The bin store was locked.",
    "cause": "The key was not handed on.",
    "done": "Opened within the hour.",
    "offered": "no",
    **day("noticed_on", MONDAY),
}


@pytest.fixture
def recorder(app: Flask, database: Database) -> Browser:
    return Browser(app, "ih").sign_in(Office(database, "ih").recorder)


def test_an_issue_is_logged_once_the_choice_to_complain_was_offered(recorder: Browser) -> None:
    page = recorder.post("minor-issues", {**SAID, "offered": ""})
    assert "want to complain" in page.errors["#offered"]
    assert page.value("issue") == SAID["issue"]
    assert "record it as a complaint" in recorder.post("minor-issues", {**SAID, "offered": "yes"}).errors["#offered"]
    assert recorder.post("minor-issues", SAID).status == 303
    assert "The key was not handed on." in recorder.get("minor-issues").words


def test_it_has_no_field_for_a_person(database: Database) -> None:
    columns = {each["name"] for each in inspect(database.engine).get_columns("minor_issues")}
    assert columns == {"id", "landlord", "noticed_on", "issue", "cause", "done"}


def test_a_landlord_whose_policy_has_no_such_log_has_no_such_page(lead: Browser) -> None:
    assert lead.get("minor-issues").status == 404
    assert lead.post("minor-issues", SAID).status == 404
    assert "Minor issues" not in lead.get("").words
