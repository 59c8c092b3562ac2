"""Single keys and a typed reference, for staff with scripts; nothing happens while they write, or once it is off."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import Portal, Staff


def test_keys_lead_about_until_they_are_switched_off(portal: Portal, browser: Browser) -> None:
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    lead = Staff(browser, Screen(320), portal, "ids")
    lead.is_signed_in(office.lead)
    lead.goes_to("staff/workload")
    page, keys = lead.page, lead.page.keyboard
    keys.type(reference.replace("-", "").lower())
    page.wait_for_url(f"**/cases/{reference}")
    keys.press("s")
    page.wait_for_url("**/notes")
    page.locator("main textarea").focus()
    keys.type(f"? / l {reference}")
    expect(page.locator("main textarea")).to_have_value(f"? / l {reference}")
    page.locator("main textarea").blur()
    keys.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.locator("#find").blur()
    keys.press("?")
    shown = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shown).to_be_visible()
    lead.inspector.check(page)
    keys.press("l")
    expect(shown).to_be_visible()
    shown.get_by_role("checkbox").uncheck()
    keys.press("Escape")
    expect(shown).to_be_hidden()
    lead.goes_to(f"staff/cases/{reference}")
    for key in ("?", "/", "1", "l"):
        keys.press(key)
    expect(shown).to_be_hidden()
    expect(page.locator("#find")).not_to_be_focused()
    assert page.url.endswith(reference)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    shown.get_by_role("checkbox").check()
    shown.get_by_role("button", name="Close this list").click()
    keys.press("l")
    page.wait_for_url("**/staff/")
    assert lead.broken == []
