"""More time: how much, told when, and what it costs to ask for more.

IDS allows ten more working days for a good explanation; told in February 2026 for a complaint that
was received on Monday the 2nd and acknowledged on Thursday the 5th, so due on Thursday the 19th.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.domain.case import Case
from portal.domain.events import DeadlineExtended, ExtensionReason, Stage
from portal.domain.extension import Extension, check_extension, longest, needs_good_reason
from portal.domain.owed import next_due
from portal.domain.refusal import Refused
from tests.domain import cases

RECEIVED = date(2026, 2, 2)
ACKNOWLEDGED = date(2026, 2, 5)
DUE = date(2026, 2, 19)
LONGEST = date(2026, 3, 5)
TOLD = date(2026, 2, 17)

IDS = cases.rules_of("ids", RECEIVED)
IVH = cases.rules_of("ivh", RECEIVED)


def a_case(landlord: str = "ids") -> Case:
    return cases.case_of(cases.received(RECEIVED), cases.acknowledged(ACKNOWLEDGED), landlord=landlord)


def extended(new_due: date, stage: Stage = Stage.ONE) -> DeadlineExtended:
    return DeadlineExtended(stage=stage, told_on=TOLD, old_due=DUE, new_due=new_due, reason=ExtensionReason.COMPLEX)


def wanted(new_due: date = LONGEST, **more: Any) -> Extension:
    said = {"reason": ExtensionReason.INSPECTION_BOOKED, "explanation": "The surveyor comes on 2 March."}
    return Extension(new_due=new_due, **{**said, **more})


def refusal(case: Case, extension: Extension, told_on: date = TOLD, rules: Any = IDS) -> Refused:
    with pytest.raises(Refused) as refused:
        check_extension(case, rules, extension, told_on)
    return refused.value


def test_the_dates_of_this_case() -> None:
    due = next_due(a_case(), IDS)
    assert due is not None
    assert due.on == DUE
    assert longest(a_case(), IDS).due == LONGEST


def test_ten_more_working_days_for_an_explanation() -> None:
    check_extension(a_case(), IDS, wanted(LONGEST), TOLD)
    assert not needs_good_reason(a_case(), IDS, LONGEST)


def test_it_may_still_be_told_on_the_last_day() -> None:
    check_extension(a_case(), IDS, wanted(LONGEST), DUE)


def test_told_after_the_limit_it_is_no_extension() -> None:
    refused = refusal(a_case(), wanted(LONGEST), date(2026, 2, 20))
    assert "The limit passed on Thursday 19 February 2026" in refused.message
    assert "Code 6.4" in refused.message


def test_beyond_the_longest_it_needs_a_good_reason_updates_and_agreement() -> None:
    beyond = date(2026, 3, 9)
    assert needs_good_reason(a_case(), IDS, beyond)
    said: dict[str, Any] = {}
    for field, value in (("good_reason", "The roof is unsafe."), ("update_every_working_days", 5), ("agreed", True)):
        assert refusal(a_case(), wanted(beyond, **said)).field == field
        said[field] = value
    check_extension(a_case(), IDS, wanted(beyond, **said), TOLD)


def test_a_second_extension_needs_the_same_however_short() -> None:
    once = cases.case_of(cases.received(RECEIVED), cases.acknowledged(ACKNOWLEDGED), extended(date(2026, 2, 26)))
    refused = refusal(once, wanted(date(2026, 2, 27)))
    assert refused.field == "good_reason"
    assert "a second extension" in refused.message


def test_a_second_extension_may_be_told_until_the_first_ends() -> None:
    once = cases.case_of(cases.received(RECEIVED), cases.acknowledged(ACKNOWLEDGED), extended(LONGEST))
    again = wanted(date(2026, 3, 12), good_reason="Unsafe roof", update_every_working_days=5, agreed=True)
    check_extension(once, IDS, again, LONGEST)
    assert "The limit passed on Thursday 5 March 2026" in refusal(once, again, date(2026, 3, 6)).message


def test_the_landlord_whose_policy_asks_for_agreement_needs_it() -> None:
    # IVH 5.1: the new date is agreed with the customer. Its answer is due ten working days after Thursday 5 February.
    case = a_case("ivh")
    refused = refusal(case, wanted(date(2026, 2, 26)), rules=IVH)
    assert refused.field == "agreed"
    assert "IVH 5.1" in refused.message
    check_extension(case, IVH, wanted(date(2026, 2, 26), agreed=True), TOLD)


@pytest.mark.parametrize(
    ("extension", "field", "says"),
    [
        (wanted(DUE), "new_due", "after Thursday 19 February 2026"),
        (wanted(date(2026, 2, 18)), "new_due", "after Thursday 19 February 2026"),
        (wanted(date(2026, 2, 21)), "new_due", "a working day"),
        (wanted(explanation="  "), "explanation", "Explain to the resident"),
    ],
    ids=["the same day", "earlier", "a Saturday", "no explanation"],
)
def test_what_no_extension_may_be(extension: Extension, field: str, says: str) -> None:
    refused = refusal(a_case(), extension)
    assert refused.field == field
    assert says in refused.message


@pytest.mark.parametrize(
    "case",
    [
        cases.case_of(cases.received(RECEIVED)),
        cases.case_of(cases.received(RECEIVED), cases.acknowledged(ACKNOWLEDGED), cases.answered(TOLD)),
    ],
    ids=["not acknowledged", "answered"],
)
def test_only_between_the_acknowledgement_and_the_answer(case: Case) -> None:
    assert "between the acknowledgement and the answer" in refusal(case, wanted()).message
