"""Recording a call, a visit, an email or a meeting on its page, and reading it in the history."""

from __future__ import annotations

from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

MEETING = {
    "way": "meeting",
    "by": "them",
    "whom": "resident",
    "reached": "yes",
    "companions": "Their sister",
    "words": "We agreed on a day for the roof.",
    **day("contact_on", MONDAY),
}


def test_a_meeting_and_an_attempt_stand_in_the_history(lead: Browser, office: Office) -> None:
    path = f"cases/{office.acknowledged(MONDAY)}"
    assert lead.get(f"{path}/contact").checked("whom") == ["resident"]
    assert lead.post(f"{path}/contact", MEETING).status == 303
    tried = {"way": "call", "by": "us", "whom": "somebody", "somebody": "The contractor", "reached": "no"}
    assert lead.post(f"{path}/contact", {**MEETING, **tried, "companions": ""}).status == 303
    words = lead.get(f"{path}/history?show=contacts").words
    for each in (
        "Meeting",
        "They got in touch.",
        "Came along: Their sister.",
        "We agreed on a day for the roof.",
        "Phone call: nobody was reached",
        "With The contractor.",
    ):
        assert each in words, each


def test_what_is_missing_is_asked_for_and_nothing_is_lost(lead: Browser, office: Office) -> None:
    path = f"cases/{office.acknowledged(MONDAY)}/contact"
    assert set(lead.post(path).errors) >= {"#way", "#by", "#contact_on-day", "#reached", "#words"}
    page = lead.post(path, {**MEETING, "whom": "somebody"})
    assert page.errors == {"#somebody": "Say who it was"}
    assert page.value("words") == MEETING["words"]
    assert lead.post(path, {**MEETING, "whom": "member-7"}).status == 422
