"""HTML as the tree that a browser makes of it, and every mistake in how its tags are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import turbohtml
from turbohtml.etree import ElementView, document_fromstring, fragment_fromstring

# Mistakes of a fragment alone: it stands in a page that has begun.
NEEDS_A_PAGE = {"expected-doctype-but-got-start-tag", "expected-doctype-but-got-chars"}

BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")

_sound: set[tuple[bool, tuple[tuple[str, ...], ...]]] = set()


def tree_of(html: str, *, fragment: bool = False) -> Element:
    """The root of a page, or something around a part of one."""
    return _copied(fragment_fromstring(html, create_parent=True) if fragment else document_fromstring(html))


def _copied(view: ElementView) -> Element:
    """The same as elements of the standard library, which are quicker to ask again and again."""
    element = Element(view.tag, dict(view.attrib))
    element.text, element.tail = view.text, view.tail
    element.extend([_copied(each) for each in view])
    return element


def misspelt(html: str, *, fragment: bool = False) -> Iterator[str]:
    """Each mistake, with the line that it is near to.

    Html5lib knows them all and takes fifty times as long as turbohtml, which knows those within a tag alone. So
    html5lib looks once at each order of tags, and again wherever something looks wrong within a tag or a word.
    """
    order = (fragment, tuple(_tags(html)))
    suspect = BARE_AMPERSAND.search(html) or turbohtml.parse(html, positions=False).errors
    if order in _sound and not suspect:
        return
    parser = html5lib.HTMLParser()
    parser.parseFragment(html) if fragment else parser.parse(html)
    wrong = [each for each in parser.errors if not (fragment and each[1] in NEEDS_A_PAGE)]
    if not wrong:
        _sound.add(order)
    lines = html.splitlines() or [""]
    for (line, _column), code, data in wrong:
        yield f"{code} {data or ''} near line {line}: {lines[min(line, len(lines)) - 1].strip()[:120]}"


def _tags(html: str) -> Iterator[tuple[str, ...]]:
    """All about the tags that decides whether they may stand in this order, and that there are words between them."""
    for part in html.split("<"):
        tag, end, words = part.partition(">")
        name = "".join(tag.split(maxsplit=1)[:1])
        hidden, empty = 'type="hidden"' in tag, tag.endswith("/")
        yield name, end, "hidden" if hidden else "", "/" if empty else "", "words" if words.strip() else ""
