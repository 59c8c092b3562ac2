"""What is asked of every page that a browser shows: its structure, axe, and that nothing is wider than the screen."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import page as shape

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "reporter": "no-passes",
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text as widely spaced as anybody may set it (WCAG 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
  * { word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
USUAL_TYPE = {"standard": 16, "fixed": 13}
# How much larger than usual somebody may set the text alone (WCAG 1.4.4) on a screen of its width. Another who enlarges
# all to 400% in a window of 1280 px sees what fits into 320 px.
LARGER_TEXT = {1280: (2, 4)}
# With styles of the reader's own: how much wider than the screen it gets, and which words are cut off.
DOES_NOT_FIT = """styles => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    const hides = style.overflowX === "hidden" || style.overflowY === "hidden" || style.overflowX === "clip";
    const hidden = each.clientWidth <= 1 || each.clientHeight <= 1;  // for screen readers alone
    const over = each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
    return hides && !hidden && over && each.textContent.trim() && !["TEXTAREA", "SELECT"].includes(each.tagName);
  }).map(each => each.outerHTML.slice(0, 200));
  document.adoptedStyleSheets = [];
  return [wide, cut];
}"""
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)


@dataclass(frozen=True)
class Screen:
    """How somebody uses the portal."""

    width: int = 1280
    scripts: bool = True
    keyboard: bool = False
    closely: bool = True
    """Whether axe looks too, and every size of type is tried: not on pages that other journeys come past."""

    def __str__(self) -> str:
        how = "keyboard" if self.keyboard else "scripts" if self.scripts else "no scripts"
        return f"{self.width} px, {how}"

    def opened(self, browser: Browser, *, scripts: bool) -> BrowserContext:
        size = {"width": self.width, "height": 900}
        return browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")  # type: ignore[arg-type]


# What makes no difference to axe: where links lead, what is filled in; nor which words stand there, nor how often.
VALUES = re.compile(r"href|action|formaction|value|content|datetime|src|hx-.*|data-.*")
# A folder for a picture of each page that looks new, so that a person can look as well.
PICTURES = os.environ.get("PORTAL_TEST_PICTURES")
WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_seen_by_axe: set[tuple[int, frozenset[str]]] = set()
_axe_runs_in: dict[int, Page] = {}


class Form(HTMLParser):
    """A page without its words and values: two pages with the same form are the same to axe.

    The landlord's colours have no part in it; that they are dark enough is asked when its file is read. That
    headings are in order and ids unique, which depends on how often something is there, is asked of every page.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open = [""]
        self.paths: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What scripts change shows in the elements that they change; that there are scripts stands at the top of all.
        told = [] if tag in {"html", "body"} else attrs
        rest = sorted(f"{name}={value}" for name, value in told if not VALUES.fullmatch(name))
        self.open.append(f"{self.open[-1]}/{tag} {' '.join(rest)}")
        self.paths.add(self.open[-1])
        if tag in WITHOUT_END:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHOUT_END:
            self.open.pop()


@dataclass
class Inspector:
    """Looks at what one person sees."""

    browser: Browser
    screen: Screen

    def check(self, page: Page) -> None:
        where, html = f"{page.url} ({self.screen})", page.content()
        shape.check(html, where, from_browser=True)
        wide = page.evaluate(TOO_WIDE)
        assert wide <= 0, f"{where} is {wide} px wider than the screen"
        if not self.screen.closely:
            return
        still = SCRIPTS.sub("", html)
        form = (self.screen.width, frozenset(Form(still).paths))
        if form in _seen_by_axe:
            return
        self._fits(page, f"{where}, once its text is spaced out,", SPACED)
        self._fits_in_larger_type(page, where)
        if PICTURES:
            self._takes_a_picture(page, Path(PICTURES))
        wrong = violations(self._copied(page, still))
        assert not wrong, f"{where}\n" + "\n".join(wrong)
        _seen_by_axe.add(form)

    def _fits_in_larger_type(self, page: Page, where: str) -> None:
        """As somebody sees it who has set the text larger in the browser, and nothing else."""
        browser = page.context.new_cdp_session(page)
        for times in LARGER_TEXT.get(self.screen.width, ()):
            browser.send("Page.setFontSizes", {"fontSizes": {name: size * times for name, size in USUAL_TYPE.items()}})
            self._fits(page, f"{where}, in type of {times} times the size,")
        browser.send("Page.setFontSizes", {"fontSizes": USUAL_TYPE})
        browser.detach()

    def _fits(self, page: Page, where: str, styles: str = "") -> None:
        wide, cut = page.evaluate(DOES_NOT_FIT, styles)
        assert wide <= 0, f"{where} is {wide} px wider than the screen"
        assert not cut, f"{where} cuts words off:\n" + "\n".join(cut)

    def _takes_a_picture(self, page: Page, folder: Path) -> None:
        name = re.sub(r"\W+", "-", f"{urlsplit(page.url).path} {page.title()[:40]} {self.screen}").strip("-")
        number = len(list(folder.glob(f"{name}*")))
        # To hide the caret it would put a style into the page, which the page's own policy forbids.
        page.screenshot(path=folder / f"{name}-{number}.png", full_page=True, caret="initial")

    def _copied(self, page: Page, html: str) -> Page:
        """The same page where axe is running already: it takes longer to start than to look.

        Axe is itself a script, and the page's own may be off; what they have made of the page is in `html`.
        """
        if self.screen.width not in _axe_runs_in:
            _axe_runs_in[self.screen.width] = self.screen.opened(self.browser, scripts=True).new_page()
        copy = _axe_runs_in[self.screen.width]
        address = urlsplit(page.url)
        origin = f"{address.scheme}://{address.netloc}/"
        if copy.url != origin:  # so that the copy's addresses lead to the same places
            copy.goto(origin)
            copy.evaluate(Axe().axe_script)
        copy.set_content(html)
        return copy


def violations(page: Page) -> list[str]:
    """What axe finds, but for what the component library does on purpose: a line for each."""
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
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
