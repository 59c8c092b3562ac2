"""What was asked for with a petition or a request for service, as staff find it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.actions.office import Office
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

ASKED = {"adjustments": ["large_print"], "interpreter": "pl", "adjustment_words": "24 point"}
JOURNEYS = {
    "petition": ({"asks": "Mend the lift."}, "petitions"),
    "request": ({"words": "The tap drips."}, "requests"),
}


def asked_in(app: Flask, path: str, **more: Any) -> None:
    told, _where = JOURNEYS[path]
    app.config["WTF_CSRF_ENABLED"] = True  # pages of residents check their token themselves
    page = Visitor(app).post(path, {**told, **ASKED, "name": "Ada", "address": "1 Example Street", **more})
    app.config["WTF_CSRF_ENABLED"] = False
    assert page.status == 303, page.errors


def link_in(page: Any, part: str) -> str:
    """Where the first link to one of these leads, below the pages of staff."""
    found = (each.get("href", "").partition("/staff/")[2] for each in page.main.iter("a"))
    return next(each for each in found if each.startswith(part) and not each.endswith("/record"))


@pytest.mark.parametrize("path", JOURNEYS)
def test_it_is_seen_where_it_was_asked_and_decided_where_all_are(app: Flask, office: Office, path: str) -> None:
    asked_in(app, path)
    staff, where = Browser(app).sign_in(office.handler), JOURNEYS[path][1]
    listed = staff.get(where)
    assert "Adjustment asked for" in listed.words
    shown = staff.get(link_in(listed, f"{where}/"))
    for words in ("Large print (24 point)", "An interpreter or a translation (Polish)", "To decide"):
        assert words in shown.words
    decision = staff.get(link_in(shown, "easier/"))
    assert "An interpreter or a translation (Polish)" in decision.words
    assert "It was asked for with" in decision.words
    assert link_in(decision, f"{where}/")
    assert "(with " in staff.get("easier").words


@pytest.mark.parametrize("path", JOURNEYS)
def test_nothing_is_shown_where_nothing_was_asked_or_to_whom_it_is_no_matter(
    app: Flask, office: Office, path: str
) -> None:
    asked_in(app, path)
    where = JOURNEYS[path][1]
    recorder = Browser(app).sign_in(office.recorder)
    assert "Adjustment asked for" not in recorder.get(where).words
    asked_in(app, path, adjustments=[], interpreter="", adjustment_words="")
    assert Browser(app).sign_in(office.handler).get(where).words.count("Adjustment asked for") == 1


@pytest.mark.parametrize("path", ["petitions", "requests"])
def test_staff_who_record_one_are_asked_the_same(app: Flask, office: Office, path: str) -> None:
    page = Browser(app).sign_in(office.handler).get(f"{path}/record")
    assert "Would anything make this easier for them?" in page.words
    assert [each.get("name") for each in page.tree.iter("select")] == ["interpreter"]
