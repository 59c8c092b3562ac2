"""What looks at every page finds what is wrong with it, and finds it again after a page of the same form was right."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Inspector, Screen
from tests.journeys.people import Portal

# Old ways to say it, as the Content-Security-Policy lets nobody write styles into a page.
MISTAKES = [
    ('<p><font color="#cccccc">Pale words</font></p>', "color-contrast"),
    ('<div role="button" tabindex="0"></div>', "aria-command-name"),
    ('<p>See <a class="govuk-link--no-underline govuk-link--text-colour" href="/">it</a></p>', "link-in-text-block"),
    ('<p><img src="/favicon.ico" alt="" width="2000" height="1"></p>', "px wider"),
    ('<p id="main-content">Again</p>', "once"),
]


@pytest.mark.parametrize(("mistake", "named"), MISTAKES)
def test_a_mistake_is_found_on_a_page_that_was_right_before(
    portal: Portal, browser: Browser, mistake: str, named: str
) -> None:
    screen = Screen(320)
    page = screen.opened(browser, scripts=True).new_page()
    page.goto(f"{portal.address}/ids/")
    inspector = Inspector(browser, screen)
    inspector.check(page)
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", mistake)
    with pytest.raises(AssertionError, match=named):
        inspector.check(page)
    page.context.close()


NO_SCRIPTS = [
    ('<p><font color="#cccccc">Pale words</font></p>', "color-contrast"),
    ('<p><img src="/favicon.ico" alt="" width="2000" height="1"></p>', "px wider"),
    ('<form method="get"><label>Name <input name="name" required></label><button>Go</button></form>', "novalidate"),
]


@pytest.mark.parametrize(("mistake", "named"), NO_SCRIPTS)
def test_a_mistake_that_shows_without_scripts_on_the_other_width_is_found(
    portal: Portal, browser: Browser, mistake: str, named: str
) -> None:
    inspector, address = Inspector(browser, Screen(320)), f"{portal.address}/ids/"
    portal.app.test_client().get("/ids/")
    inspector.check_as_sent(portal.latest_page, address)
    with pytest.raises(AssertionError, match=rf"1280 px, no scripts[^:]*.*{named}"):
        inspector.check_as_sent(portal.latest_page.replace("</main>", f"{mistake}</main>"), address)


def test_what_a_narrow_screen_hides_is_looked_at_on_a_wide_one(portal: Portal, browser: Browser) -> None:
    inspector, address = Inspector(browser, Screen(320)), f"{portal.address}/ids/"
    page = inspector.screen.opened(browser, scripts=True).new_page()
    page.goto(address)
    unnamed = '<b role="button" tabindex="0"></b>'
    items = [f'<li class="govuk-pagination__item">{each}</li>' for each in ("1", unnamed, "3")]
    hidden = f"<ul>{''.join(items)}</ul>"
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", hidden)
    inspector.check(page)
    with pytest.raises(AssertionError, match="aria-command-name"):
        inspector.check_as_sent(portal.latest_page.replace("</main>", f"{hidden}</main>"), address)
    page.context.close()
