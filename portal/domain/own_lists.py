"""What a list of complaints that somebody keeps for themselves may be called, and how many there may be."""

from __future__ import annotations

from collections.abc import Collection

from portal.domain.refusal import Refused
from portal.domain.saying import say

LONGEST_NAME = 60
MOST = 20
"""More would no longer be found at a glance."""


def check_name(name: str, others: Collection[str]) -> None:
    """Raise `Refused` where a list cannot have this name beside the others of the same person."""
    if not name.strip():
        raise Refused(say("Write a name for the list"), "name")
    if len(name) > LONGEST_NAME:
        raise Refused(say("Use %(longest)s characters or fewer", longest=LONGEST_NAME), "name")
    if name.casefold() in {each.casefold() for each in others}:
        raise Refused(say("You have a list with this name: choose another"), "name")


def check_number(there: int) -> None:
    """Raise `Refused` where there is no room for one more."""
    if there >= MOST:
        raise Refused(say("You have %(most)s lists, and there is room for no more: delete one first", most=MOST))
