"""Bank holidays of each nation: the `holidays` library, with the names that people use and one-off days as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import holidays

from portal.domain.policy import Nation
from portal.landlords.files import Source, structure

FIRST_YEAR, LAST_YEAR = 2010, 2040

_SUBDIVISION = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}
_OBSERVED = " (observed)"


@dataclass(frozen=True, slots=True)
class ExtraDay:
    date: date
    name: str
    nations: tuple[Nation, ...]


@dataclass(frozen=True, slots=True)
class BankHolidayFile:
    """bank_holidays.toml: when it was checked, how far GOV.UK's list went then, and what the library lacks."""

    checked_on: date
    agrees_until: date
    names: Mapping[str, str]
    extra_days: tuple[ExtraDay, ...] = ()


@cache
def bank_holiday_file() -> BankHolidayFile:
    name = "bank_holidays.toml"
    source = Source(name, files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return structure(source.table(), BankHolidayFile, name)


@cache
def bank_holidays(nation: Nation) -> Mapping[date, str]:
    """Every bank holiday from FIRST_YEAR to LAST_YEAR, by its name: "Boxing Day (substitute day)"."""
    library = holidays.country_holidays(
        "GB", subdiv=_SUBDIVISION[nation], years=range(FIRST_YEAR, LAST_YEAR + 1), language="en_GB"
    )
    known = {day: _as_people_say(name) for day, name in library.items()}
    extra = {extra.date: extra.name for extra in bank_holiday_file().extra_days if nation in extra.nations}
    return dict(sorted((known | extra).items()))


def _as_people_say(name: str) -> str:
    """The library joins two holidays on one day with a semicolon, and calls a substitute day observed."""
    return " and ".join(_one_name(single) for single in name.split("; "))


def _one_name(name: str) -> str:
    plain = name.removesuffix(_OBSERVED)
    usual = bank_holiday_file().names.get(plain, plain)
    return f"{usual} (substitute day)" if plain != name else usual
