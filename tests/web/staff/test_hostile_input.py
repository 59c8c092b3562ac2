"""What no page of ours sends, and somebody may: an answer in words, and never a page of a mistake of ours."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day
from tests.web.staff.test_record import TOLD

pytestmark = pytest.mark.on_both


@pytest.mark.parametrize("number", ["9" * 20, "-1", "9" * 5_000, "\u00b2"])
def test_a_place_in_the_queue_that_is_none_is_its_beginning(lead: Browser, office: Office, number: str) -> None:
    reference = office.submit(MONDAY)
    page = lead.get(f"?after=1999-01-01.{number}")
    assert page.status == 200
    assert reference in page.words


@pytest.mark.parametrize("reference", ["%00", "A%00", "%ED%A0%80", "%E2%80%AEABCD"])
def test_a_reference_that_is_none_is_not_found(lead: Browser, reference: str) -> None:
    assert lead.get(f"cases/{reference}").status == 404
    assert lead.get(f"cases/{reference}/acknowledge").status == 404


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5_000, "-1", ""])
def test_rows_that_are_not_numbered_are_left_out(lead: Browser, office: Office, number: str) -> None:
    reference = office.submit(MONDAY)
    page = lead.post(f"cases/{reference}/acknowledge", {f"points-{number}": "x"})
    assert page.status == 422
    assert "#points-0" in page.errors


@pytest.mark.parametrize("year", [1900, 2009])
def test_a_day_before_the_known_bank_holidays_is_refused(lead: Browser, year: int) -> None:
    page = lead.post("record", {**TOLD, **day("received_on", date(year, 12, 31))})
    assert page.status == 422
    assert page.errors == {"#received_on-day": "The day it was received must be in 2010 or later"}
    assert page.value("name") == "Resident One"


@pytest.mark.parametrize("year", [2041, 2100])
def test_a_day_after_the_known_bank_holidays_is_refused(lead: Browser, office: Office, year: int) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    said = {"reason": "complex", "explanation": "The surveyor is away.", "good_reason": "x", "agreed": "y"}
    page = lead.post(
        f"cases/{reference}/extend",
        {**said, "update_every_working_days": "5", **day("new_due", date(year, 1, 2))},
    )
    assert page.status == 422
    assert page.errors == {"#new_due-day": "The new date must be before 2041"}


@pytest.mark.parametrize("number", ["9" * 5_000, "\u00b2", "\u0663", "-5", "0", "1e3"])
def test_an_interval_that_is_no_number_is_refused(lead: Browser, office: Office, number: str) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    page = lead.post(f"cases/{reference}/extend", {"update_every_working_days": number})
    assert page.status == 422
    assert "#update_every_working_days" in page.errors


@pytest.mark.parametrize("amount", ["9" * 5_000, "1" * 10, "\u00b2", "1.234", "-1", "."])
def test_an_amount_that_is_none_is_refused(handler: Browser, office: Office, amount: str) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    page = handler.post(f"cases/{reference}/respond", {"remedies-0-kind": "money", "remedies-0-amount": amount})
    assert page.status == 422
    assert "#remedies-0-amount" in page.errors
