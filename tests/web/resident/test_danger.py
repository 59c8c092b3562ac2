"""Whom to call stands before any form, and telling of a danger holds nothing up."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal import landlords
from portal.domain.events import Flag
from portal.records.history import opened
from portal.records.models import ComplaintRow
from tests.web.answer import Answer
from tests.web.resident.test_complain import only_case
from tests.web.resident.visitor import COMPLAINT, Visitor

HOW_IT_HURTS = {**COMPLAINT["what-happened"], "hazard": ["yes"]}


def numbers(page: Answer) -> list[str]:
    """The numbers that a telephone would call, in the order of the page."""
    links = (each.get("href", "") for each in page.main.iter("a"))
    return [each.removeprefix("tel:") for each in links if each.startswith("tel:")]


def before(page: Answer, name: str) -> list[str]:
    """The numbers that stand before the first link or field with this address or name."""
    found = []
    for each in page.main.iter():
        if name in (each.get("href"), each.get("name")):
            return found
        found += [each.get("href", "").removeprefix("tel:")] if each.get("href", "").startswith("tel:") else []
    raise AssertionError(f"{name} is not on {page.path}")


@pytest.mark.parametrize("landlord", ["ids", "ivh", "hs", "ih", "ms"])
def test_the_numbers_come_before_any_form(app: Flask, landlord: str) -> None:
    visitor = Visitor(app, landlord)
    own = landlords.landlord(landlord).contact
    assert own.placeholder, "a made-up number must be marked as one"
    every = ["999", "0800111999", own.emergency_repairs.replace(" ", "")]
    for path, first in (
        ("", f"/{landlord}/complain/what-happened"),
        ("complain/what-happened", "what_happened"),
        ("track", "reference"),
        ("request", "words"),
        ("petition", "asks"),
        ("make-it-easier", "adjustments"),
        ("group", "reference"),
    ):
        assert before(visitor.get(path), first) == every, path
    page = visitor.get("danger")
    assert numbers(page)[:3] == every
    assert "18000" in numbers(page)
    assert "<form" not in page.html.partition("<main")[2].partition("</main>")[0]


def test_a_danger_is_told_to_staff_and_changes_no_date(app: Flask, visitor: Visitor) -> None:
    other = Visitor(app)
    other.complain()
    without = only_case(app)
    visitor.complain(what_happened=HOW_IT_HURTS)
    with app.extensions["database"].session() as session:
        told = session.scalars(select(ComplaintRow).where(ComplaintRow.reference != without.case.reference)).one()
        assert Flag.HAZARD in told.flags
        assert opened(session, told, landlords.rules_for).case.received.hazard
        assert (told.due_on, told.due_key, told.status) == (without.row.due_on, without.row.due_key, without.row.status)
    assert Flag.HAZARD not in without.case.flags
    page = visitor.get("complain/received")
    assert before(page, "csrf_token")[:2] == ["999", "0800111999"]


def test_the_tick_survives_a_mistake_and_can_be_changed(visitor: Visitor) -> None:
    page = visitor.post("complain/what-happened", {"what_happened": "", "hazard": ["yes"]})
    assert (page.status, page.checked("hazard")) == (422, ["yes"])
    visitor.write(what_happened=HOW_IT_HURTS)
    assert "Could it hurt somebody?" in visitor.get("complain/check").words
    assert visitor.get("complain/what-happened").checked("hazard") == ["yes"]
    visitor.post("complain/what-happened", COMPLAINT["what-happened"])
    assert "Could it hurt somebody?" not in visitor.get("complain/check").words


def test_nothing_but_one_answer_fits_the_tick(visitor: Visitor) -> None:
    page = visitor.post("complain/what-happened", {"what_happened": "It leaks.", "hazard": ["no", "yes", "maybe"]})
    assert page.status == 422
    assert page.value("what_happened") == "It leaks."
