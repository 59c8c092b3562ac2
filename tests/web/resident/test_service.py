"""A request for service stands beside a complaint, and becomes one with one press when somebody is unhappy with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import landlords
from portal.clock import StoppedClock
from portal.domain.events import Flag, ReplyBy
from portal.post.notes import address_of, link_email
from portal.records.models import ComplaintRow, Link, LinkPurpose, ServiceRequest
from tests.actions.office import Office
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.test_complain import only_case
from tests.web.resident.visitor import Visitor

ASKED = {
    "words": "The kitchen tap drips.\nIt is the cold one.",
    "name": "Resident One",
    "email": "resident.one@example.org",
    "address": "1 Example Street",
    "postcode": "N1 0AA",
}


def only_request(app: Flask) -> ServiceRequest:
    with app.extensions["database"].session() as session:
        return session.scalars(select(ServiceRequest)).one()


def count(app: Flask, table: type) -> int:
    with app.extensions["database"].session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def ask(visitor: Visitor, **changes: str) -> str:
    once = visitor.get("request").value("once")
    assert visitor.post("request", {**ASKED, "once": once, **changes}).location == "/ids/request/mine"
    return once


@pytest.mark.parametrize("landlord", landlords.keys())
def test_the_start_page_offers_both_side_by_side(app: Flask, landlord: str) -> None:
    page = Visitor(app, landlord).get("")
    [row] = [each for each in page.main.iter("div") if each.get("class") == "govuk-grid-row"]
    links = [link.get("href") for column in row for link in column.iter("a")]
    assert links == [f"/{landlord}/complain/what-happened", f"/{landlord}/request"]
    assert f"/{landlord}/complain/what-happened" in Visitor(app, landlord).get("request").html


def test_a_request_is_recorded_and_told_in_writing(app: Flask, visitor: Visitor) -> None:
    ask(visitor, hazard="yes")
    stored = only_request(app)
    assert (stored.words, stored.hazard, stored.done_at) == (ASKED["words"], True, None)
    page = visitor.get("request/mine")
    assert stored.reference in page.words
    assert "The kitchen tap drips." in page.words
    with app.extensions["database"].session() as session:
        link = session.scalars(select(Link)).one()
        assert (link.purpose, link.to_address) == (LinkPurpose.SERVICE_REQUEST, ASKED["email"])
        told = link_email(
            link,
            landlords.landlord("ids"),
            sender="portal@example.org",
            base_url="https://example.org",
            secret_key=app.extensions["settings"].secret_key,
        )
    assert stored.reference in told.subject
    assert stored.reference in told.body
    assert "complaint at any time" in " ".join(told.body.split())
    assert "tap" not in f"{told.subject} {told.body}", "what it is about stays on the page"
    assert count(app, ComplaintRow) == 0


def test_what_is_missing_is_said_and_nothing_is_lost(app: Flask, visitor: Visitor) -> None:
    page = visitor.post("request", {**ASKED, "words": " ", "email": "not an address"})
    assert page.status == 422
    assert set(page.errors) == {"#words", "#email"}
    assert page.value("address") == ASKED["address"]
    assert page.value("email") == "not an address"
    assert count(app, ServiceRequest) == 0


def test_a_second_press_makes_no_second_request(app: Flask, visitor: Visitor) -> None:
    once = ask(visitor)
    assert visitor.post("request", {**ASKED, "once": once}).location == "/ids/request/mine"
    assert count(app, ServiceRequest) == 1


def test_one_press_makes_a_linked_complaint_and_the_request_goes_on(
    app: Flask, visitor: Visitor, clock: StoppedClock, office: Office
) -> None:
    ask(visitor, hazard="yes")
    assert visitor.post("request/mine", {"words": "Nobody came."}).location == "/ids/request/complaint"
    asked, case = only_request(app), only_case(app).case
    assert asked.complaint_reference == case.reference
    assert asked.done_at is None
    told = case.received
    assert told.what_happened == (
        f"I am unhappy with how my request {asked.reference} of Thursday 17 December 2026 was dealt with.\n\n"
        f"Nobody came.\n\nThis is what I asked for:\n\n{ASKED['words']}"
    )
    assert (told.person.name, told.person.postcode, told.reply_by) == ("Resident One", "N1 0AA", ReplyBy.EMAIL)
    assert case.service_requests == (asked.reference,)
    assert Flag.HAZARD in case.flags
    visitor.credentials = visitor.printed_on("request/complaint")
    assert visitor.open(*visitor.credentials).location == "/ids/my-complaint"
    assert visitor.post("request/mine").location == "/ids/request/complaint"
    assert count(app, ComplaintRow) == 1, "a second press makes no second complaint"
    assert case.reference in visitor.get("request/mine").words
    assert visitor.post("request/forget").status == 200
    assert visitor.get("request/complaint").location == "/ids/request/mine"


def test_a_link_opens_the_request_by_its_button_alone(app: Flask, visitor: Visitor, clock: StoppedClock) -> None:
    ask(visitor)
    with app.extensions["database"].session() as session:
        key = app.extensions["settings"].secret_key
        path = address_of(session.scalars(select(Link)).one(), base_url="", secret_key=key)
    clock.move_to(THURSDAY + timedelta(days=30))
    assert visitor.get("request/mine").location == "/ids/request", "an hour has passed"
    another = Visitor(app)
    for _ in range(5):
        assert "tap" not in another.get(path).html
    assert another.get("request/mine").location == "/ids/request"
    assert another.post(path).location == "/ids/request/mine"
    assert "The kitchen tap drips." in another.get("request/mine").words
    assert Visitor(app, "ivh").post(path.replace("/ids/", "/ivh/")).status == 404
    clock.move_to(THURSDAY + timedelta(days=181))
    assert Visitor(app).post(path).status == 404


def test_without_an_email_address_somebody_has_to_write(app: Flask, visitor: Visitor) -> None:
    ask(visitor, email="")
    assert only_request(app).told_at is None
    assert count(app, Link) == 0
    assert "We write to you by post." in visitor.get("request/mine").words


def test_nobody_without_a_request_can_complain_about_one(app: Flask, visitor: Visitor) -> None:
    assert visitor.post("request/mine").location == "/ids/track"
    assert visitor.get("request/complaint").location == "/ids/request/mine"
    assert count(app, ComplaintRow) == 0
