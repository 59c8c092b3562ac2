"""One spelling for what people write in many: so that a name, a number or an address is found however it is typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from doublemetaphone import doublemetaphone

SIGNS = str.maketrans(
    dict.fromkeys("'’‘ʼ`", "") | {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Apostrophes are left out, and letters that Unicode does not take apart are told by their nearest."""

NEITHER = re.compile(r"[\W_]+")
"""What is neither a letter nor a digit."""

SOUND = "9"
"""Ends what a word sounds like, so that it is never taken for a word, nor is its end cut off like one's."""


def plain(text: str) -> str:
    """Small letters and digits without accents, words with one space between: "Seán O’Brien" is "sean obrien"."""
    text = text.casefold().translate(SIGNS)
    if not text.isascii():
        taken_apart = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in taken_apart if not unicodedata.combining(sign))
    return NEITHER.sub(" ", text).strip()


def squeezed(text: str) -> str:
    """The same without any space: a reference, a postcode or a number as it may be typed."""
    return plain(text).replace(" ", "")


def telephone(text: str) -> str:
    """The digits of a telephone number as it is dialled in the United Kingdom: +44 (0)1632 and 01632 are the same."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit()).removeprefix("00")
    return f"0{digits.removeprefix('44').lstrip('0')}" if digits.startswith("44") else digits


def sounds(text: str) -> Iterator[tuple[str, ...]]:
    """How each word of a name sounds, in one or two ways (Double Metaphone); a word of other letters has no sound."""
    for word in plain(text).split():
        heard = tuple(f"{each.lower()}{SOUND}" for each in dict.fromkeys(doublemetaphone(word)) if each)
        if heard and word.isalpha() and word.isascii():
            yield heard
