"""Passing a part of a complaint on, through the pages: what staff see, what the resident sees, and what nobody sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.routes import Route
from tests.actions.office import Office
from tests.actions.test_referrals import SECRET, move, refer
from tests.builders import MONDAY
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
    pages += [Browser(app).sign_in(who).get(f"cases/{reference}") for who in (office.colleague, office.oversight)]
    pages.append(Browser(app).sign_in(office.colleague).get(f"cases/{reference}/referral"))
    for page in pages:
        for secret in (*secrets, "Safeguarding", "safeguarding"):
            assert secret not in page.html, f"{secret} on {page.path}"
    assert "to people who work in confidence" in pages[0].words
    for secret in secrets[:2]:
        assert secret in lead.get(f"cases/{reference}").words
    office.name(reference, MONDAY, office.lead.user_id)
    assert SECRET not in lead.get(f"cases/{reference}").html, "it is about them"


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
