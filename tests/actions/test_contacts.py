"""A call, a visit, an email or a meeting is on record, attempts too; who asked for no calls is not called by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.actions.call_resident import call_resident
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.record_contact import record_contact
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay
from portal.domain.refusal import Refused
from tests.actions.office import Office
from tests.builders import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
NO_CALLS = Ruling(
    outcome=Outcome.AGREED, adjustment=Adjustment.NO_PHONE, scope=AdjustmentScope.THIS_COMPLAINT, print_size=None
)


def contact(**changes: Any) -> ContactRecorded:
    said = {
        "way": ContactWay.CALL,
        "by": ContactBy.US,
        "contact_on": TUESDAY,
        "reached": True,
        "words": "It leaks still.",
    }
    return ContactRecorded(**{**said, **changes})


def record(office: Office, reference: str, **changes: Any) -> None:
    office.do(record_contact, office.colleague, reference, contact(**changes), on=TUESDAY)


@pytest.fixture
def reference(office: Office) -> str:
    return office.acknowledged(MONDAY)


@pytest.fixture
def no_calls(office: Office) -> str:
    reference = office.submit(MONDAY, adjustments=(Adjustment.NO_PHONE,))
    office.assign(reference, MONDAY)
    office.do(decide_adjustment, office.handler, reference, 1, NO_CALLS, on=MONDAY)
    return reference


@pytest.mark.parametrize("reached", [True, False])
@pytest.mark.parametrize("way", ContactWay)
def test_each_way_and_each_attempt_is_on_record_and_moves_nothing(
    office: Office, reference: str, way: ContactWay, *, reached: bool
) -> None:
    before = office.case(reference).case
    record(office, reference, way=way, reached=reached)
    file = office.case(reference)
    assert file.recorded[-1].event == contact(way=way, reached=reached)
    assert (file.case.status, file.case.stages) == (before.status, before.stages)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"contact_on": TUESDAY + timedelta(days=1)}, "contact_on"),
        ({"words": " \n"}, "words"),
        ({"reached": False, "companions": "Their sister"}, "companions"),
    ],
)
def test_what_cannot_have_been_is_refused_at_its_field(
    office: Office, reference: str, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(office, reference, **told)
    assert refused.value.field == field


def test_who_asked_for_no_calls_is_called_only_once_somebody_said_why(office: Office, no_calls: str) -> None:
    for attempt in (True, False):
        with pytest.raises(Refused, match="asked for no phone calls"):
            record(office, no_calls, reached=attempt)
    office.do(call_resident, office.handler, no_calls, reason="The flat is filling with gas.", on=TUESDAY)
    record(office, no_calls)
    with pytest.raises(Refused, match="asked for no phone calls"):
        record(office, no_calls, contact_on=MONDAY)


@pytest.mark.parametrize(
    "told",
    [{"by": ContactBy.THEM}, {"way": ContactWay.VISIT}, {"somebody": "The contractor"}],
    ids=["they called", "a visit", "somebody else"],
)
def test_only_our_own_calls_to_them_are_held_back(office: Office, no_calls: str, told: dict[str, Any]) -> None:
    record(office, no_calls, **told)
    assert office.case(no_calls).recorded[-1].event == contact(**told)
