"""A session that ends by itself says so before, with scripts and without, and goes on by one press (WCAG 2.2.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.actions.office import Office
from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import Portal, Resident, Staff
from tests.journeys.test_what_a_screen_reader_says import Reader


def at_their_complaint(portal: Portal, browser: Browser, screen: Screen, office: Office) -> Resident:
    """In the middle of a message."""
    resident = Resident(browser, screen, portal, "ids")
    resident.reference = office.submit(MONDAY)
    resident.code = office.issue_code(resident.reference, MONDAY)
    if screen.scripts:
        resident.page.clock.install()
    resident.opens_it()
    resident.goes_to("my-complaint/messages")
    resident.fills_in(words="The roof\nleaks again.")
    return resident


def an_hour_later(portal: Portal, minutes: int) -> None:
    portal.clock.move_to(portal.clock.now() + timedelta(minutes=minutes))


def test_with_scripts_somebody_is_asked_five_minutes_before(portal: Portal, browser: Browser) -> None:
    resident = at_their_complaint(portal, browser, Screen(320), portal.office("ids"))
    page, asked = resident.page, resident.page.get_by_role("dialog", name="Are you still there?")
    page.clock.run_for("54:00")
    expect(asked).to_be_hidden()
    an_hour_later(portal, 56)
    page.clock.run_for("02:00")
    expect(asked).to_be_visible()
    assert Reader(resident).focus() == ["button: Stay for longer"]
    resident.looks()
    page.get_by_role("button", name="Exit this page").click(trial=True)  # the way out is free
    asked.get_by_role("button", name="Stay for longer").click()
    expect(asked).to_be_hidden()
    resident.reads("Open on this device until 2 November 2026 at 11:56am")
    assert page.locator('main [name="words"]').input_value() == "The roof\nleaks again."
    an_hour_later(portal, 58)  # two hours after the code was typed, all but six minutes
    resident.presses("Send the message")
    resident.reads("The roof\nleaks again.")
    page.clock.run_for("01:01:00")
    over = page.get_by_role("dialog", name="closed on this device now")
    expect(over).to_contain_text("enter your reference and code again")
    over.get_by_role("button", name="Close this message").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    resident.leaves()


def test_without_scripts_a_page_beside_it_keeps_it_open(portal: Portal, browser: Browser) -> None:
    resident = at_their_complaint(portal, browser, Screen(320, scripts=False), portal.office("ids"))
    resident.reads("Open on this device until 2 November 2026 at 11:00am")
    an_hour_later(portal, 58)
    with resident.page.context.expect_page() as beside:
        resident.page.get_by_role("link", name="Stay for longer (opens in a new tab)").click()
    beside.value.get_by_role("button", name="Stay for another hour").click()
    expect(beside.value.get_by_role("main")).to_contain_text("until 2 November 2026 at 11:58am")
    beside.value.close()
    an_hour_later(portal, 30)
    resident.presses("Send the message")
    resident.reads("The roof\nleaks again.")
    resident.leaves()


def test_without_scripts_staff_are_told_on_the_page(portal: Portal, browser: Browser) -> None:
    lead = Staff(browser, Screen(1280, scripts=False), portal, "ids")
    lead.signs_in(portal.office("ids").lead)
    lead.reads("You are signed out after an hour in which you open no page.")
    lead.leaves()


@pytest.mark.parametrize("stays", [True, False])
def test_staff_are_asked_too(portal: Portal, browser: Browser, stays: bool) -> None:
    office = portal.office("ids")
    lead = Staff(browser, Screen(1280), portal, "ids")
    lead.page.clock.install()
    lead.signs_in(office.lead)
    lead.goes_to(f"staff/cases/{office.submit(MONDAY)}/withdraw")
    asked = lead.page.get_by_role("dialog")
    lead.page.clock.run_for("55:00")
    expect(asked).to_contain_text("In five minutes you are signed out")
    if stays:
        asked.get_by_role("button", name="Stay for longer").click()
        expect(asked).to_be_hidden()
        lead.page.clock.run_for("53:00")
        expect(asked).to_be_hidden()
    else:
        lead.page.clock.run_for("05:00")
        expect(asked).to_contain_text("You are signed out now.")
    lead.leaves()
