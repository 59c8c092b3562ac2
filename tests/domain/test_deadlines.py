"""Dates under the five policies and the Code, from cases that really happened or could have.

`policy` is the earliest honest reading of the landlord's own text, `code` the Complaint Handling Code; the resident is
shown the earlier. Where a day comes from a published determination of the Ombudsman, its number is given.
"""

from dataclasses import replace
from datetime import date

import pytest

from portal import landlords
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown
from portal.domain.policy import Basis, Key, SentBy

POLICY, CODE, SHOWN = "policy", "code", "shown"

# A complaint that was not treated as one for months (202228253). Holidays 26 and 27 December, 2 January.
CHRISTMAS_2022 = ("ms", {"received": "Mon 2022-12-19"})
# The office is closed on 24 and 29 to 31 December; those days count. Holidays 25 and 28 December, 1 January.
CHRISTMAS_2026 = ("ids", {"received": "Tue 2026-12-22"})
CHRISTMAS_2026_PROMPT = ("ids", {"received": "Tue 2026-12-22", "acknowledged": "Wed 2026-12-23"})
CHRISTMAS_2026_LATE = ("ids", {"received": "Tue 2026-12-22", "acknowledged": "Thu 2026-12-31"})
# The Ombudsman's own count; a letter there promised Good Friday (202400224). Holidays 29 March, 1 April.
EASTER_2024 = (
    "ivh",
    {"received": "Mon 2024-02-12", "responded": "Mon 2024-03-04", "escalated": "Mon 2024-03-04"},
)
EXTENSION = ("ids", {"received": "Mon 2026-02-02", "acknowledged": "Thu 2026-02-05"})
# Escalated after the window (202312926). Holiday 25 August.
WINDOW_BY_EMAIL = (
    "ivh",
    {"received": "Mon 2025-07-14", "responded": "Fri 2025-08-01", "escalated": "Tue 2025-08-26"},
)
WINDOW_BY_POST = ("ivh", {**WINDOW_BY_EMAIL[1], "sent_by": "post"})
WINDOW_OF_A_MONTH = ("hs", {"received": "Mon 2025-01-13", "responded": "Fri 2025-01-31"})
MONTH_IN_TIME = ("hs", {**WINDOW_OF_A_MONTH[1], "escalated": "Fri 2025-02-28"})
MONTH_ACKNOWLEDGED = ("hs", {**MONTH_IN_TIME[1], "stage_2_acknowledged": "Wed 2025-03-05"})
# A whole case; the summer holiday on 31 August falls into the extension (202331963).
BOTH_STAGES = (
    "ids",
    {
        "received": "Wed 2026-06-10",
        "acknowledged": "Mon 2026-06-15",
        "responded": "Mon 2026-06-29",
        "escalated": "Thu 2026-07-02",
        "stage_2_acknowledged": "Tue 2026-07-07",
    },
)
GROUP = ("ms", {"received": "Mon 2026-01-05", "acknowledged": "Thu 2026-01-08"})
BUILDING_SAFETY = ("ivh", {"received": "Mon 2026-05-11", "acknowledged": "Wed 2026-05-13"})
ADJUSTMENT = ("hs", {"received": "Tue 2026-09-01", "acknowledged": "Thu 2026-09-03"})
TWO_REVIEWS = (
    "ih",
    {"received": "Mon 2026-09-07", "acknowledged": "Wed 2026-09-09", "escalated": "Mon 2026-09-28"},
)

CASES = [
    (CHRISTMAS_2022, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Wed 2022-12-28"),
    (CHRISTMAS_2022, Key.RESPOND_STAGE_1, POLICY, "Thu 2023-01-05"),
    (CHRISTMAS_2022, Key.RESPOND_STAGE_1, CODE, "Thu 2023-01-12"),
    (CHRISTMAS_2022, Key.RESPOND_STAGE_1, SHOWN, "Thu 2023-01-05"),
    (CHRISTMAS_2022, Key.RESPOND_STAGE_1_EXTENDED, POLICY, "Thu 2023-01-19"),
    (CHRISTMAS_2026, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Thu 2026-12-31"),
    (CHRISTMAS_2026, Key.RESPOND_STAGE_1, POLICY, "Fri 2027-01-15"),
    (CHRISTMAS_2026_PROMPT, Key.RESPOND_STAGE_1, POLICY, "Mon 2027-01-11"),
    (CHRISTMAS_2026_PROMPT, Key.RESPOND_STAGE_1_EXTENDED, POLICY, "Mon 2027-01-25"),
    (CHRISTMAS_2026_LATE, Key.RESPOND_STAGE_1, POLICY, "Fri 2027-01-15"),
    (EASTER_2024, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Sat 2024-02-17"),
    (EASTER_2024, Key.ACKNOWLEDGE_STAGE_1, CODE, "Mon 2024-02-19"),
    (EASTER_2024, Key.ACKNOWLEDGE_STAGE_1, SHOWN, "Sat 2024-02-17"),
    (EASTER_2024, Key.ASK_FOR_STAGE_2, POLICY, "Mon 2024-03-18"),
    (EASTER_2024, Key.RESPOND_STAGE_2, POLICY, "Wed 2024-04-03"),
    (EASTER_2024, Key.RESPOND_STAGE_2_EXTENDED, POLICY, "Wed 2024-04-17"),
    (EXTENSION, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Mon 2026-02-09"),
    (EXTENSION, Key.RESPOND_STAGE_1, POLICY, "Thu 2026-02-19"),
    (EXTENSION, Key.RESPOND_STAGE_1_EXTENDED, POLICY, "Thu 2026-03-05"),
    (EXTENSION, Key.RESPOND_STAGE_1_EXTENDED, CODE, "Thu 2026-03-05"),
    (WINDOW_BY_EMAIL, Key.ASK_FOR_STAGE_2, POLICY, "Fri 2025-08-15"),
    (WINDOW_BY_POST, Key.ASK_FOR_STAGE_2, POLICY, "Tue 2025-08-19"),
    (WINDOW_BY_EMAIL, Key.ACKNOWLEDGE_STAGE_2, POLICY, "Tue 2025-09-02"),
    (WINDOW_BY_EMAIL, Key.RESPOND_STAGE_2, POLICY, "Tue 2025-09-23"),
    (WINDOW_BY_EMAIL, Key.RESPOND_STAGE_2_EXTENDED, POLICY, "Tue 2025-10-07"),
    (WINDOW_OF_A_MONTH, Key.ASK_FOR_STAGE_2, POLICY, "Fri 2025-02-28"),
    (MONTH_IN_TIME, Key.ACKNOWLEDGE_STAGE_2, POLICY, "Fri 2025-03-07"),
    (MONTH_IN_TIME, Key.RESPOND_STAGE_2, POLICY, "Fri 2025-03-28"),
    (MONTH_ACKNOWLEDGED, Key.RESPOND_STAGE_2, CODE, "Wed 2025-04-02"),
    (MONTH_ACKNOWLEDGED, Key.RESPOND_STAGE_2, SHOWN, "Fri 2025-03-28"),
    (BOTH_STAGES, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Wed 2026-06-17"),
    (BOTH_STAGES, Key.RESPOND_STAGE_1, POLICY, "Mon 2026-06-29"),
    (BOTH_STAGES, Key.ACKNOWLEDGE_STAGE_2, POLICY, "Thu 2026-07-09"),
    (BOTH_STAGES, Key.RESPOND_STAGE_2, POLICY, "Tue 2026-08-04"),
    (BOTH_STAGES, Key.RESPOND_STAGE_2_EXTENDED, POLICY, "Wed 2026-09-02"),
    (GROUP, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Mon 2026-01-12"),
    (GROUP, Key.RESPOND_STAGE_1, POLICY, "Mon 2026-01-19"),
    (GROUP, Key.RESPOND_STAGE_1, CODE, "Thu 2026-01-22"),
    (GROUP, Key.RESPOND_STAGE_1_EXTENDED, POLICY, "Mon 2026-02-02"),
    (BUILDING_SAFETY, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Sat 2026-05-16"),
    (BUILDING_SAFETY, Key.ACKNOWLEDGE_STAGE_1, CODE, "Mon 2026-05-18"),
    (BUILDING_SAFETY, Key.RESPOND_STAGE_1, POLICY, "Thu 2026-05-28"),
    (ADJUSTMENT, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Tue 2026-09-08"),
    (ADJUSTMENT, Key.RESPOND_STAGE_1, POLICY, "Tue 2026-09-15"),
    (ADJUSTMENT, Key.RESPOND_STAGE_1, CODE, "Thu 2026-09-17"),
    (ADJUSTMENT, Key.RESPOND_STAGE_1, SHOWN, "Tue 2026-09-15"),
    (TWO_REVIEWS, Key.ACKNOWLEDGE_STAGE_1, POLICY, "Wed 2026-09-09"),
    (TWO_REVIEWS, Key.RESPOND_STAGE_1, POLICY, "Mon 2026-09-21"),
    (TWO_REVIEWS, Key.RESPOND_STAGE_1, CODE, "Wed 2026-09-23"),
    (TWO_REVIEWS, Key.RESPOND_STAGE_1_EXTENDED, CODE, "Wed 2026-10-07"),
    (TWO_REVIEWS, Key.ACKNOWLEDGE_STAGE_2, POLICY, "Wed 2026-09-30"),
    (TWO_REVIEWS, Key.RESPOND_STAGE_2, POLICY, "Fri 2026-10-16"),
]


@pytest.mark.parametrize(("case", "key", "basis", "expected"), CASES)
def test_due(case: tuple[str, dict[str, str]], key: Key, basis: str, expected: str) -> None:
    deadlines = _deadlines(*case)
    found = shown(deadlines)[key] if basis == SHOWN else _one(deadlines, key, Basis(basis))
    assert f"{found.due:%a %Y-%m-%d}" == expected


@pytest.mark.parametrize(
    ("case", "key", "expected"),
    [
        (CHRISTMAS_2026, Key.ACKNOWLEDGE_STAGE_1, "Wed 2026-12-23"),  # the closure days bring it forward
        (CHRISTMAS_2026_PROMPT, Key.RESPOND_STAGE_1, "Fri 2027-01-08"),
        (EASTER_2024, Key.ACKNOWLEDGE_STAGE_1, "Fri 2024-02-16"),
        (BUILDING_SAFETY, Key.ACKNOWLEDGE_STAGE_1, "Fri 2026-05-15"),
        (("ih", {"received": "Sun 2026-09-06"}), Key.ACKNOWLEDGE_STAGE_1, "Mon 2026-09-07"),
    ],
)
def test_staff_target(case: tuple[str, dict[str, str]], key: Key, expected: str) -> None:
    assert f"{_one(_deadlines(*case), key, Basis.POLICY).staff_target:%a %Y-%m-%d}" == expected


def test_a_staff_target_is_never_before_the_day_that_starts_the_clock() -> None:
    """Two working days from Christmas Eve end on 30 December, and the office is closed on both days before it."""
    closed = replace(landlords.calendar_for("ih"), closures=frozenset({date(2026, 12, 24), date(2026, 12, 29)}))
    policy, facts = landlords.policy_for("ih", date(2026, 12, 24)), Facts(date(2026, 12, 24))
    deadlines = all_deadlines(policy, landlords.the_code(), closed, facts)
    acknowledge = _one(deadlines, Key.ACKNOWLEDGE_STAGE_1, Basis.POLICY)
    assert (acknowledge.due, acknowledge.staff_target) == (date(2026, 12, 30), date(2026, 12, 24))


def test_a_text_that_gives_no_limit_gives_no_date() -> None:
    silent = {
        "ids": {Key.ASK_FOR_STAGE_2},
        "ivh": set[Key](),
        "hs": {Key.RESPOND_STAGE_1_EXTENDED, Key.RESPOND_STAGE_2_EXTENDED},
        "ih": {Key.ASK_FOR_STAGE_2, Key.RESPOND_STAGE_1_EXTENDED, Key.RESPOND_STAGE_2_EXTENDED},
        "ms": {Key.ASK_FOR_STAGE_2, Key.ACKNOWLEDGE_STAGE_2},
    }
    for key, without in silent.items():
        deadlines = _deadlines(key, {"received": "Mon 2026-09-07"})
        assert set(Key) - {found.key for found in deadlines if found.basis is Basis.POLICY} == without
        assert {found.key for found in deadlines if found.basis is Basis.CODE} == set(Key) - {Key.ASK_FOR_STAGE_2}


def test_they_come_in_the_order_of_a_case_with_the_policy_first() -> None:
    order = [(found.key, found.basis) for found in _deadlines("ivh", {"received": "Mon 2026-09-07"})]
    assert order == [
        (key, basis) for key in Key for basis in Basis if (key, basis) != (Key.ASK_FOR_STAGE_2, Basis.CODE)
    ]


def test_what_has_not_happened_is_taken_for_its_last_lawful_day() -> None:
    """Each clock assumes its own last day to acknowledge; the response and the escalation are the same for both."""
    deadlines = _deadlines("ivh", {"received": "Mon 2024-02-12"})
    saturday, monday = {"acknowledged": date(2024, 2, 17)}, {"acknowledged": date(2024, 2, 19)}
    assert _one(deadlines, Key.RESPOND_STAGE_1, Basis.POLICY).assumes == saturday
    assert _one(deadlines, Key.RESPOND_STAGE_1, Basis.CODE).assumes == monday
    supposed = saturday | {"responded": date(2024, 3, 1), "escalated": date(2024, 3, 15)}
    assert _one(deadlines, Key.RESPOND_STAGE_2, Basis.POLICY).assumes == supposed
    assert _one(deadlines, Key.RESPOND_STAGE_2, Basis.CODE).assumes == supposed | {
        "stage2_acknowledged": date(2024, 3, 22)
    }


def test_without_a_window_stage_2_is_supposed_to_be_asked_for_on_the_day_of_the_response() -> None:
    acknowledge = _one(_deadlines(*CHRISTMAS_2022), Key.ACKNOWLEDGE_STAGE_2, Basis.CODE)
    assert acknowledge.from_date == date(2023, 1, 5)
    assert acknowledge.assumes == {"responded": date(2023, 1, 5), "escalated": date(2023, 1, 5)}


def test_a_late_response_moves_what_counts_from_it_and_nothing_else() -> None:
    late = _deadlines("hs", {"received": "Mon 2025-01-13", "responded": "Fri 2025-05-30"})
    assert _one(late, Key.RESPOND_STAGE_1, Basis.POLICY).due == date(2025, 1, 27)
    assert _one(late, Key.ASK_FOR_STAGE_2, Basis.POLICY).due == date(2025, 6, 30)


def test_a_residents_window_that_ends_on_a_day_off_runs_on() -> None:
    """One month after Thursday 3 April 2025 is a Saturday, and the Monday is a holiday."""
    window = _one(
        _deadlines("hs", {"received": "Mon 2025-03-17", "responded": "Thu 2025-04-03"}),
        Key.ASK_FOR_STAGE_2,
        Basis.POLICY,
    )
    assert window.due == date(2025, 5, 6)
    assert [(skip.day.day, skip.why) for skip in window.skipped] == [
        (3, "Saturday"),
        (4, "Sunday"),
        (5, "Early May bank holiday"),
    ]


def test_a_landlords_calendar_days_do_not_run_on() -> None:
    """14 days from Friday 11 December 2026 end on Christmas Day."""
    assert _one(_deadlines("ih", {"received": "Fri 2026-12-11"}), Key.RESPOND_STAGE_1, Basis.POLICY).due == date(
        2026, 12, 25
    )


def test_a_limit_lasts_to_the_end_of_its_day() -> None:
    acknowledge = _one(_deadlines(*EXTENSION), Key.ACKNOWLEDGE_STAGE_1, Basis.POLICY)
    assert not acknowledge.missed(date(2026, 2, 9))
    assert acknowledge.missed(date(2026, 2, 10))


def _deadlines(landlord: str, days: dict[str, str]) -> tuple[Deadline, ...]:
    facts = _facts(**days)
    policy = landlords.policy_for(landlord, facts.received)
    return all_deadlines(policy, landlords.the_code(), landlords.calendar_for(landlord), facts)


def _facts(sent_by: str = "email", **days: str) -> Facts:
    return Facts(**{name: _day(day) for name, day in days.items()}, sent_by=SentBy(sent_by))


def _one(deadlines: tuple[Deadline, ...], key: Key, basis: Basis) -> Deadline:
    (found,) = (deadline for deadline in deadlines if (deadline.key, deadline.basis) == (key, basis))
    return found


def _day(named: str) -> date:
    """A day written with its weekday, which must be right."""
    weekday, _, iso = named.partition(" ")
    day = date.fromisoformat(iso)
    assert f"{day:%a}" == weekday, f"{iso} is a {day:%a}"
    return day
