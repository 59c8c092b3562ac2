"""The pages of working days: what would move is shown first, nothing typed is lost, and both dates stand afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal import landlords
from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.policy import Key
from portal.records.models import AccessEntry
from portal.web.resident.progress import steps
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

DAY = {"kind": "bank_holiday", "day-day": "6", "day-month": "11", "day-year": "2026", "name": "Coronation"}
DAY |= {"why": "Proclaimed yesterday:\nwww.gov.uk"}


@pytest.fixture
def administrator(app: Flask, office: Office) -> Browser:
    return Browser(app).sign_in(office.administrator)


@pytest.fixture
def told(office: Office) -> str:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    return reference


def sent(page, **more: str) -> dict[str, str]:
    """What the form of the preview sends."""
    names = (*DAY, "version")
    return {**{name: page.value(name) for name in names}, **more}


def test_what_would_move_is_shown_before_anything_does(
    app: Flask, administrator: Browser, lead: Browser, told: str
) -> None:
    page = administrator.post("working-days/add", DAY)
    assert (page.status, page.heading) == (200, "What this day moves")
    for words in (told, "16 Nov", "17 Nov", "1 complaint."):
        assert words in page.words, words
    assert "Coronation" not in administrator.get("working-days").words
    with app.extensions["database"].session() as session:
        looked = session.scalars(select(AccessEntry.reference).where(AccessEntry.action == "KEEP_WORKING_DAYS")).all()
    assert told in looked
    assert administrator.post("working-days", sent(page)).status == 303
    page = administrator.get("working-days")
    for words in ("Coronation", "A day was added", "A date moved in 1 complaint.", "Proclaimed yesterday:"):
        assert words in page.words, words
    page = lead.get(f"cases/{told}")
    assert "Bank holiday added: Coronation, Friday 6 November 2026" in page.words
    assert "counted Tuesday 17 November 2026 instead of Monday 16 November 2026" in page.words
    assert "The resident was told Monday 16 November 2026, and we keep to that" in page.words


def test_the_resident_goes_on_reading_what_they_were_told(app: Flask, administrator: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    administrator.post("working-days", {**DAY, "version": "0"})
    file = office.case(reference)
    with app.test_request_context("/ids/"):
        read = steps(file.case, file.rules, landlords.landlord("ids"), MONDAY)
    assert {each.key: each.due for each in read}[Key.RESPOND_STAGE_1] == date(2026, 11, 16)


def test_it_is_taken_out_again_from_a_page_that_shows_what_that_moves(administrator: Browser, told: str) -> None:
    administrator.post("working-days", {**DAY, "version": "0"})
    page = administrator.get("working-days/2026-11-06/remove")
    assert told in page.words
    assert administrator.post("working-days/2026-11-06/remove", {"why": ""}).errors.keys() == {"#why"}
    version = page.value("version")
    assert administrator.post("working-days/2026-11-06/remove", {"why": "A mistake", "version": version}).status == 303
    assert "A day was taken out" in administrator.get("working-days").words
    assert administrator.get("working-days/2026-11-06/remove").status == 404


def test_a_second_writer_reads_what_it_moves_now_and_loses_nothing(administrator: Browser, told: str) -> None:
    page = administrator.post("working-days/add", DAY)
    administrator.post("working-days", {**DAY, "name": "Another", "day-day": "9", "version": "0"})
    page = administrator.post("working-days", sent(page))
    assert page.status == 409
    assert "The calendar has changed since you opened this page" in page.words
    assert page.value("why").split() == DAY["why"].split()
    assert administrator.post("working-days", sent(page)).status == 303


def test_going_back_keeps_what_was_typed(administrator: Browser) -> None:
    page = administrator.post("working-days", {**DAY, "press": "change"})
    assert (page.value("name"), page.value("day-day"), page.checked("kind")) == ("Coronation", "6", ["bank_holiday"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": ""}, "#kind"),
        ({"day-day": "", "day-month": "", "day-year": ""}, "#day-day"),
        ({"day-day": "7"}, "#day-day"),
        ({"day-day": "25", "day-month": "12"}, "#day-day"),
        ({"name": ""}, "#name"),
        ({"why": " "}, "#why"),
    ],
)
@pytest.mark.parametrize("path", ["working-days/add", "working-days"])
def test_a_mistake_is_said_at_its_field(administrator: Browser, path: str, changed: dict[str, str], field: str) -> None:
    page = administrator.post(path, {**DAY, **changed, "version": "0"})
    assert (page.status, set(page.errors)) == (422, {field})


def test_an_administrator_is_shown_no_complaint_that_few_may_see(administrator: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.do(
        restrict_complaint,
        office.lead,
        reference,
        [office.colleague.user_id or 0],
        reason="About a colleague.",
        on=MONDAY,
    )
    page = administrator.post("working-days/add", DAY)
    assert reference not in page.html
    assert "No date of a complaint moves." in page.words


def test_others_may_look_and_not_change(app: Flask, lead: Browser, handler: Browser, office: Office) -> None:
    page = lead.get("working-days")
    assert page.status == 200
    assert "Add a day" not in page.words
    assert lead.post("working-days/add", DAY).status == 404
    assert handler.get("working-days").status == 404


def test_days_that_are_none_have_no_page(administrator: Browser) -> None:
    for day in ("2026-11-06", "2026-12-25", "nonsense", str(date.max)):
        assert administrator.get(f"working-days/{day}/remove").status == 404
