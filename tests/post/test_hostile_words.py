"""What people write stays text, whatever it looks like, in every letter and every format."""

from __future__ import annotations

import html as entities
from dataclasses import fields, replace
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import landlords
from portal.domain import events
from portal.domain.policy import LetterKind
from portal.post import formats
from portal.post.wording import inline, paragraphs, quoted
from tests.post.cases import Story, story_for

HOSTILE = (
    "# Heading *bold* _it_ `code` [link](http://evil.example) ![x](y) <script>alert(1)</script> "
    "{{ 7*7 }} {% raw %} &amp; <http://evil.example> \\ ~~x~~ | 😀 %(name)s %s"
)
OVERRIDE = "safe \u202edetrevni\u2066 x"


def hostile_story(kind: LetterKind) -> Story:
    """A case in which everything that anybody wrote is hostile."""
    story = story_for("ivh", kind)
    story.recorded = [replace(each, event=_hostile(each.event)) for each in story.recorded]
    return story


def _hostile(value: Any) -> Any:
    if isinstance(value, events.Event | events.Person | events.PointAnswer):
        written = {each.name: _hostile(getattr(value, each.name)) for each in fields(value) if each.init}
        return replace(value, **written)
    if isinstance(value, tuple):
        return tuple(_hostile(each) for each in value)
    # Members of enumerations are strings too, and are not anybody's words.
    return HOSTILE if type(value) is str and value and " " in value else value


@pytest.mark.parametrize("kind", LetterKind)
def test_hostile_words_are_only_words(kind: LetterKind) -> None:
    body = hostile_story(kind).letter(kind).body
    page = str(formats.html(body))
    assert "<script" not in page
    assert "49" not in formats.plain_text(body).split()
    assert 'href="http://evil.example' not in page
    assert "<code" not in page
    assert "<img" not in page
    if "Heading" in page:
        assert " ".join(HOSTILE.split()) in " ".join(entities.unescape(page).split())


@pytest.mark.parametrize(("landlord", "kind"), [(key, kind) for key in landlords.keys() for kind in LetterKind])
def test_every_letter_is_sound_html(landlord: str, kind: LetterKind) -> None:
    page = formats.html(story_for(landlord, kind).letter(kind).body)
    html5lib.HTMLParser(strict=True).parseFragment(page)
    assert "<h1" not in page


@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    source = inline(text)
    shown = entities.unescape(str(formats.html(str(source)))).removeprefix("<p>").removesuffix("</p>\n")
    assert "\n" not in source
    assert shown == plain(str(source))


def plain(source: str) -> str:
    """The source without its backslashes: all that escaping may add."""
    return source.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")


@given(st.text(alphabet="a1.)-+=#>*_`\\ \n[]<&~", max_size=60))
def test_no_text_becomes_more_than_paragraphs(text: str) -> None:
    page = str(formats.html(str(paragraphs(text))))
    for tag in ("<ul", "<ol", "<h", "<em", "<strong", "<blockquote", "<a "):
        assert tag not in page
    assert str(formats.html(str(quoted(text)))).count("<blockquote>") <= 1


def test_turning_characters_are_taken_out_and_right_to_left_words_are_set_apart() -> None:
    assert inline(OVERRIDE) == "safe detrevni x"
    assert inline("שלום") == "\u2068שלום\u2069"
    assert inline("Zoë") == "Zoë"


def test_only_what_could_mean_something_is_escaped() -> None:
    assert [inline(words) for words in ("7433-333A", "1. x", "2) x", "- x", "3.5 hours", "a - b", "= x")] == [
        *("7433-333A", "1\\. x", "2\\) x", "\\- x", "3\\.5 hours", "a - b", "\\= x")
    ]


def test_lines_and_paragraphs_are_kept() -> None:
    assert paragraphs("one\ntwo\r\n\r\nthree") == "one\\\ntwo\n\nthree"
    assert quoted("one\n\ntwo") == "> one\n>\n> two"


def test_plain_text_wraps_lines_and_leaves_addresses_whole() -> None:
    body = story_for("ids", LetterKind.RESPONSE_STAGE_2).letter(LetterKind.RESPONSE_STAGE_2).body
    lines = formats.plain_text(body).split("\n")
    assert all(len(line) <= 72 or "https://" in line for line in lines)
    assert any("https://www.housing-ombudsman.org.uk/residents/make-a-complaint/" in line for line in lines)
    assert not any("**" in line or line.startswith("#") for line in lines)
