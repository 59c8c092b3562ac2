"""Areas and restrictions: a complaint that is not for somebody's eyes does not exist for them, anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from portal import landlords
from portal.actions.choose_area import choose_area
from portal.clock import StoppedClock
from portal.domain.events import Person, ReplyBy
from portal.domain.permissions import Actor
from portal.domain.policy import Area
from portal.domain.representative_kinds import Standing
from portal.records.database import Database
from portal.records.models import User
from tests.actions import joining
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY, new_reference
from tests.web.representative.member import an_office, hand_in
from tests.web.staff.browser import Browser
from tests.web.staff.test_dissolution import form

pytestmark = pytest.mark.on_both

NAME = "Resident With A Name Of Their Own"


def restricted(office: Office, lead: Browser, *let_in: Actor) -> str:
    """A complaint with a letter to post, which some people alone may see."""
    person = Person(name=NAME, address="1 Example Street", postcode="N1 0AA", phone="01632 960 001")
    reference = office.submit(MONDAY, person=person, reply_by=ReplyBy.POST)
    said = {"user_ids": [str(each.user_id) for each in let_in], "reason": "It is about a colleague."}
    assert lead.post(f"cases/{reference}/restrict", said).status == 303
    return reference


def test_for_everybody_else_a_restricted_complaint_does_not_exist(
    app: Flask, lead: Browser, office: Office, clock: StoppedClock
) -> None:
    reference = restricted(office, lead, office.colleague)
    none = new_reference()
    letter = office.letters(reference)[0].id
    colleague = Browser(app).sign_in(office.colleague)
    assert colleague.get(f"cases/{reference}").status == 200
    for who in (office.handler, office.reviewer, office.recorder, office.adjustments_lead, office.auditor):
        browser = Browser(app).sign_in(who)
        for path in ("", "/assign", "/restrict", "/lift-restriction", "/files", f"/letters/{letter}"):
            hidden, unknown = browser.get(f"cases/{reference}{path}"), browser.get(f"cases/{none}{path}")
            assert (hidden.status, hidden.html.replace(reference, none)) == (unknown.status, unknown.html), path
            assert browser.post(f"cases/{reference}{path}").status in (404, 405)
        for path in ("", "?view=unassigned", "?view=due_soon", "safety-by-risk"):
            page = browser.get(path)
            assert reference not in page.html, path
            assert NAME not in page.html, path
        assert "All open (0)" in browser.get().words
    assert "All open (1)" in lead.get().words
    assert reference not in Browser(app).sign_in(office.oversight).get("oversight").html


def test_it_counts_as_before_and_its_handler_sees_it(app: Flask, lead: Browser, office: Office) -> None:
    reference = restricted(office, lead)
    assert Browser(app).sign_in(office.handler).get(f"cases/{reference}").status == 404
    office.assign(reference, MONDAY)
    assert Browser(app).sign_in(office.handler).get(f"cases/{reference}").status == 200
    assert office.notice_missed(MONDAY + timedelta(days=9)) == 1


def test_who_may_see_it_is_said_and_can_be_changed_and_lifted(app: Flask, lead: Browser, office: Office) -> None:
    reference = restricted(office, lead, office.colleague, office.recorder)
    page = lead.get(f"cases/{reference}")
    assert f"{office.colleague.name} and {office.recorder.name}" in page.words
    assert "It is about a colleague." in page.words
    form = lead.get(f"cases/{reference}/restrict")
    assert form.checked("user_ids") == [str(office.colleague.user_id), str(office.recorder.user_id)]
    offered = {each.get("value") for each in form.tree.iter("input") if each.get("name") == "user_ids"}
    assert str(office.auditor.user_id) in offered
    assert str(office.administrator.user_id) not in offered
    assert lead.post(f"cases/{reference}/restrict", {"user_ids": []}).errors.keys() == {"#reason"}
    assert lead.post(f"cases/{reference}/restrict", {"user_ids": ["999"], "reason": "Why."}).status == 422
    assert lead.post(f"cases/{reference}/lift-restriction", {"reason": ""}).errors.keys() == {"#reason"}
    assert lead.post(f"cases/{reference}/lift-restriction", {"reason": "It is not about them."}).status == 303
    assert Browser(app).sign_in(office.handler).get(f"cases/{reference}").status == 200
    assert lead.get(f"cases/{reference}/lift-restriction").status == 403


def test_the_access_log_does_not_name_it(app: Flask, lead: Browser, office: Office) -> None:
    reference = restricted(office, lead)
    lead.get(f"cases/{reference}")
    assert reference in lead.get("access-log").words
    for who in (office.auditor, office.administrator):
        watching = Browser(app).sign_in(who)
        assert reference not in watching.get("access-log").html
        assert "Not shown" in watching.get("access-log").words
        assert "no such line" in watching.get(f"access-log?reference={reference}").words


def test_a_request_that_became_a_restricted_complaint_does_not_name_it(
    app: Flask, lead: Browser, office: Office
) -> None:
    said = {"channel": "phone", "words": "A tap.", "offered": "request", "name": "R", "phone": "01632 960 001"}
    assert lead.post("requests/record", {**said, "once": "once"}).status == 303
    request = lead.get("requests").main.find(".//th/span/a").get("href").rpartition("/")[2]
    assert lead.post(f"requests/{request}/complaint").status == 200
    page = lead.get(f"requests/{request}")
    complaint = next(each.get("href") for each in page.main.iter("a") if "/cases/" in each.get("href", ""))
    reference = complaint.rpartition("/")[2]
    lead.post(f"cases/{reference}/restrict", {"user_ids": [], "reason": "Why."})
    handler = Browser(app).sign_in(office.handler)
    assert reference in lead.get(f"requests/{request}").html
    assert reference not in handler.get(f"requests/{request}").html
    assert "make it a complaint" not in handler.get(f"requests/{request}").html
    assert reference not in handler.post(f"requests/{request}/link", {"complaint": office.submit(MONDAY)}).html


@pytest.fixture
def areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The landlord has two areas, of which the north knows its postcodes."""
    two = (Area("north", "The north", ("N1", "N2 0")), Area("south", "The south"))
    landlord = replace(landlords.landlord("ids"), areas=two)
    original = landlords.landlord
    monkeypatch.setattr(landlords, "landlord", lambda key: landlord if key == "ids" else original(key))


def limited_to(database: Database, actor: Actor, *keys: str) -> Actor:
    with database.unit_of_work() as session:
        session.get_one(User, actor.user_id).areas = keys
    return replace(actor, areas=keys)


def test_an_area_is_known_by_the_postcode_and_can_be_chosen(
    app: Flask, lead: Browser, office: Office, database: Database, areas: None
) -> None:
    north = office.submit(MONDAY, person=Person(name="A", email="a@example.org", postcode="n1 0aa"))
    nowhere = office.submit(MONDAY, person=Person(name="B", email="b@example.org", postcode="N10 1AA"))
    assert [office.case(each).case.area for each in (north, nowhere)] == ["north", None]
    northern = Browser(app).sign_in(limited_to(database, office.handler, "north"))
    assert [northern.get(f"cases/{each}").status for each in (north, nowhere)] == [200, 404]
    assert "All open (1)" in northern.get().words
    assert lead.post(f"cases/{nowhere}/area", {"area": "mars"}).status == 422
    assert lead.post(f"cases/{nowhere}/area", {"area": "north"}).status == 303
    assert "The north" in lead.get(f"cases/{nowhere}").words
    page = northern.post(f"cases/{nowhere}/area", {"area": "south"})
    assert (page.status, page.location) == (303, "/ids/staff/")
    assert northern.get(f"cases/{nowhere}").status == 404


def test_what_belongs_to_no_area_is_seen_by_complaints_officers_of_every_area(
    app: Flask, office: Office, database: Database, areas: None
) -> None:
    nowhere = office.submit(MONDAY, person=Person(name="B", email="b@example.org"))
    southern = Browser(app).sign_in(limited_to(database, office.lead, "south"))
    assert southern.get(f"cases/{nowhere}").status == 200


def test_an_elected_office_ends_in_every_area_and_each_officer_is_told_of_their_own(
    app: Flask, office: Office, database: Database, areas: None
) -> None:
    mp = an_office(office)
    cases = [hand_in(office, mp, name=f"Of the {area}") for area in ("north", "south")]
    office.do(choose_area, office.lead, cases[1], "south", on=MONDAY)  # the postcode of both is in the north
    northern = Browser(app).sign_in(limited_to(database, office.lead, "north"))
    done = northern.post("offices/dissolution", form(mp))
    assert done.status == 303
    for reference in cases:
        assert office.case(reference).case.representatives[0].standing(MONDAY) is Standing.ENDED
    page = northern.page(northern.client.get(done.location))
    assert "Of the north" in page.words
    assert not [each for each in (cases[1], "Of the south") if each in page.html]
    assert "1 open case is not listed" in page.words


def test_a_landlord_without_areas_offers_none(lead: Browser, office: Office, clock: StoppedClock) -> None:
    reference = office.submit(MONDAY)
    assert lead.get(f"cases/{reference}/area").status == 403
    assert clock.now() == ten_oclock(MONDAY)


def test_the_access_log_tells_a_limited_officer_nothing_of_a_complaint_out_of_sight(
    app: Flask, lead: Browser, office: Office, database: Database, areas: None
) -> None:
    """What they see is the same, line for line, as if they had tried a reference that nobody has."""
    south, none = (
        office.submit(MONDAY, person=Person(name="S", email="s@example.org", postcode="SW1 1AA")),
        new_reference(),
    )
    office.do(choose_area, office.lead, south, "south", on=MONDAY)
    lead.get(f"cases/{south}")
    northern = Browser(app).sign_in(limited_to(database, office.lead, "north"))
    for reference in (south, none):
        assert northern.get(f"cases/{reference}").status == 404
    log = northern.get("access-log")
    assert "2 lines on this page" in log.html, "the look from before is none of them"
    assert not [each for each in (south, none) if each in log.html]
    for reference in (south, none):
        assert "no such line" in northern.get(f"access-log?reference={reference}").words


def test_no_page_names_another_complaint_that_is_out_of_sight(
    app: Flask, lead: Browser, office: Office, database: Database, areas: None
) -> None:
    first, second = (office.submit(MONDAY, person=joining.RESIDENT) for _ in range(2))
    joining.join(office, first, second, MONDAY)
    joining.undo(office, second, MONDAY)
    office.do(choose_area, office.lead, second, "south", on=MONDAY)  # the postcode of both is in the north
    assert second in lead.get(f"cases/{first}").html
    northern = Browser(app).sign_in(limited_to(database, office.handler, "north"))
    page = northern.get(f"cases/{first}")
    assert page.status == 200
    assert second not in page.html
    assert "a complaint that you cannot open" in page.words
