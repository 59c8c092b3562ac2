"""A language that nobody speaks: every message in brackets, so that whatever stands outside them was not translated."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import write_po

from portal.commands.languages import messages
from portal.settings import CATALOGUE

OPEN, CLOSE = "\u27e6", "\u27e7"  # ⟦ ⟧
PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%|%\{\w+\})")
LEFT_TO_RIGHT = "br"
"""Breton, whose dates and five kinds of number are real: no catalogue of it comes with the portal."""

RIGHT_TO_LEFT = "ar"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهوزحطيكلمنسعفصقرشتثخذض")


@cache
def every_message() -> Catalog:
    """Found once: it takes a second to look through all pages and letters."""
    return messages()


def catalogue(folder: Path, code: str) -> Path:
    """Write the catalogue of a made-up language below `folder`, and give back the folder."""
    path = folder / code / CATALOGUE
    path.parent.mkdir(parents=True)
    made = Catalog(locale=code)
    forms = made.num_plurals
    for message in every_message():
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            made.add(message.id, tuple(said(message.id[1], code) for _ in range(forms)))
        else:
            made.add(message.id, said(message.id, code))
    with path.open("wb") as file:
        write_po(file, made)
    return folder


def said(message: str, code: str) -> str:
    """A message in the made-up language: what is filled in stays outside the brackets."""
    parts = PLACEHOLDER.split(message)
    return "".join(part if number % 2 else _bracketed(part, code) for number, part in enumerate(parts))


def _bracketed(part: str, code: str) -> str:
    if not part.strip():
        return part
    rightwards = Locale.parse(code).text_direction == "ltr"
    words = part if rightwards else part.lower().translate(LETTERS)
    return f"{OPEN}{words}{CLOSE}"
