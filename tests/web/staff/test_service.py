"""What staff do with requests for service: record, settle, link, and make a complaint of one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.request_service import request_service
from portal.clock import StoppedClock
from portal.domain.events import Person
from portal.domain.service_request import ServiceWish
from portal.records.database import Database
from portal.records.enquiries import letters_about
from portal.records.models import AccessEntry, ServiceRequest
from portal.records.staff_tables import Access
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

ASKED = {
    "channel": "phone",
    "words": "The kitchen tap drips.",
    "offered": "request",
    "name": "Resident One",
    "phone": "01632 960 001",
    "once": "once",
}


@pytest.fixture
def reference(lead: Browser, database: Database) -> str:
    """A request that was recorded on a Monday for somebody without email."""
    assert lead.post("requests/record", ASKED).status == 303
    return stored(database).reference


def stored(database: Database) -> ServiceRequest:
    with database.session() as session:
        return session.scalars(select(ServiceRequest)).one()


def test_nobody_is_given_a_request_in_place_of_a_complaint(lead: Browser, database: Database) -> None:
    said = {name: value for name, value in ASKED.items() if name != "offered"}
    assert "want to complain" in lead.post("requests/record", said).errors["#offered"]
    page = lead.post("requests/record", {**said, "offered": "complaint"})
    assert (page.status, page.value("words")) == (422, "The kitchen tap drips.")
    with database.session() as session:
        assert session.scalars(select(ServiceRequest)).all() == []


def test_the_list_tells_the_age_and_what_to_notice(
    lead: Browser, reference: str, clock: StoppedClock, app: Flask, office: Office, database: Database
) -> None:
    clock.move_to(ten_oclock(MONDAY + timedelta(days=7)))
    lead = Browser(app).sign_in(office.lead)
    page = lead.get("requests")
    assert "open for 5 working days" in page.words
    assert "To tell in writing" in page.words
    with database.session() as session:
        letter = letters_about(session, "ids", reference)[0].id
    told = {**day("called_on", MONDAY + timedelta(days=7)), "reached": "yes", "words": "Read it out."}
    assert lead.post(f"letters/{letter}/called", told).status == 303
    assert "To tell in writing" not in lead.get("requests").words
    assert "what was done" in lead.post(f"requests/{reference}/done").errors["#outcome"]
    said = {"outcome": "A new washer; told by phone."}
    assert lead.post(f"requests/{reference}/done", said).status == 303
    assert stored(database).done_by_id == office.lead.user_id
    assert lead.post(f"requests/{reference}/done", said).status == 422, "once is enough"
    assert "A new washer" in lead.get(f"requests/{reference}").words


def test_one_press_makes_a_complaint_and_the_request_stays_open(
    lead: Browser, reference: str, office: Office, database: Database
) -> None:
    page = lead.post(f"requests/{reference}/complaint")
    assert page.heading == "Complaint recorded"
    request = stored(database)
    case = office.case(request.complaint_reference).case
    assert case.received.from_request == reference
    assert "The kitchen tap drips." in case.received.what_happened
    assert request.done_at is None
    assert lead.post(f"requests/{reference}/complaint").status == 303
    assert reference in lead.get(f"cases/{case.reference}").words
    assert lead.post(f"requests/{reference}/done", {"outcome": "Mended."}).status == 303
    assert office.case(case.reference).case.is_open, "that it is mended ends no complaint"


def test_a_request_is_linked_to_a_complaint_that_is_there(
    lead: Browser, reference: str, office: Office, database: Database
) -> None:
    complaint = office.submit(MONDAY)
    foreign = Office(database, "ivh").submit(MONDAY)
    for wrong in ("", "nonsense", foreign):
        assert "#complaint" in lead.post(f"requests/{reference}/link", {"complaint": wrong}).errors
    position = office.case(complaint).case.position
    assert lead.post(f"requests/{reference}/link", {"complaint": complaint.lower()}).status == 303
    case = office.case(complaint).case
    assert (case.service_requests, case.position) == ((reference,), position)
    assert "Linked to a request for service" in lead.get(f"cases/{complaint}").words
    assert complaint in lead.get(f"requests/{reference}").words
    assert lead.post(f"requests/{reference}/link", {"complaint": office.submit(MONDAY)}).status == 422


def test_an_auditor_reads_and_another_landlord_does_not(
    app: Flask, reference: str, office: Office, database: Database
) -> None:
    watching = Browser(app).sign_in(office.auditor)
    assert "<form" not in watching.get(f"requests/{reference}").html.partition("<main")[2]
    theirs = Browser(app, "ivh").sign_in(Office(database, "ivh").lead)
    assert theirs.get(f"requests/{reference}").status == 404
    for act in ("done", "told", "link", "complaint"):
        assert watching.post(f"requests/{reference}/{act}").status == 404
        assert theirs.post(f"requests/{reference}/{act}").status == 404


def test_requests_are_a_register_a_page_at_a_time_and_an_export_names_nobody(lead: Browser, office: Office) -> None:
    wish = ServiceWish(words="The tap drips.", channel="online", person=Person(name="Resident Nine"))
    with office.database.unit_of_work() as session:
        for minute in range(30):
            now = ten_oclock(MONDAY) + timedelta(minutes=minute)
            request_service(session, office.anyone(), office.landlord, wish, secret_key="0" * 32, now=now)
    page = lead.get("requests")
    assert page.words.count("Resident Nine") == 25
    following = lead.get("requests?show=waiting&after=25")
    assert following.words.count("Resident Nine") == 5
    text = lead.get("requests.csv").html
    assert "Resident Nine" not in text
    assert "drips" not in text
    assert len(text.strip().splitlines()) == 31
    assert "Nothing that was asked for is done yet." in lead.get("requests?show=done").words
    with office.database.session() as session:
        noted = session.scalars(select(AccessEntry.action).where(AccessEntry.access == Access.EXPORTED)).all()
    assert noted == ["SEE_SERVICE_REQUESTS"]
