"""What is asked of every page that a browser shows: its structure, axe, and that nothing is wider than the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import page as shape

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)


@dataclass(frozen=True)
class Screen:
    """How somebody uses the portal."""

    width: int = 1280
    scripts: bool = True
    keyboard: bool = False

    def __str__(self) -> str:
        how = "keyboard" if self.keyboard else "scripts" if self.scripts else "no scripts"
        return f"{self.width} px, {how}"

    def opened(self, browser: Browser, *, scripts: bool) -> BrowserContext:
        size = {"width": self.width, "height": 900}
        return browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")  # type: ignore[arg-type]


# What makes no difference to axe: which words stand there, where links lead, what is filled in.
WORDS = re.compile(r">[^<]*\S[^<]*<")
VALUES = re.compile(r'\b(href|action|formaction|value|content|datetime|hx-[a-z]+|data-[a-z-]+|src)="[^"]*"')
_seen_by_axe: set[tuple[int, str]] = set()


def form_of(html: str) -> str:
    """A page without its words and values: two pages with the same form are the same to axe.

    The landlord's colours have no part in it; that they are dark enough is asked when its file is read.
    """
    return WORDS.sub(">x<", VALUES.sub(r'\1="x"', SCRIPTS.sub("", html)))


@dataclass
class Inspector:
    """Looks at what one person sees. Closes what it has opened when told to."""

    browser: Browser
    screen: Screen
    _copy: Page | None = field(default=None, init=False)

    def check(self, page: Page) -> None:
        where, html = f"{page.url} ({self.screen})", page.content()
        shape.check(html, where, from_browser=True)
        wide = page.evaluate(TOO_WIDE)
        assert wide <= 0, f"{where} is {wide} px wider than the screen"
        form = (self.screen.width, form_of(html))
        if form in _seen_by_axe:
            return
        wrong = violations(page if self.screen.scripts else self._copied(page, html))
        assert not wrong, f"{where}\n" + "\n".join(wrong)
        _seen_by_axe.add(form)

    def _copied(self, page: Page, html: str) -> Page:
        """The same page where axe can run, which is itself a script. The page's own scripts stay off."""
        if self._copy is None:
            self._copy = self.screen.opened(self.browser, scripts=True).new_page()
            self._copy.goto(page.url.split("?")[0])  # for its origin, so that addresses lead to the same places
        self._copy.set_content(SCRIPTS.sub("", html))
        return self._copy

    def close(self) -> None:
        if self._copy is not None:
            self._copy.context.close()


def violations(page: Page) -> list[str]:
    """What axe finds, but for what the component library does on purpose: a line for each."""
    found = Axe().run(page, options=RULES).response["violations"]
    nodes = [(each, node) for each in found for node in each["nodes"]]
    return [f"{each['id']}: {each['help']}: {node['html'][:200]}" for each, node in nodes if not on_purpose(each, node)]


def on_purpose(violation: dict[str, Any], node: dict[str, Any]) -> bool:
    """Whether it is aria-expanded on a radio button that opens a field, and nothing else.

    ARIA does not foresee it there. GOV.UK Frontend keeps it because screen readers do announce it and nobody was
    found to be hindered: https://github.com/alphagov/govuk-frontend/issues/979.
    """
    if violation["id"] != "aria-allowed-attr":
        return False
    attributes = [attribute for check in node["any"] + node["all"] + node["none"] for attribute in check["data"] or []]
    opens = re.match(r'<input (?=[^>]*class="govuk-radios__input")[^>]*aria-controls="conditional-', node["html"])
    return bool(opens) and {attribute.split("=")[0] for attribute in attributes} == {"aria-expanded"}
