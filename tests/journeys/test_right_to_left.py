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
from tests.journeys.people import Portal
from tests.made_up import RIGHT_TO_LEFT

# Where things stand, from the left and from the right edge of the page. Lines of text break elsewhere in another
# language, so only boxes are compared: where they begin, as the reader sees it.
BOXES = """() => [...document.querySelectorAll(`
    header a, main, h1, .govuk-back-link, form, fieldset, label, input:not([type=hidden]), textarea, details, dt,
    button:first-child, .portal-deadlines
`)].map(each => {
    const box = each.getBoundingClientRect(), width = document.documentElement.clientWidth
    return { what: `${each.tagName} ${each.className} ${each.id}`, left: box.left, right: width - box.right }
})"""
PATHS = ("", "complain/what-happened", "complain/when", "complain/your-home", "complain/making-it-easier", "track")
OWN_PATHS = ("my-complaint", "my-complaint/what-you-told-us", "my-complaint/contact", "my-complaint/messages")


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    folder = made_up.catalogue(tmp_path / "languages", RIGHT_TO_LEFT)
    return {"PORTAL_LANGUAGES": f"en_GB,{RIGHT_TO_LEFT}", "PORTAL_LANGUAGE_FOLDER": str(folder)}


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


def boxes(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(BOXES)
    return found
