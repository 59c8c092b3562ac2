"""What the page of a case offers to do: all that is allowed, each once, and what comes next before the rest."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.domain.adjustment_kinds import Adjustment
from portal.web.staff import case_acts
from portal.web.staff.act import Act
from portal.web.staff.case_acts import EVERY, HEADINGS
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser


def test_every_act_has_one_heading() -> None:
    here = [str(Path(case_acts.__file__).parent)]
    modules = [importlib.import_module(f"portal.web.staff.{each.name}") for each in pkgutil.iter_modules(here)]
    tuples = [each for module in modules for each in vars(module).values() if isinstance(each, tuple)]
    made = {each.name for some in tuples for each in some if isinstance(each, Act)}
    placed = Counter(name for _, names in HEADINGS for name in names.split())
    assert made == set(EVERY) == set(placed)
    assert placed.total() == len(placed), "under two headings"


def new(office: Office) -> str:
    return office.submit(MONDAY)


def acknowledged(office: Office) -> str:
    return office.acknowledged(MONDAY)


def adjusted(office: Office) -> str:
    reference = office.submit(MONDAY, adjustments=(Adjustment.LARGE_PRINT, Adjustment.NO_PHONE))
    office.assign(reference, MONDAY)
    return reference


def at_stage_2(office: Office) -> str:
    reference = office.answered(MONDAY, MONDAY)
    office.escalate(reference, MONDAY)
    return reference


@pytest.mark.parametrize("begun", [new, acknowledged, adjusted, at_stage_2])
@pytest.mark.parametrize("who", ["lead", "handler", "recorder"])
def test_what_opens_is_offered_once_and_nothing_else(
    app: Flask, office: Office, begun: Callable[[Office], str], who: str
) -> None:
    browser = Browser(app).sign_in(getattr(office, who))
    reference = begun(office)
    page = browser.get(f"cases/{reference}")
    links = Counter(
        link.get("href").rsplit("/", 1)[1]
        for section in page.tree.iter("section")
        if section.get("aria-labelledby") in ("now", "acts")
        for link in section.iter("a")
    )
    opens = {name for name in EVERY if browser.get(f"cases/{reference}/{name}").status == 200}
    assert links == Counter(opens)


def test_what_is_due_stands_before_whom_it_is_about(lead: Browser, office: Office) -> None:
    html = lead.get(f"cases/{office.acknowledged(MONDAY)}").html
    places = [html.index(each) for each in ('id="now"', ">Dates</h2>", ">Adjustments</h2>", 'id="acts"')]
    assert places == sorted(places)


@pytest.mark.parametrize("begun", [new, acknowledged, adjusted, at_stage_2])
def test_the_second_writer_of_any_act_is_told_and_keeps_every_word(
    lead: Browser, office: Office, begun: Callable[[Office], str]
) -> None:
    reference = begun(office)
    pages = {name: lead.get(f"cases/{reference}/{name}") for name in EVERY}
    opened = {name: page for name, page in pages.items() if page.status == 200}
    office.name(reference, MONDAY, office.colleague.user_id)
    for name, page in opened.items():
        boxes = [each.get("name") for each in page.tree.iter("textarea")]
        wrote = dict.fromkeys(boxes, "My own words")
        answer = lead.post(f"cases/{reference}/{name}", {**wrote, "version": page.value("version"), "press": "send"})
        assert answer.status == 409, name
        assert "has changed since you opened this page" in answer.words, name
        assert [answer.value(each) for each in boxes] == ["My own words"] * len(boxes), name
