"""Handing in a petition online: recorded once, and the group is offered a complaint."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.records.models import ComplaintRow, Petition
from tests.web.answer import text_of
from tests.web.resident.visitor import Visitor

TOLD = {
    "asks": "Mend the lift.\nIn both houses.",
    "signatures": "1,043",
    "name": "Resident Three",
    "email": "resident.three@example.org",
}


def recorded(app: Flask) -> list[Petition]:
    with app.extensions["database"].session() as session:
        assert not session.scalars(select(ComplaintRow)).all()
        return list(session.scalars(select(Petition)))


def test_it_is_recorded_once_with_a_reference_of_its_own(app: Flask, visitor: Visitor) -> None:
    assert "/ids/petition" in {each.get("href") for each in visitor.get("").main.iter("a")}
    page = visitor.get("petition")
    assert "not counted as a complaint" in page.words
    once = page.value("once")
    for _ in range(2):
        assert visitor.post("petition", {**TOLD, "once": once}).location == "/ids/petition/received"
    (petition,) = recorded(app)
    assert (petition.signatures, petition.asks) == (1043, "Mend the lift.\nIn both houses.")
    received = visitor.get("petition/received")
    assert petition.reference in [text_of(each) for each in received.tree.iter("code")]
    assert "Make it a complaint of the group" in received.words
    assert petition.reference not in "".join(visitor.addresses)


def test_what_it_asks_for_is_all_that_is_needed(app: Flask, visitor: Visitor) -> None:
    assert visitor.post("petition", {"asks": "Mend the lift."}).status == 303
    (petition,) = recorded(app)
    assert (petition.signatures, petition.name, petition.email) == (None, "", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asks": " "}, "#asks"),
        ({"signatures": "many"}, "#signatures"),
        ({"signatures": "0"}, "#signatures"),
        ({"signatures": "-4"}, "#signatures"),
        ({"signatures": "²"}, "#signatures"),
        ({"signatures": "9" * 19}, "#signatures"),
        ({"email": "nobody"}, "#email"),
        ({"name": "x" * 301}, "#name"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_lost(
    app: Flask, visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    page = visitor.post("petition", {**TOLD, **changes})
    assert page.status == 422
    assert list(page.errors) == [field]
    for name, value in {**TOLD, **changes}.items():
        assert page.value(name) == value.strip()
    assert not recorded(app)


def test_without_one_there_is_nothing_to_confirm(visitor: Visitor) -> None:
    assert visitor.get("petition/received").location == "/ids/petition"
