"""Saying no to a complaint: only with a ground, evidence, reasons and the person's circumstances."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal import landlords
from portal.domain.case import Case
from portal.domain.decline import Decline, check_decline, grounds_of
from portal.domain.partial_date import PartialDate
from portal.domain.policy import Ground, Needs
from portal.domain.refusal import Refused
from tests.domain import cases

RECEIVED = date(2026, 6, 10)
TODAY = date(2026, 6, 15)
DATED = cases.case_of(cases.received(RECEIVED, happened_on=PartialDate(2024, 3)))
RULES = cases.rules_of("ids", RECEIVED)

GROUNDS = [
    pytest.param(key, ground, id=f"{key}-{ground.key}")
    for key in landlords.keys()
    for ground in grounds_of(cases.rules_of(key, RECEIVED))
]


def decline(ground: str = "court", **more: Any) -> Decline:
    said: dict[str, Any] = {
        "reasons": "A court is already deciding this.",
        "evidence": "The claim form.",
        "circumstances": "The resident is being represented.",
        "claim_filed_on": date(2026, 5, 1),
        "earlier_reference": "ANOTHER",
        "happened_on": PartialDate(2024, 3),
        "aware_on": PartialDate(2024, 3),
    }
    return Decline(ground=ground, **{**said, **more})


def refusal(wanted: Decline, case: Case = DATED) -> Refused:
    with pytest.raises(Refused) as refused:
        check_decline(case, RULES, wanted, TODAY)
    return refused.value


@pytest.mark.parametrize("field", ["reasons", "evidence", "circumstances"])
def test_nothing_of_the_decision_may_be_left_out(field: str) -> None:
    assert refusal(decline(**{field: " "})).field == field


def test_the_ground_is_one_of_the_policys() -> None:
    assert refusal(decline("we_are_busy")).field == "ground"


@pytest.mark.parametrize(
    ("ground", "lacks", "field"),
    [
        ("court", {"claim_filed_on": None}, "claim_filed_on"),
        ("court", {"claim_filed_on": date(2026, 6, 16)}, "claim_filed_on"),
        ("already_considered", {"earlier_reference": None}, "earlier_reference"),
    ],
    ids=["no filing date", "filed in the future", "no earlier complaint"],
)
def test_what_a_ground_rests_on_is_on_record(ground: str, lacks: dict[str, Any], field: str) -> None:
    assert refusal(decline(ground, **lacks)).field == field


def test_age_is_a_ground_only_once_both_dates_are_known_whoever_found_them_out() -> None:
    undated = cases.case_of(cases.received(RECEIVED))
    assert refusal(decline("too_old", happened_on=None), undated).field == "happened_on"
    assert refusal(decline("too_old", aware_on=None), undated).field == "aware_on"
    assert check_decline(undated, RULES, decline("too_old"), TODAY).key == "too_old"
    assert check_decline(DATED, RULES, decline("too_old", happened_on=None), TODAY).key == "too_old"


@pytest.mark.parametrize(
    ("happened", "aware", "is_ground"),
    [
        (PartialDate(2024, 3), PartialDate(2025, 7), False),  # found out eleven months before
        (PartialDate(2025, 6, 11), PartialDate(2025, 6, 11), False),  # within twelve months to the day
        (PartialDate(2025, 6, 9), PartialDate(2025, 6, 9), True),
        (PartialDate(2024), PartialDate(2025), False),  # read at its latest: December
        (PartialDate(2024), PartialDate(2025, 5), True),
    ],
)
def test_age_is_no_ground_within_twelve_months_of_becoming_aware(
    happened: PartialDate, aware: PartialDate, is_ground: bool
) -> None:
    by_age = decline("too_old", happened_on=happened, aware_on=aware)
    if is_ground:
        assert check_decline(DATED, RULES, by_age, TODAY).key == "too_old"
        return
    no = refusal(by_age)
    assert no.field == "ground"
    assert "age is no ground" in no.message


@pytest.mark.parametrize(("landlord", "ground"), GROUNDS)
def test_every_ground_of_every_policy_can_be_used_with_what_it_needs(landlord: str, ground: Ground) -> None:
    rules = cases.rules_of(landlord, RECEIVED)
    assert check_decline(DATED, rules, decline(ground.key), TODAY) == ground


def test_only_proceedings_that_were_filed_count_whatever_the_policy_says() -> None:
    for key in landlords.keys():
        for ground in grounds_of(cases.rules_of(key, RECEIVED)):
            assert ground.key != "court" or ground.needs is Needs.COURT_FILING_DATE


def test_a_policy_without_grounds_has_those_of_the_code() -> None:
    silent = [key for key in landlords.keys() if not cases.rules_of(key, RECEIVED).policy.grounds]
    for key in silent:
        assert grounds_of(cases.rules_of(key, RECEIVED)) == landlords.the_code().grounds
    assert landlords.the_code().grounds
