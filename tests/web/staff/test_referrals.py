"""Passing a part of a complaint on, through the pages: what staff see, what the resident sees, and what nobody sees."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import tostring

import pytest
from flask import Flask

from portal.domain.events import ReplyBy
from portal.domain.law import HazardKind
from portal.domain.routes import Route
from tests.actions.office import Office, ten_oclock
from tests.actions.test_referrals import SECRET, move, notice_law, refer
from tests.builders import MONDAY
from tests.web.answer import Answer, text_of
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

TUESDAY = MONDAY + timedelta(days=1)
PASSED_ON = {"route": "asb", "part": "The neighbours shout all night.", "owner": "The neighbourhood team"}


def test_a_part_is_passed_on_after_a_preview_and_shown_to_both_sides(app: Flask, lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    status = office.case(reference).case.position
    preview = lead.post(f"cases/{reference}/refer", PASSED_ON)
    assert preview.heading == "Check the letter"
    assert "The neighbourhood team" in preview.words
    assert office.case(reference).case.referrals == ()
    assert lead.post(f"cases/{reference}/refer", {**PASSED_ON, "press": "send"}).status == 303
    page = lead.get(f"cases/{reference}")
    assert "The neighbours shout all night." in page.words
    assert "(IDS 3.4)" in page.words
    assert office.case(reference).case.position == status
    resident = the_resident(app, office, reference)
    page = resident.get("my-complaint")
    assert "Anti-social behaviour" in page.words
    assert "Your complaint goes on beside this, with the same dates." in page.words
    done = {"which": "1", "step": "completed", **day("on", MONDAY), "words": "They were spoken to."}
    assert lead.post(f"cases/{reference}/referral", done).status == 303
    assert "They were spoken to." in resident.get("my-complaint").words
    assert lead.get(f"cases/{reference}/referral").status == 403, "nothing that was passed on is open"


@pytest.mark.parametrize("route", [Route.SAFEGUARDING])
def test_what_is_confidential_is_shown_to_nobody_without_need(
    app: Flask, lead: Browser, office: Office, route: Route
) -> None:
    reference = office.acknowledged(MONDAY)
    refer(office, reference, route, MONDAY, note="He must not know")
    move(office, reference, "taken_on", MONDAY, owner="The quiet team", words="Visited on Monday")
    resident = the_resident(app, office, reference)
    secrets = (SECRET, "He must not know", "The other team", "The quiet team", "Visited", "0199")
    pages = [resident.get("my-complaint"), *(resident.get(link) for link in letters_of(resident))]
    pages += [Browser(app).sign_in(who).get(f"cases/{reference}") for who in (office.colleague, office.auditor)]
    pages.append(Browser(app).sign_in(office.colleague).get(f"cases/{reference}/referral"))
    for page in pages:
        for secret in (*secrets, "Safeguarding", "safeguarding"):
            assert secret not in page.html, f"{secret} on {page.path}"
    assert "to people who work in confidence" in pages[0].words
    for secret in secrets[:2]:
        assert secret in lead.get(f"cases/{reference}").words
    office.name(reference, MONDAY, office.lead.user_id)
    assert SECRET not in lead.get(f"cases/{reference}").html, "it is about them"


def test_whom_it_may_be_about_sees_nothing_of_it_and_others_not_who_did_it(
    app: Flask, lead: Browser, office: Office
) -> None:
    reference = office.submit(MONDAY, reply_by=ReplyBy.POST)
    refer(office, reference, Route.SAFEGUARDING, MONDAY, note="He must not know")
    move(office, reference, "taken_on", MONDAY)
    letter = office.letters(reference)[-1]
    office.name(reference, MONDAY, office.colleague.user_id)
    named, other = Browser(app).sign_in(office.colleague), Browser(app).sign_in(office.auditor)
    page = named.get(f"cases/{reference}")
    for words in ("A part was passed on", "What was passed on", "In confidence"):
        assert words not in page.html, words
    for who in (named, other):
        # A letter has a date, and so tells when it was passed on.
        assert str(letter.id) not in who.get(f"cases/{reference}").html
        for address in ("", "/letter.pdf"):
            assert who.get(f"cases/{reference}/letters/{letter.id}{address}").status == 404
        assert str(letter.id) not in who.get().html, "nor among the letters to post"
    assert str(letter.id) in lead.get().html
    assert str(letter.id) in lead.get(f"cases/{reference}").html
    items = items_of(other.get(f"cases/{reference}"))
    for title in ("A part was passed on", "What was passed on: news", "Letter written: What was passed on"):
        assert "portal-timeline__when" not in items[title], title
        assert office.lead.name not in items[title]
    assert "portal-timeline__when" in items_of(lead.get(f"cases/{reference}"))["A part was passed on"]


def items_of(page: Answer) -> dict[str, str]:
    """What happened, each by its title."""
    items = [each for each in page.tree.iter("li") if each.get("class") == "portal-timeline__item"]
    return {text_of(each.find("h3")): tostring(each, encoding="unicode") for each in items}


def test_a_letter_that_is_held_back_is_neither_shown_nor_sent(app: Flask, lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    letters = len(office.letters(reference))
    said = {**PASSED_ON, "route": "safeguarding", "held_back": "y"}
    assert "#why_not_told" in lead.post(f"cases/{reference}/refer", said).errors
    said["why_not_told"] = "He reads her letters."
    preview = lead.post(f"cases/{reference}/refer", said)
    assert preview.heading == "No letter goes"
    assert lead.post(f"cases/{reference}/refer", {**said, "press": "send"}).status == 303
    assert len(office.letters(reference)) == letters
    assert "He reads her letters." in lead.get(f"cases/{reference}").words
    page = the_resident(app, office, reference).get("my-complaint")
    assert "Passed on to others" not in page.words
    assert "He reads" not in page.html


def test_the_hour_of_an_emergency_is_asked_for_and_without_it_nothing_is_called_done(
    app: Flask, lead: Browser, office: Office
) -> None:
    reference = office.acknowledged(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY, hazard=HazardKind.EMERGENCY)
    done = {"which": "1", "step": "investigated", **day("on", MONDAY)}
    assert "14:30" in lead.post(f"cases/{reference}/referral", {**done, "at_time": "ten"}).errors["#at_time"]
    assert lead.post(f"cases/{reference}/referral", done).status == 303
    assert "Not known whether in time" in lead.get(f"cases/{reference}").words
    assert "we cannot say that it was in time" in the_resident(app, office, reference).get("my-complaint").words
    assert lead.post(f"cases/{reference}/referral", {**done, "step": "made_safe", "at_time": "10.00"}).status == 303
    assert office.case(reference).case.referrals[0].hazard.safe_at == ten_oclock(MONDAY)


def the_resident(app: Flask, office: Office, reference: str) -> Visitor:
    """Whose forms, unlike those of staff in these tests, need their token."""
    resident = Visitor(app)
    app.config["WTF_CSRF_ENABLED"] = True
    resident.open(reference, office.issue_code(reference, MONDAY))
    app.config["WTF_CSRF_ENABLED"] = False
    return resident


def letters_of(resident: Visitor) -> list[str]:
    links = (each.get("href", "") for each in resident.get("my-complaint").main.iter("a"))
    return [each for each in links if "/letters/" in each]


def test_a_hazard_is_refused_at_its_fields_and_nothing_typed_is_lost(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    said = {**PASSED_ON, "route": "hazard"}
    assert "#hazard" in lead.post(f"cases/{reference}/refer", said).errors
    said["hazard"] = "emergency"
    page = lead.post(f"cases/{reference}/refer", said)
    assert "law counts from then" in page.errors["#aware_on-day"]
    assert page.value("part") == PASSED_ON["part"]
    said |= {**day("aware_on", MONDAY), "aware_time": "2 pm"}
    page = lead.post(f"cases/{reference}/refer", said)
    assert "14:30" in page.errors["#aware_time"]
    said["aware_time"] = "9.05"
    preview = lead.post(f"cases/{reference}/refer", said)
    assert "We count 24 hours from 09:05 on Monday 2 November 2026" in preview.words
    assert lead.post(f"cases/{reference}/refer", {**said, "press": "send"}).status == 303
    assert "Danger or hazard" in lead.get("").words


def test_a_route_that_this_landlord_has_not_is_refused(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = lead.post(f"cases/{reference}/refer", {**PASSED_ON, "route": "insurance"})
    assert page.status == 422
    assert "#route" in page.errors or "#route-0" in page.errors


def test_the_queue_has_a_view_of_the_dates_of_the_law(lead: Browser, office: Office) -> None:
    reference, other = office.submit(MONDAY), office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY, hazard=HazardKind.EMERGENCY, aware_at=ten_oclock(MONDAY))
    assert "Dates of the law (1)" in lead.get("").words
    page = lead.get("?view=law")
    assert reference in page.words
    assert other not in page.words
    assert "By law: Tue 3 Nov" in page.words
    notice_law(office, ten_oclock(MONDAY + timedelta(days=2)))
    assert "Date of the law missed" in lead.get("?view=law").words
    case = lead.get(f"cases/{reference}").words
    assert "Date of the law missed" in case
    assert "The resident has been told that we are late" in case
