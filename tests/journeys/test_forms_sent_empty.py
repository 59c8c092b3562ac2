"""An empty form says what it needs and takes the keyboard there; what htmx changes is told."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import Portal, Staff

SCREENS = [Screen(320, scripts=True), Screen(1280, scripts=False)]
TUESDAY = date(2026, 11, 3)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_staff(portal: Portal, browser: Browser, screen: Screen) -> None:
    """The forms that no whole complaint comes past."""
    office = portal.office("ids")
    under_way = office.acknowledged(MONDAY)
    answered = office.answered(MONDAY, TUESDAY)
    portal.it_is(TUESDAY)
    lead = Staff(browser, screen, portal, "ids")
    lead.signs_in(office.lead)
    lead.goes_to("staff/record")
    lead.sends_nothing()
    for act in ("extend", "decline", "withdraw", "new-code"):
        lead.opens(under_way, act)
        lead.sends_nothing()
    lead.opens(answered, "escalate")
    lead.sends_nothing()
    lead.leaves()


def test_what_changes_without_a_new_page_is_told(portal: Portal, browser: Browser) -> None:
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    lead = Staff(browser, Screen(320), portal, "ids")
    lead.signs_in(office.lead)

    lead.swaps_in(lead.page.get_by_role("link", name="Unassigned"))
    lead.hears("Unassigned: 1 complaint on this page")
    expect(lead.page.get_by_role("heading", name="Unassigned")).to_be_focused()

    lead.opens(reference, "acknowledge")
    lead.fills_in(points__0="The roof leaks")
    lead.swaps_in(lead.page.locator('button[value="add-points"]'))
    expect(lead.page.locator('[name="points-3"]')).to_be_focused()
    assert lead.page.locator('[name="points-0"]').input_value() == "The roof leaks"
    lead.leaves()
