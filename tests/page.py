"""Every HTML answer that a test gets is looked at here, so that no page is ever built wrong unnoticed.

`tests/conftest.py` makes `CheckedClient` the client of every application; journeys hand `check` what
the browser shows. A failure names the element and says what to write.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import misspelt, tree_of

NAMELESS_INPUTS = {"hidden", "submit", "button", "image", "reset"}
REFERS_BY_ID = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list", "headers")
LOADS = ("src", "action", "formaction", "srcset", "poster", "data", "hx-get", "hx-post")
CONTROLS = ("input", "select", "textarea")


class PageError(AssertionError):
    """A page that is not well made; the text lists every mistake."""

    def __init__(self, where: str, mistakes: list[str]) -> None:
        super().__init__(f"{where} is not well made:\n" + "\n".join(f"  - {each}" for each in mistakes))
        self.mistakes = mistakes


def check(
    html: str, where: str, *, fragment: bool = False, from_browser: bool = False, for_residents: bool = False
) -> Page:
    """Raise `PageError` with every mistake in a page, or in a part of one, and else give it back as a tree.

    `from_browser`: the browser has already repaired the tags and scripts have added to them, so
    spelling and styles are not looked at.
    """
    page = Page(tree_of(html, fragment=fragment))
    mistakes = [] if from_browser else [f"write valid HTML: {each}" for each in misspelt(html, fragment=fragment)]
    rules = ANYWHERE if fragment else ANYWHERE + WHOLE_PAGE + ((has_a_way_out,) if for_residents else ())
    for rule in rules:
        if not (from_browser and rule in AS_SENT):
            mistakes += rule(page)
    if mistakes:
        raise PageError(where, mistakes)
    return page


class Page:
    """A parsed page and the questions that the rules ask of it."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.all = [each for each in root.iter() if isinstance(each.tag, str)]
        self.ids = Counter(each.attrib["id"] for each in self.all if "id" in each.attrib)

    def every(self, *tags: str) -> list[Element]:
        return [each for each in self.all if each.tag in tags]

    def with_class(self, name: str) -> list[Element]:
        return [each for each in self.all if name in each.get("class", "").split()]

    def inside(self, tag: str) -> Iterator[tuple[Element, Element]]:
        """Each element that stands in a `tag`, with that `tag`."""
        for outer in self.every(tag):
            yield from ((outer, inner) for inner in outer.iter() if inner is not outer)


def words(element: Element) -> str:
    """What a person reads or hears of an element."""
    told = "".join(element.itertext()) + " ".join(each.get("alt", "") for each in element.iter("img"))
    return " ".join((told + element.get("aria-label", "")).split())


def shown(element: Element) -> str:
    """An element as a failure names it."""
    attributes = " ".join(
        f'{name}="{value}"' for name, value in element.attrib.items() if name in {"id", "name", "href"}
    )
    return f"<{' '.join((str(element.tag), attributes)).strip()}> {words(element)[:40]!r}"


Rule = Callable[[Page], Iterator[str]]


def ids_are_unique(page: Page) -> Iterator[str]:
    yield from (
        f'give each id once: id="{name}" is there {times} times' for name, times in page.ids.items() if times > 1
    )
    yield from (f"give {shown(each)} an id that is not empty" for each in page.all if each.get("id") == "")


def references_lead_somewhere(page: Page) -> Iterator[str]:
    for each in page.all:
        for name in REFERS_BY_ID:
            for target in each.get(name, "").split():
                if target not in page.ids:
                    yield f'{shown(each)}: {name}="{target}" names no id on this page'
        href = each.get("href", "")
        if each.tag == "a" and href.startswith("#") and href[1:] not in page.ids:
            yield f"{shown(each)} leads to an id that is not on this page"


def controls_have_labels(page: Page) -> Iterator[str]:
    labelled = {each.get("for") for each in page.every("label") if words(each)}
    wrapped = {inner for label, inner in page.inside("label") if words(label)}
    for each in page.every(*CONTROLS):
        if each.tag == "input" and each.get("type", "text") in NAMELESS_INPUTS:
            continue
        if each.get("id") not in labelled and each not in wrapped and not each.get("aria-label"):
            yield f'write <label for="{each.get("id", "…")}"> for {shown(each)}'


def groups_have_legends(page: Page) -> Iterator[str]:
    grouped = {inner for _, inner in page.inside("fieldset")}
    names = Counter(each.get("name") for each in page.every("input") if each.get("type") == "radio")
    for each in page.every("input"):
        if each.get("type") == "radio" and names[each.get("name")] > 1 and each not in grouped:
            yield f"put the choices of {shown(each)} into a fieldset with a legend"
    for each in page.every("fieldset"):
        legends = [child for child in each if child.tag == "legend" and words(child)]
        if len(legends) != 1 and each.get("role") != "presentation":
            yield f"give the fieldset {shown(each)} one legend with words"


def headings_do_not_skip(page: Page) -> Iterator[str]:
    levels = [(int(each.tag[1]), each) for each in page.every("h1", "h2", "h3", "h4", "h5", "h6")]
    before = levels[0][0] if levels else 1
    for level, each in levels:
        if level > before + 1:
            yield f"write <h{before + 1}> instead of {shown(each)}: no level is left out"
        if not words(each):
            yield f"write words into {shown(each)}"
        before = level


def images_say_what_they_show(page: Page) -> Iterator[str]:
    yield from (
        f'write alt="…" (or alt="") for {shown(each)}' for each in page.every("img") if "alt" not in each.attrib
    )


def nothing_is_inline(page: Page) -> Iterator[str]:
    for each in page.all:
        if "style" in each.attrib or each.tag == "style":
            yield f"move the style of {shown(each)} into the stylesheet: the policy of the page forbids it"
        if each.tag == "script" and ("src" not in each.attrib or (each.text or "").strip()):
            yield f"move the script {words(each)[:40]!r} into a file"
        yield from (
            f"take {name} away from {shown(each)}" for name in each.attrib if re.match(r"on[a-z]+$|hx-on", name)
        )


def nothing_comes_from_elsewhere(page: Page) -> Iterator[str]:
    for each in page.all:
        names = (*LOADS, "href") if each.tag == "link" else LOADS
        for address in filter(None, map(each.get, names)):
            host = urlsplit(address).hostname
            if host and host not in {"127.0.0.1", "localhost"}:
                yield f"serve {address} ourselves: {shown(each)} asks another host"


def links_lead_somewhere(page: Page) -> Iterator[str]:
    for each in page.every("a"):
        href = each.get("href")
        if not href or href == "#":
            yield f"give {shown(each)} an address, or write a button"
        elif urlsplit(href).scheme not in {"", "http", "https", "mailto", "tel"}:
            yield f"{shown(each)} may not lead to {href[:40]}"
        if not words(each):
            yield f"write words into the link to {href}"


def buttons_say_what_they_do(page: Page) -> Iterator[str]:
    for each in page.every("button"):
        if not words(each):
            yield f"write words on the button {shown(each)}"
    for each in page.every("input"):
        if each.get("type") in {"submit", "button"} and not each.get("value"):
            yield f'write value="…" on {shown(each)}'


def forms_are_safe(page: Page) -> Iterator[str]:
    for form in page.every("form"):
        if form.get("method", "get").lower() != "post":
            continue
        if not any(each.get("name") == "csrf_token" and each.get("value") for each in form.iter("input")):
            yield f"put csrf_token into the form {form.get('action') or words(form)[:40]!r}"
        if not any(each.get("type", "submit") == "submit" for each in form.iter("button")):
            yield f"give the form {form.get('action') or words(form)[:40]!r} a button that sends it"


def tables_are_explained(page: Page) -> Iterator[str]:
    for table in page.every("table"):
        if not any(words(each) for each in table.iter("caption")):
            yield f"write a caption for the table {words(table)[:40]!r}"
        headers = list(table.iter("th"))
        if not headers:
            yield f"write th for the headings of the table {words(table)[:40]!r}"
        yield from (f'write scope="col" or "row" on {shown(each)}' for each in headers if "scope" not in each.attrib)


def lists_hold_items(page: Page) -> Iterator[str]:
    for each in page.every("ul", "ol"):
        wrong = [child for child in each if child.tag not in {"li", "script", "template"}]
        if wrong or not len(each):
            yield f"a list holds items and nothing else: {shown(each)}"


def template_code_does_not_show(page: Page) -> Iterator[str]:
    # What a resident typed may look like this, and is marked as theirs.
    typed = {inner for each in page.with_class("portal-words") for inner in each.iter()}
    for each in page.all:
        own = f"{each.text or ''}"
        if (
            each not in typed
            and each.tag not in {"textarea", "option", "script"}
            and re.search(r"\bNone\b(?=\s*$)", own)
        ):
            yield f"{shown(each)} shows None: write what it means, or leave it out"


def summary_leads_to_fields(page: Page) -> Iterator[str]:
    fields = {each.get("id") for each in page.every(*CONTROLS)}
    for summary in page.with_class("govuk-error-summary"):
        for each in summary.iter("a"):
            target = each.get("href", "").removeprefix("#")
            if target not in fields:
                yield f"the error {words(each)!r} leads to #{target}, which is no field"


def has_a_language(page: Page) -> Iterator[str]:
    if not page.root.get("lang"):
        yield 'write <html lang="en-GB">'


def has_a_title(page: Page) -> Iterator[str]:
    title = " ".join(words(each) for each in page.every("title")[:1])
    h1 = words(page.every("h1")[0]) if page.every("h1") else ""
    has_errors = bool(page.with_class("govuk-error-summary"))
    if not title.strip(" –"):
        yield "write a title: {% block title %}"
    if title.startswith("Error: ") is not has_errors:
        yield f'begin the title with "Error: " exactly when there is an error summary, not {title!r}'
    if h1 and title.removeprefix("Error: ").startswith(("–", "-")):
        yield f"say in the title what the page is, not only whose: {title!r}"


def has_one_heading(page: Page) -> Iterator[str]:
    found = page.every("h1")
    if len(found) != 1:
        yield f"write one h1, not {len(found)}: {[words(each) for each in found]}"


def has_landmarks(page: Page) -> Iterator[str]:
    mains = page.every("main")
    if len(mains) != 1:
        yield f"write one main, not {len(mains)}"
    skip = page.with_class("govuk-skip-link")
    if not skip or skip[0].get("href", "").removeprefix("#") not in {each.get("id") for each in mains}:
        yield "let the skip link lead to main"
    for tag in ("header", "footer"):
        if not page.every(tag):
            yield f"write a {tag}"


def landmarks_are_told_apart(page: Page) -> Iterator[str]:
    found = page.every("nav", "aside", "section", "form")
    named = Counter((each.tag, each.get("aria-label") or each.get("aria-labelledby")) for each in found)
    for (tag, name), times in named.items():
        if times > 1 and (name or tag in {"nav", "aside"}):
            yield f"name each {tag} otherwise: {times} are called {name!r}"


def summary_is_first(page: Page) -> Iterator[str]:
    summaries, headings = page.with_class("govuk-error-summary"), page.every("h1")
    if len(summaries) > 1:
        yield "show one error summary"
    if summaries and headings and page.all.index(summaries[0]) > page.all.index(headings[0]):
        yield "put the error summary before the h1"
    marked = page.with_class("govuk-error-message")
    if marked and not summaries:
        yield f"show an error summary as well as {words(marked[0])!r}"


ANYWHERE: tuple[Rule, ...] = (
    ids_are_unique,
    references_lead_somewhere,
    controls_have_labels,
    groups_have_legends,
    headings_do_not_skip,
    images_say_what_they_show,
    nothing_is_inline,
    nothing_comes_from_elsewhere,
    links_lead_somewhere,
    buttons_say_what_they_do,
    forms_are_safe,
    tables_are_explained,
    lists_hold_items,
    template_code_does_not_show,
    summary_leads_to_fields,
)


def has_a_way_out(page: Page) -> Iterator[str]:
    found = page.with_class("govuk-exit-this-page__button")
    if [urlsplit(each.get("href", "")).scheme for each in found if each.tag == "a"] != ["https"]:
        yield "let whoever must not be seen here leave at once: a link that needs no script, on every page but staff's"


WHOLE_PAGE: tuple[Rule, ...] = (
    has_a_language,
    has_a_title,
    has_one_heading,
    has_landmarks,
    landmarks_are_told_apart,
    summary_is_first,
)

# Scripts may give an element a style while it is shown; what we send never has one.
AS_SENT: tuple[Rule, ...] = (nothing_is_inline,)


NOT_FOR_RESIDENTS = re.compile(r"^/(demo|[^/]+/(staff|office))(/|$)")
"""Whoever looks at these is at work, or shows the portal to others."""


class CheckedClient(FlaskClient):
    """Flask's test client; every HTML answer is checked before the test sees it."""

    def open(self, *arguments: Any, **named: Any) -> TestResponse:
        response = super().open(*arguments, **named)
        redirects = 300 <= response.status_code < 400  # no browser shows what they say
        if response.mimetype == "text/html" and response.data and not redirects:
            request = response.request
            where = f"{request.method} {request.path} ({response.status_code})"
            fragment = "<html" not in response.text
            check(response.text, where, fragment=fragment, for_residents=not NOT_FOR_RESIDENTS.match(request.path))
        return response
