"""A letter that is being written is kept for its writer, word for word and with what has changed, until it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.worker import Worker
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.staff.browser import HTMX, Browser
from tests.web.staff.test_acts import ANSWER, DEFINITION, day

pytestmark = pytest.mark.on_both


@pytest.fixture
def reference(office: Office) -> str:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    return reference


def test_a_draft_comes_back_word_for_word_and_goes_with_the_letter(handler: Browser, reference: str) -> None:
    path = f"cases/{reference}/acknowledge"
    assert handler.post(path, {**DEFINITION, "outcomes-0": "", "press": "draft"}).status == 303
    assert "You have begun to write: Acknowledge" in handler.get(f"cases/{reference}").words
    page = handler.get(path)
    assert "Your draft of 2 November 2026 at 10:00am" in page.words
    written = {name: page.value(name) for name in DEFINITION}
    assert written == {**DEFINITION, "outcomes-0": ""}
    handler.post(path, {**DEFINITION, "points-0": "The gutter", "press": "draft"})
    assert handler.get(path).value("points-0") == "The gutter", "the last one is kept"
    assert handler.post(path, DEFINITION).heading == "Check the letter"
    assert "Your draft" in handler.get(path).words, "a preview sends nothing"
    assert handler.post(path, {**DEFINITION, "press": "send"}).status == 303
    assert "You have begun" not in handler.get(f"cases/{reference}").words


def test_with_scripts_only_the_word_of_it_comes_back(handler: Browser, reference: str) -> None:
    path = f"cases/{reference}/acknowledge"
    part = handler.post(path, {"points-0": "The gutter", "press": "draft"}, headers=HTMX)
    assert (part.status, part.words) == (200, "Draft kept, 2 November 2026 at 10:00am.")
    assert handler.get(path).value("points-0") == "The gutter"


def test_a_draft_says_what_has_happened_since_it_was_written(lead: Browser, handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    path = f"cases/{reference}/respond"
    handler.post(path, {**ANSWER, "press": "draft"})
    assert "has changed since" not in handler.get(path).words
    office.name(reference, MONDAY, office.second.user_id)
    page = handler.get(path)
    assert "This complaint has changed since you opened this page" in page.words
    assert page.value("answers-1-reasons") == ANSWER["answers-1-reasons"]
    office.assign(reference, MONDAY, to=office.colleague)
    page = handler.get(path)
    assert page.status == 403
    assert ANSWER["answers-1-reasons"] in page.words, "whoever may not send it any more can copy their own words"


def test_a_draft_keeps_its_rows_and_what_was_chosen_in_them(handler: Browser, office: Office) -> None:
    path = f"cases/{office.acknowledged(MONDAY)}/respond"
    offered = {
        "remedies-1-kind": "act_on_delay",
        "remedies-1-words": "Clear the gutter",
        "remedies-1-owner": str(office.colleague.user_id),
        **day("remedies-1-due", MONDAY + timedelta(days=30)),
    }
    handler.post(path, {**ANSWER, **offered, "press": "draft"})
    page = handler.get(path)
    for name in ("remedies-1-words", "remedies-1-due-day", "remedies-1-due-year"):
        assert page.value(name) == offered[name], name
    chosen = [each.get("value") for each in page.tree.iter("option") if each.get("selected") is not None]
    assert {"act_on_delay", offered["remedies-1-owner"]} <= set(chosen)
    assert page.checked("answers-1-finding") == ["not_upheld"]


def test_a_draft_is_its_writers_alone(app: Flask, lead: Browser, handler: Browser, reference: str) -> None:
    path = f"cases/{reference}/acknowledge"
    handler.post(path, {"points-0": "Only mine", "press": "draft"})
    lead.post(path, {"points-0": "The lead’s", "press": "draft"})
    assert "Only mine" not in lead.get(path).html
    assert handler.get(path).value("points-0") == "Only mine"


def test_nobody_keeps_a_draft_of_a_letter_that_is_not_for_them(app: Flask, office: Office, reference: str) -> None:
    recorder = Browser(app).sign_in(office.recorder)
    assert recorder.post(f"cases/{reference}/acknowledge", {"points-0": "Mine", "press": "draft"}).status == 404
    colleague = Browser(app).sign_in(office.colleague)
    assert colleague.post(f"cases/{reference}/acknowledge", {"points-0": "Mine", "press": "draft"}).status == 403
    assert "You have begun" not in colleague.get(f"cases/{reference}").words


def test_a_draft_is_thrown_away_by_a_press_or_after_two_months(handler: Browser, clock, reference: str) -> None:
    path = f"cases/{reference}/acknowledge"
    handler.post(path, {"points-0": "The gutter", "press": "draft"})
    assert handler.post(path, {"press": "throw-away"}).status == 303
    assert handler.get(path).value("points-0") == ""
    handler.post(path, {"points-0": "The gutter", "press": "draft"})
    for days, kept in ((60, "The gutter"), (61, "")):
        clock.move_to(ten_oclock(MONDAY + timedelta(days=days)))
        Worker(handler.app).turn()
        assert handler.get(path).value("points-0") == kept
