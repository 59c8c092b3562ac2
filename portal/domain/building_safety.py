"""Complaints about the safety of a tall building: which they are, how urgent, and how long they are kept.

Building Safety Act 2022, section 93, and the regulations in force from 16 January 2024: in an occupied building of 18
metres or 7 floors with at least 2 homes, a complaint about the spread of fire, about structural failure, or about how
an accountable person does their duty is a relevant complaint, whoever makes it. It is taken by risk and not by date,
and its record is kept for 7 years. It stays a complaint under the Code: the regulator stands beside stage 2, not in its
place.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

METRES = 18
FLOORS = 7
HOMES = 2
KEPT_FOR_YEARS = 7


class SafetyCategory(StrEnum):
    """What a relevant complaint is about."""

    FIRE_SPREAD = "fire_spread"
    STRUCTURE = "structure"
    ACCOUNTABLE_PERSON = "accountable_person"


class SafetyRisk(StrEnum):
    """How soon somebody may be hurt, the most urgent first: the order in which these complaints are taken."""

    IMMEDIATE = "immediate"
    HIGH = "high"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building as far as it is known. What is not known is None."""

    name: str = ""
    postcodes: tuple[str, ...] = ()
    metres: int | None = None
    floors: int | None = None
    homes: int | None = None

    @property
    def is_higher_risk(self) -> bool:
        tall = (self.metres or 0) >= METRES or (self.floors or 0) >= FLOORS
        return tall and (self.homes or 0) >= HOMES


def is_relevant(building: Building, category: SafetyCategory | None) -> bool:
    """Whether a complaint about this building is a relevant one."""
    return building.is_higher_risk and category is not None


def building_at(buildings: Iterable[Building], postcode: str) -> Building | None:
    """The landlord's building with this postcode, however it is written."""
    meant = _plain(postcode)
    return next((each for each in buildings if meant and meant in map(_plain, each.postcodes)), None)


def same_building(name: str) -> str:
    """A building's name in one spelling, by which complaints about it are found again."""
    return " ".join(name.casefold().split())


def kept_until(last_entry: date) -> date:
    """The day until which the record of a relevant complaint is kept, counted from what was last put into it."""
    year = last_entry.year + KEPT_FOR_YEARS
    return date(year, last_entry.month, min(last_entry.day, monthrange(year, last_entry.month)[1]))


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).casefold()
