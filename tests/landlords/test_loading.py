"""A wrong file stops the start with one error: the file, the key in it, and what is allowed there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portal import landlords
from portal.domain.policy import Key

SIXTH = """
key = "sixth"
name = "Sixth Homes"
short_name = "Sixth"
homes = 900

[brand]
colour = "#1d4e6b"
logo_text = "Sixth"

[contact]
placeholder = true
phone = "020 7946 0106"
emergency_repairs = "020 7946 0186"
email = "complaints@sixth.example.org"
chief_executive = "chief.executive@sixth.example.org"
post = ["6 Example Street", "London"]
web = "https://sixth.example.org"

[[ranks]]
key = "officer"
label = "Officer"

[[policies]]
version = "first"
in_force_from = 2025-04-01

[policies.stage_1]
label = "Stage 1"
acknowledge = { amount = 3, unit = "working_days", counted_from = "received", rule = "Sixth 1" }
handlers = { rule = "Sixth 2", ranks = ["officer"] }

[policies.stage_2]
label = "Stage 2"
handlers = { rule = "Sixth 3", different_person = true }
"""
SECOND_VERSION = """
[[policies]]
version = "second"
in_force_from = 2026-04-01
stage_1 = { label = "Stage 1", handlers = { rule = "Sixth 2" } }
stage_2 = { label = "Stage 2", handlers = { rule = "Sixth 3" } }
"""


@pytest.fixture(autouse=True)
def _packaged_landlords_afterwards() -> Iterator[None]:
    yield
    landlords.load()


@pytest.fixture
def sixth(tmp_path: Path) -> Path:
    path = tmp_path / "sixth.toml"
    path.write_text(SIXTH, encoding="utf-8")
    return path


def test_a_sixth_landlord_is_a_file(sixth: Path) -> None:
    landlords.load([sixth])
    assert landlords.keys() == ("hs", "ids", "ih", "ivh", "ms", "sixth")
    acknowledge = landlords.policy_for("sixth", date(2026, 1, 1)).limit(Key.ACKNOWLEDGE_STAGE_1)
    assert acknowledge is not None
    assert acknowledge.rule == "Sixth 1"


def test_only_those_named_are_served(sixth: Path) -> None:
    landlords.load([sixth], ["sixth", "ms"])
    assert landlords.keys() == ("sixth", "ms")
    with pytest.raises(landlords.UnknownLandlord, match=r"no landlord 'ids'\. The landlords are: sixth, ms"):
        landlords.landlord("ids")


def test_a_name_that_no_file_has_is_refused_at_the_start() -> None:
    with pytest.raises(landlords.UnknownLandlord, match="no landlord 'sevnth'"):
        landlords.load(only=["ids", "sevnth"])


def test_an_installation_puts_its_own_file_in_the_place_of_a_packaged_one(sixth: Path) -> None:
    sixth.write_text(SIXTH.replace('key = "sixth"', 'key = "ms"'), encoding="utf-8")
    landlords.load([sixth])
    assert landlords.landlord("ms").name == "Sixth Homes"


def test_the_version_in_force_on_the_day_applies(sixth: Path) -> None:
    sixth.write_text(SIXTH + SECOND_VERSION, encoding="utf-8")
    landlords.load([sixth])
    in_force = {
        day: landlords.policy_for("sixth", day).version
        for day in map(
            date.fromisoformat,
            (
                "2024-01-01",
                "2025-04-01",
                "2026-03-31",
                "2026-04-01",
                "2030-01-01",
            ),
        )
    }
    assert list(in_force.values()) == ["first", "first", "first", "second", "second"]


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        (
            "acknowledge = {",
            "aknowledge = {",
            "policies[0].stage_1: 'aknowledge' is not a key here (did you mean 'acknowledge'?); allowed are label,",
        ),
        ("amount = 3, ", "", "policies[0].stage_1.acknowledge.amount: is missing"),
        (
            '"working_days"',
            '"workdays"',
            "unit: 'workdays' is not allowed; allowed are working_days, calendar_days, calendar_months",
        ),
        ("amount = 3", 'amount = "3"', "policies[0].stage_1.acknowledge.amount: '3' is not a whole number"),
        ("amount = 3", "amount = true", "policies[0].stage_1.acknowledge.amount: True is not a whole number"),
        ("amount = 3", "amount = 0", "policies[0].stage_1.acknowledge.amount: 0 is not allowed; 1 or more"),
        (
            'counted_from = "received"',
            'counted_from = "escalated"',
            "policies[0].stage_1.acknowledge.counted_from: 'escalated' is not allowed; allowed are received",
        ),
        (
            'ranks = ["officer"]',
            'ranks = ["oficer"]',
            "policies[0].stage_1.handlers.ranks: 'oficer' is not a rank; allowed are officer",
        ),
        (
            "different_person = true",
            'after = { officer = ["chief"] }',
            "policies[0].stage_2.handlers.after.officer: 'chief' is not a rank; allowed are officer",
        ),
        (
            'ranks = ["officer"]',
            'ranks = "officer"',
            "policies[0].stage_1.handlers.ranks: 'officer' is not a list in square brackets",
        ),
        ("2025-04-01", '"2025-04-01"', "policies[0].in_force_from: '2025-04-01' is not a date such as 2024-09-17"),
        (
            "acknowledge = { amount",
            "acknowledge = 3\nextended = { amount",
            "policies[0].stage_1.acknowledge: 3 is not a table",
        ),
        ("#1d4e6b", "#ffff00", "brand.colour: #ffff00 is too light; it needs a contrast of 4.5:1 with white"),
        ('label = "Officer"', "label = 7", "ranks[0].label: 7 is not text in quotes"),
        ("#1d4e6b", "blue", "brand.colour: 'blue' is not allowed; # and six digits"),
        ('key = "sixth"', 'key = "Sixth Homes"', "key: 'Sixth Homes' is not allowed; small letters"),
        ("homes = 900", "homes = 0", "homes: 0 is not allowed; 1 or more"),
        ('short_name = "Sixth"', "", "short_name: is missing"),
        ("[[ranks]]", '[[ranks]]\nkey = "officer"\nlabel = "Again"\n[[ranks]]', "ranks[1].key: 'officer' stands twice"),
        (
            "[policies.stage_1]",
            '[policies.headings]\n"Sixth 9" = "“Limits”"\n[policies.stage_1]',
            "policies[0].headings.'Sixth 9': is the rule of no limit",
        ),
        ("[brand]", "[brand", "it is not TOML"),
    ],
)
def test_what_is_wrong_is_named(sixth: Path, written: str, instead: str, told: str) -> None:
    assert written in SIXTH
    sixth.write_text(SIXTH.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(landlords.LandlordFileError) as refused:
        landlords.load([sixth])
    assert str(refused.value).startswith(f"{sixth} cannot be used:")
    assert told in str(refused.value)


def test_two_versions_cannot_begin_on_one_day(sixth: Path) -> None:
    sixth.write_text(SIXTH + SECOND_VERSION.replace("2026-04-01", "2025-04-01"), encoding="utf-8")
    with pytest.raises(landlords.LandlordFileError, match="would overlap; each version needs its own"):
        landlords.load([sixth])


def test_every_mistake_is_told_at_once(sixth: Path) -> None:
    sixth.write_text(SIXTH.replace("amount = 3", "amuont = 3").replace("homes", "houses"), encoding="utf-8")
    with pytest.raises(landlords.LandlordFileError) as refused:
        landlords.load([sixth])
    assert len(refused.value.problems) == 4  # two unknown keys, and the two that are missing for it


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(landlords.LandlordFileError, match=r"nowhere\.toml cannot be used:\s+it cannot be read"):
        landlords.load([tmp_path / "nowhere.toml"])


def test_two_files_with_one_key(sixth: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.toml"
    again.write_text(SIXTH, encoding="utf-8")
    with pytest.raises(landlords.LandlordFileError, match="'sixth' is also the key of another file"):
        landlords.load([sixth, again])


def test_a_failed_load_leaves_what_was_served(sixth: Path) -> None:
    before = landlords.keys()
    with pytest.raises(landlords.UnknownLandlord):
        landlords.load([sixth], ["nobody"])
    assert landlords.keys() == before
