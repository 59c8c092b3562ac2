"""Which complaints are about the safety of a tall building, as the law has it: 18 m or 7 floors, and two homes."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.building_safety import Building, SafetyCategory, building_at, is_relevant, kept_until

FIRE = SafetyCategory.FIRE_SPREAD


@pytest.mark.parametrize(
    ("metres", "floors", "homes", "category", "relevant"),
    [
        (18, None, 2, FIRE, True),
        (17, None, 2, FIRE, False),
        (None, 7, 2, FIRE, True),
        (None, 6, 2, FIRE, False),
        (17, 7, 2, FIRE, True),  # either is enough
        (18, 3, 2, FIRE, True),
        (40, 12, 1, FIRE, False),  # one home
        (40, 12, None, FIRE, False),
        (None, None, 30, FIRE, False),
        (18, 7, 2, SafetyCategory.STRUCTURE, True),
        (18, 7, 2, SafetyCategory.ACCOUNTABLE_PERSON, True),
        (18, 7, 2, None, False),
    ],
)
def test_a_relevant_complaint(
    metres: int | None, floors: int | None, homes: int | None, category: SafetyCategory | None, relevant: bool
) -> None:
    assert is_relevant(Building(metres=metres, floors=floors, homes=homes), category) is relevant


@pytest.mark.parametrize("typed", ["N1 0AA", "n10aa", " N1  0aa "])
def test_a_building_is_found_by_its_postcode_however_it_is_written(typed: str) -> None:
    tower = Building(name="Example Tower", postcodes=("N1 0AB", "N1 0AA"), floors=9, homes=40)
    assert building_at((tower,), typed) == tower
    assert building_at((tower,), "N1 0AC") is None
    assert building_at((tower,), "") is None


def test_the_record_is_kept_for_seven_years() -> None:
    assert kept_until(date(2026, 11, 2)) == date(2033, 11, 2)
    assert kept_until(date(2028, 2, 29)) == date(2035, 2, 28)
