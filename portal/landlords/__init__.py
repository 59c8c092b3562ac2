"""Landlords' policies, as data: one TOML file for each landlord, the Code as the yardstick, and who the Ombudsman is.

It may know the domain's values, a validator and the bank holidays; it must not know a database, a user or a case.
A sixth landlord is a file here or one named in PORTAL_LANDLORD_FILES. No code names a landlord.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from portal.domain.case import Rules
from portal.domain.policy import EmergencyNumbers, Landlord, Nation, OmbudsmanContact, Policy
from portal.domain.working_days import Calendar
from portal.landlords.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from portal.landlords.files import LandlordFileError
from portal.landlords.registry import (
    Provision,
    UnknownLandlord,
    building_safety_regulator,
    code_file,
    duties,
    emergency_numbers,
    ombudsman_contacts,
    read_landlords,
    texts_of,
)

__all__ = [
    "LandlordFileError",
    "Provision",
    "UnknownLandlord",
    "building_safety_regulator",
    "calendar_for",
    "calendar_of",
    "duties",
    "emergency",
    "keys",
    "landlord",
    "load",
    "ombudsman",
    "policy_for",
    "provisions",
    "rules_for",
    "terms_for",
    "text_of",
    "the_code",
]


@dataclass(slots=True)
class _Served:
    """What `load` read. One installation serves one set of landlords, and all of it reads the same."""

    landlords: Mapping[str, Landlord] | None = None
    files: tuple[Path, ...] = ()


_served = _Served()


def load(files: Iterable[Path] = (), only: Iterable[str] = ()) -> None:
    """Serve the packaged landlords and those in `files`, or only the keys named. Called once, at the start.

    Raises LandlordFileError, naming file, key and what is allowed, and UnknownLandlord for a key in `only`.
    """
    _served.files = tuple(files)
    _served.landlords = read_landlords(_served.files, only)
    calendar_for.cache_clear()
    _filled.cache_clear()
    rules_for.cache_clear()


def text_of(key: str) -> str:
    """The file of a landlord that is served, as it was written. Raises UnknownLandlord."""
    return texts_of(_served.files)[landlord(key).key]


def keys() -> tuple[str, ...]:
    """The landlords served, in the order of `only` or of their keys."""
    return tuple(_landlords())


def landlord(key: str) -> Landlord:
    """Raises UnknownLandlord."""
    found = _landlords().get(key)
    if found is None:
        raise UnknownLandlord(key, keys())
    return found


def policy_for(key: str, on: date) -> Policy:
    """The landlord's own text in force that day; before the first version, the first. Raises UnknownLandlord."""
    return landlord(key).policy_on(on)


def terms_for(key: str, on: date) -> Policy:
    """The policy of that day with the Code's values where it is silent: for display and letters, not for dates.

    Raises UnknownLandlord.
    """
    return _filled(key, policy_for(key, on).in_force_from)


@cache
def _filled(key: str, version: date) -> Policy:
    return policy_for(key, version).filled_from(the_code())


@cache
def rules_for(key: str, received_on: date) -> Rules:
    """What a complaint received that day is judged by, for ever. Raises UnknownLandlord."""
    return Rules(policy_for(key, received_on), the_code(), calendar_for(key))


def the_code() -> Policy:
    """The Complaint Handling Code in the shape of a policy, to measure every other by."""
    return code_file().code


def provisions() -> tuple[Provision, ...]:
    """Every provision of the Code, in our words, with how sure we are of it."""
    return code_file().provisions


@cache
def calendar_for(key: str) -> Calendar:
    """The bank holidays of the landlord's nation and the days that its office is closed. Raises UnknownLandlord."""
    return calendar_of(landlord(key).nation, landlord(key).closures)


def calendar_of(nation: Nation, closures: frozenset[date] = frozenset()) -> Calendar:
    """The working days of a nation, as far as they are known."""
    return Calendar(nation, bank_holidays(nation), date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31), closures)


def emergency(key: str) -> EmergencyNumbers:
    """The public numbers for somebody in danger in one of this landlord's homes. Raises UnknownLandlord."""
    return emergency_numbers(landlord(key).nation)


def ombudsman(on: date) -> OmbudsmanContact:
    """How to reach the Ombudsman, as it was that day."""
    in_force = (contact for contact in ombudsman_contacts() if contact.in_force_from <= on)
    return next(in_force, ombudsman_contacts()[-1])


def _landlords() -> Mapping[str, Landlord]:
    if _served.landlords is None:
        load()
    return _served.landlords or {}
