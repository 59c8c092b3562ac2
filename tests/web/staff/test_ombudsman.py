"""What the Ombudsman asks and orders is recorded on the page of a complaint, and stands in a register."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.lifecycle import Status
from tests.actions.office import Office, ten_oclock
from tests.actions.test_ombudsman import determined, enquired
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_a_declined_complaint_is_reopened_with_the_letter_read_first(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.decline(reference, MONDAY)
    address = f"cases/{reference}/ombudsman-direction"
    page = lead.get(address)
    assert "Take it on as a complaint" in page.words
    assert "Take it to stage" not in page.words
    assert set(lead.post(address).errors) == {"#own_reference", "#directed_on-day", "#direction", "#words"}
    said = {**day("directed_on", MONDAY), "own_reference": "202600001", "direction": "accept", "words": "Look at it."}
    preview = lead.post(address, said)
    assert preview.heading == "Check the letter"
    assert "We have opened it again" in preview.words
    assert office.case(reference).case.status is Status.DECLINED
    assert lead.post(address, {**said, "press": "send"}).status == 303
    shown = lead.get(f"cases/{reference}").words
    assert "The Ombudsman directed: Take it on as a complaint" in shown
    assert "Reopened" in lead.get("declined").words


def test_an_order_without_its_words_or_day_is_refused_where_it_stands_and_nothing_is_lost(
    lead: Browser, office: Office
) -> None:
    reference = office.submit(MONDAY)
    address = f"cases/{reference}/ombudsman-determination"
    said = {
        **day("determined_on", MONDAY),
        "determination": "maladministration",
        "orders-0-kind": "",
        "orders-1-kind": "order",
        "orders-1-words": "Say sorry.",
    }
    page = lead.post(address, said)
    assert (page.status, list(page.errors)) == (422, ["#orders-1-due-day"])
    assert page.value("orders-1-words") == "Say sorry."
    late = lead.post(address, {**said, **day("orders-1-due", date(2026, 10, 1))})
    assert list(late.errors) == ["#orders-1-due-day"]
    more = lead.post(address, {**said, "press": "add-orders"})
    assert "Number 3" in more.words
    assert lead.post(address, {**said, **day("orders-1-due", TUESDAY)}).status == 303
    done = {"which": "1", **day("done_on", MONDAY), "proof": "The letter."}
    assert lead.post(f"cases/{reference}/ombudsman-order", done).status == 303
    assert "The letter." in lead.get(f"cases/{reference}").words
    assert lead.get(f"cases/{reference}/ombudsman-order").status == 403


def test_the_register_shows_what_is_owed_and_late_and_nothing_out_of_sight(
    app: Flask, lead: Browser, office: Office
) -> None:
    late, owed, nothing, hidden = (office.submit(MONDAY) for _ in range(4))
    enquired(office, late, TUESDAY)
    for each in (owed, hidden):
        enquired(office, each, date(2027, 1, 11))
    determined(office, nothing)
    office.do(restrict_complaint, office.lead, hidden, [office.colleague.user_id], reason="?", on=TUESDAY)
    app.extensions["clock"].move_to(ten_oclock(WEDNESDAY))
    handler = Browser(app).sign_in(office.handler)
    every = {late, owed, nothing, hidden}
    for asked, shown in (("", {late, owed, nothing}), ("?owed=owed", {late, owed}), ("?owed=late", {late})):
        words = handler.get(f"ombudsman{asked}").words
        assert {each for each in every if each in words} == shown, asked
    assert hidden in lead.get("ombudsman").words
    queue = handler.get("?view=ombudsman").words
    assert late in queue
    assert owed not in queue
