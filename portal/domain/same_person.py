"""Whether two complaints can be from one person, as far as what was typed can tell.

It says no where the names are those of two people, and where nothing but the name is the same. Whether it really is one
person, a member of staff makes sure of.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

from portal.domain.events import Person

TITLES = re.compile("mr|mrs|miss|ms|mx|dr|prof|sir|dame|lady|lord|rev")

SHORTEST = 3
"""Letters that a short form of a name has at least: Rob for Robert."""


def may_be_same(one: Person, other: Person) -> bool:
    """Whether the names agree, and one more thing does that both gave, if there is such a thing."""
    if not names_agree(one.name, other.name):
        return False
    both = [(mine, theirs) for mine, theirs in zip(_marks(one), _marks(other), strict=True) if mine and theirs]
    return not both or any(mine == theirs for mine, theirs in both)


def names_agree(one: str, other: str) -> bool:
    """Whether each word of the shorter name is one of the longer, whole, short or as an initial, and one is whole."""
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short or not set(short) & set(long):
        return False
    # Each word stands for one other alone: A. A. Smith is not Anna Smith.
    fits = permutations(long, len(short)) if len(long) <= MOST_WORDS else [tuple(long)]
    return any(all(map(_alike, short, chosen)) for chosen in fits)


MOST_WORDS = 6
"""Of a longer name the words have to agree in their order: there are too many ways to pair them."""


def same(one: str, other: str) -> bool:
    """Whether two things that were typed are the same and not empty, however they are spaced or written."""
    return bool(one.strip()) and _plain(one) == _plain(other)


def same_phone(one: str, other: str) -> bool:
    return bool(_digits(one)) and _digits(one) == _digits(other)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) in (1, len(long)) or len(short) >= SHORTEST)


def _words(name: str) -> list[str]:
    """Its words without titles, signs and marks above letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    spaced = "".join(
        each if each.isalpha() else " " for each in letters if not unicodedata.combining(each) and each not in "'’"
    )
    return [each for each in spaced.split() if not TITLES.fullmatch(each)]


def _marks(person: Person) -> tuple[str, str, str]:
    return _plain(person.email), _digits(person.phone), _plain(person.postcode)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _digits(phone: str) -> str:
    """A number with its country before it is the same number."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    return f"0{digits.removeprefix('44')}" if digits.startswith("44") else digits
