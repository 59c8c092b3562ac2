"""A sealed letter as PDF/UA: in the agreed size of type, its address in the window of a British DL or C5 envelope.

The letter is handed to Typst as data, never as its markup, so that what people wrote can only be words.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from typing import Any, Literal

import typst
from babel import Locale
from markdown_it.tree import SyntaxTreeNode
from pypdf import PdfWriter

from portal.domain.policy import Landlord
from portal.domain.saying import say
from portal.paths import folder
from portal.post.source import tree_of
from portal.post.wording import isolated
from portal.records.models import EnquiryLetter, LetterRow
from portal.translation import say_in

USUAL_SIZE = 12
"""Points of type where nobody asked for another: the least that the Ombudsman's and most landlords' guides allow."""

PAGE_OF_PAGES = say("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")
"""At the foot of each page. Only Typst knows the two numbers."""

LONGEST = 500_000
A_LINE = 45
"""What is set for an email takes a second or two at most: a line of its own costs as much as so many characters."""

MARKS_ON_A_LETTER = 4
"""Accents, vowels and tones above and below one letter: no language writes more."""


def is_quick(letter: LetterRow | EnquiryLetter) -> bool:
    """Whether it can be set without keeping other letters waiting."""
    return len(letter.body) + A_LINE * letter.body.count("\n") <= LONGEST


class CannotBeSet(Exception):
    """Words of which no page can be made."""


def pdf(letter: LetterRow | EnquiryLetter, landlord: Landlord, slip: str = "") -> bytes:
    """The letter with the landlord's head, page numbers, and headings that a screen reader can follow.

    It is PDF/UA-1 wherever every sign in it can be read aloud: words that no typeface has are printed all the same.

    Raises `CannotBeSet`, though only where its words without any marks cannot be set either.

    `slip`: the source of what stands on this print alone, and in no stored letter.
    """
    contact = (landlord.contact.phone, landlord.contact.email, ", ".join(landlord.contact.post))
    said = {
        "landlord": landlord.name,
        "colour": landlord.brand.colour,
        "contact": [isolated(each, letter.language) for each in contact],
        "address": letter.to_address.split("\n") if letter.channel.value == "post" else [],
        "subject": letter.subject,
        "size": letter.type_size or USUAL_SIZE,
        "slip": _blocks(tree_of(slip)),
        "blocks": _blocks(tree_of(letter.body)),
        "page_of_pages": say_in(letter.language, PAGE_OF_PAGES),
        **printed_in(letter.language),
    }
    words, timestamp = json.dumps(said, ensure_ascii=False), int(letter.written_at.timestamp())
    readable = with_few_marks(words, MARKS_ON_A_LETTER)
    with suppress(CannotBeSet):
        return _made(readable, timestamp, standard="ua-1")
    with suppress(CannotBeSet):
        return _made(readable, timestamp)
    return _made(letters_alone(words), timestamp)


def on_their_own_sheets(letters: Iterable[bytes]) -> bytes:
    """Letters as one file for a printer that prints on both sides: each begins on a sheet of its own."""
    together, made = PdfWriter(), BytesIO()
    for each in letters:
        together.append(BytesIO(each), import_outline=False)
        if len(together.pages) % 2:
            together.add_blank_page()
    together.write(made)
    return made.getvalue()


def printed_in(language: str) -> dict[str, str | None]:
    """A language as Typst wants to know it: the document is said to be in it, and runs its way."""
    locale = Locale.parse(language)
    return {"lang": locale.language, "region": locale.territory, "dir": locale.text_direction}


def _made(words: str, timestamp: int, *, standard: Literal["ua-1"] | None = None) -> bytes:
    return compiled("page.typ", {"letter": words}, timestamp, standard=standard)


def compiled(page: str, words: dict[str, str], timestamp: int, *, standard: Literal["ua-1"] | None = None) -> bytes:
    """What Typst makes of a page of `templates/letters` and of words, which are data to it."""
    try:
        made = typst.compile(
            folder("templates") / "letters" / page,
            font_paths=[folder("static") / "built" / "fonts"],
            sys_inputs=words,
            ignore_system_fonts=False,
            # The same letter is the same file, whenever it is printed.
            timestamp=timestamp,
            pdf_standards=standard,
        )
    except BaseException as broken:
        # Typst breaks down at some words in a way that is no `Exception`, which would end the worker.
        if isinstance(broken, KeyboardInterrupt | SystemExit):
            raise
        raise CannotBeSet(type(broken).__name__) from broken
    assert isinstance(made, bytes), "one document makes one file"
    return made


def with_few_marks(words: str, most: int) -> str:
    """The words with at most so many marks on each letter. Piles of them take a minute to set, or break the setter."""
    kept, marks = [], 0
    for sign in words:
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks <= most:
            kept.append(sign)
    return "".join(kept)


def letters_alone(words: str) -> str:
    """The words without marks, and without signs that are nothing to be seen."""
    return "".join(sign for sign in words if unicodedata.category(sign)[0] not in "MC")


def _blocks(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    return [_block(child) for child in node.children]


def _block(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type in ("heading", "paragraph"):
        level = int(node.tag[1]) if node.type == "heading" else 0
        return {"kind": node.type, "level": level, "words": _words(node.children[0].children)}
    return {"kind": node.type, "blocks": _blocks(node)}


def _words(nodes: list[SyntaxTreeNode]) -> list[dict[str, Any]]:
    return [_word(each) for each in nodes]


def _word(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type in ("softbreak", "hardbreak"):
        return {"kind": node.type}
    if node.children:
        return {"kind": node.type, "words": _words(node.children)}
    return {"kind": "text", "text": node.content}
