"""A sealed letter as a PDF to print: in the agreed size of type, its address in the window of a C5 or DL envelope.

The letter is handed to Typst as data, never as its markup, so that what people wrote can only be words.
"""

from __future__ import annotations

import json
from typing import Any

import typst
from markdown_it.tree import SyntaxTreeNode

from portal.domain.policy import Landlord
from portal.paths import folder
from portal.post.source import tree_of
from portal.records.models import LetterRow

USUAL_SIZE = 12
"""Points of type where nobody asked for another: the least that the Ombudsman's and most landlords' guides allow."""


def pdf(letter: LetterRow, landlord: Landlord) -> bytes:
    """The letter with the landlord's head, page numbers, and headings that a screen reader can follow."""
    said = {
        "landlord": landlord.name,
        "contact": [landlord.contact.phone, landlord.contact.email, ", ".join(landlord.contact.post)],
        "address": letter.to_address.split("\n") if letter.channel.value == "post" else [],
        "subject": letter.subject,
        "size": letter.type_size or USUAL_SIZE,
        "blocks": _blocks(tree_of(letter.body)),
    }
    made = typst.compile(
        folder("templates") / "letters" / "page.typ",
        font_paths=[folder("static") / "built" / "fonts"],
        sys_inputs={"letter": json.dumps(said)},
        ignore_system_fonts=False,
        # The same letter is the same file, whenever it is printed.
        timestamp=int(letter.written_at.timestamp()),
    )
    assert isinstance(made, bytes), "one document makes one file"
    return made


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
