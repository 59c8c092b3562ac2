"""What is asked of every page that a browser shows: its structure, axe, and that nothing is wider than the screen."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import page as shape
from tests.markup import tree_of

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}},
    "reporter": "no-passes",
}
# What the width of the screen decides, where it shows and hides the same.
OF_WIDTH = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
OF_WIDTH |= {"reporter": "no-passes"}
# Whether words are dark enough, and links stand out from them, takes axe longer than all the rest, and depends on what
# they stand in: it is asked once for each element with all that it stands in, and not once for each page.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "reporter": "no-passes"}
AXE = """async ([rules, contrast, values]) => {
  const known = window.darkEnough ??= new Map(), fresh = [], noMatter = new RegExp(`^(?:${values})$`);
  const visit = (element, above, inFresh) => {
    const told = [...element.attributes].filter(each => !noMatter.test(each.name)).map(each => each.name + each.value);
    const words = [...element.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim());
    const path = [above, element.tagName, words, ...told.sort()].join(" "), isKnown = known.has(path);
    if (!isKnown) known.set(path, known.size + 1);
    if (!isKnown && !inFresh) fresh.push(element);
    for (const child of element.children) visit(child, known.get(path), inFresh || !isKnown);
  };
  for (const each of document.body.children) visit(each, 0, false);
  const found = (await axe.run(document, rules)).violations;
  if (fresh.length) found.push(...(await axe.run({ include: fresh }, contrast)).violations);
  if (found.length) known.clear();
  return found;
}"""
SHOWN = "[...document.body.querySelectorAll('*')].map(each => Number(each.checkVisibility())).join('')"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOOK = f"() => ['<!DOCTYPE html>' + document.documentElement.outerHTML, {TOO_WIDE}]"
# Text as widely spaced as anybody may set it (WCAG 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
  * { word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
USUAL_TYPE = {"standard": 16, "fixed": 13}
# How much larger than usual somebody may set the text alone on a screen of its width; what has room then has more at
# the 200% of WCAG 1.4.4. Another who enlarges all to 400% in a window of 1280 px sees what fits into 320 px.
LARGER_TEXT = {1280: 4}
# With styles of the reader's own: how much wider than the screen it gets, and which words are cut off.
DOES_NOT_FIT = """styles => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("body *")].filter(each => {
    const over = each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
    const hidden = each.clientWidth <= 1 || each.clientHeight <= 1;  // for screen readers alone
    if (!over || hidden || ["TEXTAREA", "SELECT"].includes(each.tagName) || !each.textContent.trim()) return false;
    const style = getComputedStyle(each);
    return style.overflowX === "hidden" || style.overflowY === "hidden" || style.overflowX === "clip";
  }).map(each => each.outerHTML.slice(0, 200));
  document.adoptedStyleSheets = [];
  return [wide, cut];
}"""
# A browser that finds a form wrong before it is sent says so in words of its own, and not in ours.
STOPPED = """() => [...document.forms].filter(form => !form.noValidate && form.querySelector(":invalid"))
  .map(form => form.action)"""
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)


WIDTHS = {320: 1280, 1280: 320}
"""Each width that pages are looked at in, and the other one."""


@dataclass(frozen=True)
class Screen:
    """How somebody uses the portal."""

    width: int = 1280
    scripts: bool = True
    keyboard: bool = False
    mouse: bool = False
    """Moves a real pointer, which takes three times as long as a press that a script makes."""
    closely: bool = True
    """Whether axe looks too, and every size of type is tried: not on pages that other journeys come past."""

    def __str__(self) -> str:
        hand = "keyboard" if self.keyboard else "mouse" if self.mouse else ""
        return f"{self.width} px, {hand or ('scripts' if self.scripts else 'no scripts')}"

    def opened(self, browser: Browser, *, scripts: bool) -> BrowserContext:
        size = {"width": self.width, "height": 900}
        return browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")  # type: ignore[arg-type]


# What makes no difference to axe: where links lead, what is filled in, and how things are called, as `tests/page.py`
# asks of every page that names fit together; nor which words stand there, nor how often.
VALUES = re.compile(
    r"href|action|formaction|value|content|datetime|src|hx-.*|data-.*|id|for|name|aria-(describedby|labelledby|controls)"
)
# A folder for a picture of each page that looks new, so that a person can look as well.
PICTURES = os.environ.get("PORTAL_TEST_PICTURES")

Form = frozenset[tuple[int, str]]
_numbers = count(1)
_right: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
"""What was right on a screen of each width."""
_sound: dict[Form, str] = {}
"""Pages in which axe found nothing, and which of their elements were shown."""

_axe_runs_in: dict[int, Page] = {}


def form_of(root: Element) -> Form:
    """A page without its words and values: each element with all that it stands in, and its neighbour before it.

    A page that has nothing but what was right on other pages, in the same places, is not looked at closely again. The
    landlord's colours have no part in it; that they are dark enough is asked when its file is read. That headings are
    in order, ids unique and landmarks told apart is asked of every page.
    """
    waiting, form = [(root, 0, "")], set()
    while waiting:
        element, above, before = waiting.pop()
        # What scripts change shows in the elements that they change; that there are scripts stands at the top of all.
        told = {} if element.tag in {"html", "body"} else element.attrib
        rest = sorted(f"{name}={value}" for name, value in told.items() if not VALUES.fullmatch(name))
        path = _number_of((above, element.tag, *rest))
        form.add((path, before))
        before = ""
        for each in element:
            if each.tag != "script":
                waiting.append((each, path, before))
                before = f"{each.tag} {each.get('class')}"
    return frozenset(form)


@cache
def _number_of(_path: tuple[int | str, ...]) -> int:
    return next(_numbers)


@dataclass
class Inspector:
    """Looks at what one person sees."""

    browser: Browser
    screen: Screen

    def check(self, page: Page) -> None:
        """A page as it is shown now."""
        html, wide = page.evaluate(LOOK)
        where = f"{page.url} ({self.screen})"
        root = shape.check(html, where, from_browser=True).root
        assert wide <= 0, f"{where} is {wide} px wider than the screen"
        form, right = form_of(root), _right[self.screen.width]
        if self.screen.closely and not form <= right:
            copy = self._copied(page.url, html, self.screen.width)
            _looks_closely(page, copy, where, self.screen, form)
            right |= form

    def check_as_sent(self, html: str, address: str) -> None:
        """The same page as a browser without scripts and with a screen of the other width shows it."""
        screen = Screen(WIDTHS[self.screen.width], scripts=False)
        form, right = form_of(tree_of(html)), _right[screen.width]
        if self.screen.closely and not form <= right:
            where, copy = f"{address} ({screen})", self._copied(address, html, screen.width)
            stopped = copy.evaluate(STOPPED)
            assert not stopped, f"{where}: write novalidate on the form that is sent to {stopped}"
            _looks_closely(copy, copy, where, screen, form)
            right |= form

    def _copied(self, url: str, html: str, width: int) -> Page:
        """The same page where axe is running already: it takes longer to start than to look.

        Axe is itself a script, and the page's own may be off; what they have made of the page is in `html`.
        """
        if width not in _axe_runs_in:
            _axe_runs_in[width] = Screen(width).opened(self.browser, scripts=True).new_page()
        copy = _axe_runs_in[width]
        address = urlsplit(url)
        origin = f"{address.scheme}://{address.netloc}/"
        if copy.url != origin:  # so that the copy's addresses lead to the same places
            copy.goto(origin)
            copy.evaluate(Axe().axe_script)
        copy.set_content(SCRIPTS.sub("", html))
        return copy


def _looks_closely(page: Page, copy: Page, where: str, screen: Screen, form: Form) -> None:
    """Whether a page fits however it is set, and what axe finds on its copy."""
    _fits(page, f"{where}, once its text is spaced out,", SPACED)
    _fits_in_larger_type(page, where, screen)
    if PICTURES:
        _takes_a_picture(page, Path(PICTURES), where)
    shown = copy.evaluate(SHOWN)
    wrong = violations(copy, OF_WIDTH if _sound.get(form) == shown else RULES)
    assert not wrong, f"{where}\n" + "\n".join(wrong)
    _sound[form] = shown


def _fits_in_larger_type(page: Page, where: str, screen: Screen) -> None:
    """As somebody sees it who has set the text larger in the browser, and nothing else."""
    if times := LARGER_TEXT.get(screen.width):
        browser = page.context.new_cdp_session(page)
        browser.send("Page.setFontSizes", {"fontSizes": {name: size * times for name, size in USUAL_TYPE.items()}})
        _fits(page, f"{where}, in type of {times} times the size,")
        browser.send("Page.setFontSizes", {"fontSizes": USUAL_TYPE})
        browser.detach()


def _fits(page: Page, where: str, styles: str = "") -> None:
    wide, cut = page.evaluate(DOES_NOT_FIT, styles)
    assert wide <= 0, f"{where} is {wide} px wider than the screen"
    assert not cut, f"{where} cuts words off:\n" + "\n".join(cut)


def _takes_a_picture(page: Page, folder: Path, where: str) -> None:
    name = re.sub(r"\W+", "-", f"{urlsplit(where).path} {page.title()[:40]}").strip("-")
    number = len(list(folder.glob(f"{name}*")))
    # To hide the caret it would put a style into the page, which the page's own policy forbids.
    page.screenshot(path=folder / f"{name}-{number}.png", full_page=True, caret="initial")


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds, but for what the component library does on purpose: a line for each."""
    found = page.evaluate(AXE, [rules, CONTRAST, VALUES.pattern])
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
