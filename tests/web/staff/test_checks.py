"""A second pair of eyes: who writes an answer shows it to somebody else, and it goes only as they approved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal import landlords
from portal.domain.checked import latest
from portal.domain.events import Flag
from portal.domain.lifecycle import Status
from portal.records.database import Database
from tests.actions import office as offices
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import ANSWER

RULE = 'second_check = { rule = "CAREFUL 2.1" }\nhandlers = { rule = "IDS 6.2.1, 6.4, 10" }'


@pytest.fixture
def careful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A landlord like IDS whose file asks for a check at stage 1."""
    text = (Path(landlords.__file__).parent / "ids.toml").read_text(encoding="utf-8")
    text = text.replace('key = "ids"', 'key = "careful"', 1).replace('handlers = { rule = "IDS 6.2.1, 6.4, 10" }', RULE)
    (tmp_path / "careful.toml").write_text(text, encoding="utf-8")
    monkeypatch.setitem(offices.RANKS, "careful", offices.RANKS["ids"])
    landlords.load([tmp_path / "careful.toml"])
    yield "careful"
    landlords.load()


@pytest.fixture
def office(careful: str, database: Database) -> Office:
    return Office(database, careful)


@pytest.fixture
def writer(app: Flask, office: Office) -> Browser:
    return Browser(app, "careful").sign_in(office.handler)


@pytest.fixture
def checker(app: Flask, office: Office) -> Browser:
    return Browser(app, "careful").sign_in(office.colleague)


def test_an_answer_is_shown_to_somebody_else_sent_back_changed_approved_and_sent(
    writer: Browser, checker: Browser, office: Office
) -> None:
    reference = office.acknowledged(MONDAY)
    about = f"cases/{reference}"
    sending = {**ANSWER, "press": "send"}
    assert "CAREFUL 2.1" in writer.get(f"{about}/respond").words
    assert writer.post(f"{about}/respond", sending).status == 403
    assert writer.post(f"{about}/ask-for-check", ANSWER).status == 303
    assert Flag.ANSWER_TO_CHECK in office.case(reference).case.flags
    assert writer.get(f"{about}/check").status == 403
    page = checker.get(f"{about}/check")
    assert "We called on 3 and 5 November." in page.words
    back = {"decision": "sent_back"}
    assert checker.post(f"{about}/check", back).errors == {"#words": "Write what has to change"}
    assert checker.post(f"{about}/check", {**back, "words": "Say which policy."}).status == 303
    again = writer.get(f"{about}/ask-for-check")
    assert "Say which policy." in again.words
    assert again.value("answers-1-reasons") == "We called on 3 and 5 November."
    better = {**ANSWER, "answers-1-law_and_policy": "Repairs policy 4.2"}
    assert writer.post(f"{about}/ask-for-check", better).status == 303
    assert checker.post(f"{about}/check", {"decision": "approved"}).status == 303
    assert writer.get(f"{about}/respond").value("answers-1-law_and_policy") == "Repairs policy 4.2"
    changed = writer.post(f"{about}/respond", sending)
    assert changed.status == 422
    assert "not as it was approved" in changed.words
    assert writer.post(f"{about}/respond", {**better, "press": "send"}).status == 303
    assert office.case(reference).case.status is Status.RESPONDED


def test_the_clock_does_not_stop_while_it_is_checked(writer: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    due = office.case(reference).row.due_on
    writer.post(f"cases/{reference}/ask-for-check", ANSWER)
    assert office.case(reference).row.due_on == due
    assert office.notice_missed(date(2026, 12, 1)) == 1


def test_an_answer_that_is_not_whole_is_shown_to_nobody(writer: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = writer.post(f"cases/{reference}/ask-for-check", {**ANSWER, "answers-1-reasons": ""})
    assert page.status == 422
    assert page.errors.keys() == {"#answers-1-reasons"}
    assert office.case(reference).case.checks == ()


def test_what_was_overtaken_is_decided_by_nobody(writer: Browser, checker: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    writer.post(f"cases/{reference}/ask-for-check", ANSWER)
    opened = checker.version(f"cases/{reference}")
    writer.post(f"cases/{reference}/ask-for-check", {**ANSWER, "answers-0-reasons": "The gutter was broken."})
    said = {"decision": "approved", "words": "Well put.", "version": opened}
    page = checker.post(f"cases/{reference}/check", said)
    assert page.status == 409
    assert "Well put." in page.html
    check = latest(office.case(reference).case.checks, office.case(reference).case.stage)
    assert check is not None
    assert check.decided is None


def test_a_handler_may_ask_for_it_where_no_policy_does(app: Flask, database: Database) -> None:
    office = Office(database, "ids")
    reference = office.acknowledged(MONDAY)
    writer = Browser(app).sign_in(office.handler)
    assert writer.post(f"cases/{reference}/ask-for-check", ANSWER).status == 303
    assert writer.post(f"cases/{reference}/respond", {**ANSWER, "press": "send"}).status == 303
