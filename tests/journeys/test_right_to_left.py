"""A page that is read from right to left is the same page seen in a mirror, and nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import made_up
from tests.builders import MONDAY
from tests.journeys.looking import PICTURES, TOO_WIDE, Screen
from tests.journeys.people import PASSWORD, Portal
from tests.made_up import RIGHT_TO_LEFT

# Where things stand, from the left and from the right edge of the page. Lines of text break elsewhere in another
# language, so only boxes are compared: where they begin, as the reader sees it. What a tick would open is opened first.
BOXES = """() => {
const CLOSED = ['govuk-checkboxes__conditional--hidden', 'govuk-radios__conditional--hidden']
document.querySelectorAll('dialog:not([open])').forEach(each => each.show())
CLOSED.forEach(each => document.querySelectorAll('.' + each).forEach(part => part.classList.remove(each)))
return [...document.querySelectorAll(`
    header a, main, h1, .govuk-back-link, form, fieldset, label, input:not([type=hidden]), textarea, details, dt,
    button:first-child, .portal-deadlines
`)].map(each => {
    const box = each.getBoundingClientRect(), width = document.documentElement.clientWidth
    return { what: `${each.tagName} ${each.className} ${each.id}`, left: box.left, right: width - box.right }
})
}"""
PATHS = ("", "complain/what-happened", "complain/when", "complain/your-home", "complain/making-it-easier", "track")
OWN_PATHS = ("my-complaint", "my-complaint/what-you-told-us", "my-complaint/contact", "my-complaint/messages")


STAFF_PATHS = ("", "record", "petitions", "requests", "offices", "cases/{}", "cases/{}/acknowledge", "cases/{}/refer")

# The same page with the same words from the left, so that nothing but the direction differs.
TURNED_ROUND = """(styles) => new Promise(done => {
    const from_right = document.querySelector('link[rel=stylesheet][href*="portal-rtl"]')
    const from_left = document.createElement('link')
    Object.assign(from_left, { rel: 'stylesheet', href: styles, onload: done })
    document.documentElement.dir = 'ltr'
    from_right.replaceWith(from_left)
})"""


@pytest.fixture
def more_settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The second language is for residents alone; in the first are the pages of staff too."""
    folder = made_up.catalogue(tmp_path / "languages", RIGHT_TO_LEFT)
    languages = getattr(request, "param", f"en_GB,{RIGHT_TO_LEFT}")
    return {"PORTAL_LANGUAGES": languages, "PORTAL_LANGUAGE_FOLDER": str(folder)}


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_is_mirrored(portal: Portal, browser: Browser, width: int) -> None:
    office = portal.office("ids")
    reference = office.answered(MONDAY, MONDAY)
    context = Screen(width).opened(browser, scripts=True)
    page = context.new_page()
    start = f"{portal.address}/ids"
    page.goto(f"{start}/track")
    page.locator('[name="reference"]').fill(reference)
    page.locator('[name="code"]').fill(office.issue_code(reference, MONDAY))
    with page.expect_navigation():
        page.locator("main form button").first.click()
    wrong = [each for path in (*PATHS, *OWN_PATHS) for each in _not_mirrored(page, f"{start}/{path}", width)]
    context.close()
    assert not wrong, f"not mirrored at {width} px:\n" + "\n".join(wrong)


def _not_mirrored(page: Page, address: str, width: int) -> Iterator[str]:
    page.goto(f"{address}?language=en_GB")
    english = boxes(page)
    page.goto(f"{address}?language={RIGHT_TO_LEFT}")
    assert page.locator("html").get_attribute("dir") == "rtl"
    if PICTURES:
        name = f"{address.rsplit('/ids/', maxsplit=1)[-1].replace('/', '-')}-from-right-{width}.png"
        page.screenshot(path=Path(PICTURES) / name, full_page=True)
    if (wide := page.evaluate(TOO_WIDE)) > 0:
        yield f"{address} is {wide} px wider than the screen"
    for one, other in zip(english, boxes(page), strict=True):
        if abs(one["left"] - other["right"]) > 1:
            yield f"{address} {one['what']}: {one['left']:.0f} px from the left, {other['right']:.0f} px from the right"


@pytest.mark.parametrize("more_settings", [f"{RIGHT_TO_LEFT},en_GB"], indirect=True)
def test_a_page_of_staff_is_mirrored(portal: Portal, browser: Browser) -> None:
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    page = Screen(1280).opened(browser, scripts=True).new_page()
    page.goto(f"{portal.address}/ids/?language=en_GB")
    styles = page.locator('link[rel=stylesheet][href*="portal-"]').get_attribute("href")
    page.goto(f"{portal.address}/ids/staff/sign-in")
    page.locator('[name="email"]').fill(f"{office.lead.name.lower()}@example.org")
    page.locator('[name="password"]').fill(PASSWORD)
    with page.expect_navigation():
        page.locator('[name="password"]').press("Enter")
    wrong = [
        each
        for path in STAFF_PATHS
        for each in _not_turned_round(page, f"{portal.address}/ids/staff/{path.format(reference)}", str(styles))
    ]
    page.context.close()
    assert not wrong, "not mirrored:\n" + "\n".join(wrong)


def _not_turned_round(page: Page, address: str, styles: str) -> Iterator[str]:
    page.goto(address)
    assert (page.locator("html").get_attribute("dir"), page.url) == ("rtl", address)
    found = {}
    for direction in ("rtl", "ltr"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            found[direction, width] = boxes(page)
            if (wide := page.evaluate(TOO_WIDE)) > 0:
                yield f"{address} is {wide} px wider than a screen of {width} px, {direction}"
        if direction == "rtl":
            page.evaluate(TURNED_ROUND, styles)
    for width in (320, 1280):
        for one, other in zip(found["ltr", width], found["rtl", width], strict=True):
            if abs(one["left"] - other["right"]) > 1:
                yield f"{address} {one['what']} at {width} px: {one['left']:.0f}, from right {other['right']:.0f}"


def boxes(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(BOXES)
    return found
