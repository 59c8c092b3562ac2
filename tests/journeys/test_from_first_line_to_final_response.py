"""One complaint from its first line to the final response, in a real browser, under every policy."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser

from tests.conftest import ONE_DATABASE
from tests.journeys.looking import Screen
from tests.journeys.people import Portal, Resident, Staff

# Every landlord once and every way once: what differs between landlords is the policy; the pages they are shown on
# are the same, so that no way of using a browser needs all of them.
WAYS = [
    ("ids", Screen(1280, mouse=True), ONE_DATABASE),
    ("ivh", Screen(320), "postgresql"),
    ("hs", Screen(1280, scripts=False, closely=False), "postgresql"),
    ("ih", Screen(1280, keyboard=True, closely=False), ONE_DATABASE),
    ("ms", Screen(320, scripts=False, closely=False), ONE_DATABASE),
]


@pytest.mark.parametrize(("landlord", "screen", "kept_in"), WAYS, ids=str)
def test_a_whole_complaint(portal: Portal, browser: Browser, landlord: str, screen: Screen) -> None:
    office = portal.office(landlord)
    resident = Resident(browser, screen, portal, landlord)
    lead = Staff(browser, screen, portal, landlord)
    handler = Staff(browser, screen, portal, landlord)
    second = Staff(browser, screen, portal, landlord)

    resident.complains("The roof leaks and nobody called back.")
    resident.finds_on_the_doormat(": we have received what you sent us")
    resident.follows_it()

    lead.signs_in(office.lead)
    lead.assigns(resident.reference, office.handler)
    handler.signs_in(office.handler)
    handler.declares_no_conflict(resident.reference)
    handler.acknowledges(resident.reference)
    portal.it_is(date(2026, 11, 2))
    handler.answers(resident.reference)
    resident.reads_every_letter()

    resident.asks_for_stage_2()
    lead.assigns(resident.reference, office.second)
    second.signs_in(office.second)
    second.declares_no_conflict(resident.reference)
    second.acknowledges(resident.reference)
    second.answers(resident.reference)
    resident.finds_on_the_doormat(": our final answer")
    resident.reads_every_letter()
    lead.goes_to("staff/?view=ended")
    lead.opens(resident.reference)

    case = office.case(resident.reference).case
    assert (case.stage, case.status) == (2, "responded")
    for person in (resident, lead, handler, second):
        person.leaves()
