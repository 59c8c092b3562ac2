"""Two libraries that do not know each other agree on every bank holiday, and the check is not old."""

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from portal import landlords
from portal.domain.policy import Nation
from portal.landlords.bank_holidays import LAST_YEAR, bank_holiday_file, bank_holidays

DIVISIONS = {
    Nation.ENGLAND: BankHolidays.ENGLAND_AND_WALES,
    Nation.WALES: BankHolidays.ENGLAND_AND_WALES,
    Nation.SCOTLAND: BankHolidays.SCOTLAND,
    Nation.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}

# Proclaimed for the World Cup after the list in 'govuk-bank-holidays' was bundled. Remove it once that has it.
PROCLAIMED_SINCE = {Nation.SCOTLAND: {date(2026, 6, 15)}}

HOW_TO_RENEW = (
    "Install the newest 'holidays' and 'govuk-bank-holidays', run this file, add what the library does not know to "
    "extra_days in portal/landlords/bank_holidays.toml, and set its checked_on and agrees_until."
)


def published(nation: Nation) -> set[date]:
    """GOV.UK's list as bundled with the package: nothing is fetched."""
    return {entry["date"] for entry in BankHolidays(use_cached_holidays=True).get_holidays(DIVISIONS[nation])}


@pytest.mark.parametrize("nation", Nation)
def test_they_agree_on_every_weekday(nation: Nation) -> None:
    """A holiday on a weekend never matters: GOV.UK lists its substitute, `holidays` lists both."""
    official = published(nation)
    span = range(min(official).year, max(official).year + 1)
    ours = {day for day in bank_holidays(nation) if day.year in span and day.weekday() < 5}
    since = PROCLAIMED_SINCE.get(nation, set())
    assert ours - since == {day for day in official if day.weekday() < 5}, HOW_TO_RENEW
    assert since <= ours


def test_the_check_is_renewed_before_it_is_stale() -> None:
    """Limits reach half a year ahead; a year of agreed holidays must lie before us on the day of the check."""
    file = bank_holiday_file()
    assert file.agrees_until == max(published(Nation.ENGLAND)), HOW_TO_RENEW
    assert file.agrees_until - file.checked_on >= timedelta(days=365), HOW_TO_RENEW
    assert file.checked_on.year + 10 <= LAST_YEAR, "Raise LAST_YEAR in portal/landlords/bank_holidays.py."


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        (Nation.ENGLAND, date(2026, 12, 25), "Christmas Day"),
        (Nation.ENGLAND, date(2026, 12, 28), "Boxing Day (substitute day)"),
        (Nation.ENGLAND, date(2027, 12, 27), "Christmas Day (substitute day)"),
        (Nation.ENGLAND, date(2022, 9, 19), "Bank holiday for the State Funeral of Queen Elizabeth II"),
        (Nation.ENGLAND, date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
        (Nation.WALES, date(2026, 5, 4), "Early May bank holiday"),
        (Nation.WALES, date(2026, 8, 31), "Summer bank holiday"),
        (Nation.SCOTLAND, date(2026, 1, 2), "2nd January"),
        (Nation.SCOTLAND, date(2026, 6, 15), "Bank holiday for the World Cup"),
        (Nation.SCOTLAND, date(2026, 11, 30), "St Andrew's Day"),
        (Nation.NORTHERN_IRELAND, date(2026, 3, 17), "St Patrick's Day"),
        (Nation.NORTHERN_IRELAND, date(2026, 7, 13), "Battle of the Boyne (substitute day)"),
    ],
)
def test_names_are_those_that_people_use(nation: Nation, day: date, name: str) -> None:
    assert bank_holidays(nation)[day] == name


def test_no_name_of_the_library_is_left_as_it_is_where_people_say_another() -> None:
    names = {name for nation in Nation for name in bank_holidays(nation).values()}
    assert not [name for name in names if "observed" in name or ";" in name or "Saint" in name]


def test_a_nations_own_days_count_elsewhere() -> None:
    england, scotland = landlords.calendar_of(Nation.ENGLAND), landlords.calendar_of(Nation.SCOTLAND)
    assert england.is_working_day(date(2026, 8, 3))
    assert not scotland.is_working_day(date(2026, 8, 3))
    assert scotland.is_working_day(date(2026, 4, 6))
    assert not england.is_working_day(date(2026, 4, 6))
