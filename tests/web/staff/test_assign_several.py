"""Several complaints are given to one person, each as if it had been opened: refused where that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.interest_events import Conflict
from portal.domain.permissions import Actor
from portal.records.models import ComplaintRow, EventRow
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.answer import Answer
from tests.web.staff.browser import Browser


def ticks(page: Answer) -> list[str]:
    return [each.get("value", "") for each in page.tree.iter("input") if each.get("name") == "cases"]


def send(lead: Browser, cases: list[str], to: Actor, address: str = "assign", **fields: str) -> Answer:
    """Send the form, and look where it leads."""
    sent = lead.post(address, {"cases": cases, "handler_id": str(to.user_id), "no_conflict": "y", **fields})
    return lead.page(lead.client.get(sent.location)) if sent.status == 303 else sent


def handler_of(office: Office, reference: str) -> int | None:
    return office.case(reference).row.handler_id


def test_what_is_ticked_is_assigned_and_nothing_else(lead: Browser, office: Office) -> None:
    first, second, third = (office.submit(MONDAY) for _ in range(3))
    listed = lead.get("?view=unassigned&channel=online")
    address = next(each.get("href") for each in listed.tree.iter("a") if "Assign several" in "".join(each.itertext()))
    page = lead.page(lead.client.get(address))
    result = send(lead, ticks(page)[:2], office.handler, address.removeprefix("/ids/staff/"))
    assert f"2 complaints are assigned to {office.handler.name}." in result.words
    assert [handler_of(office, each) for each in (first, second, third)] == [office.handler.user_id] * 2 + [None]
    back = result.tree.find(".//a[@class='govuk-back-link']").get("href")
    assert "view=unassigned" in back
    assert "channel=online" in back
    assert not office.case(first).case.interests.declared, "they declare themselves, before their first work"


def test_what_is_refused_stays_with_the_reason_and_the_rest_goes_on(lead: Browser, office: Office) -> None:
    """Whoever is named in one, or declared a tie to one, does not get it; nor is one given that has changed since."""
    free, named, tied, changed, second = (office.submit(MONDAY) for _ in range(5))
    office.name(named, MONDAY, office.handler.user_id)
    office.assign(tied, MONDAY)
    office.declare(tied, MONDAY, actor=office.handler, conflict=Conflict.KNOWS)
    cases = ticks(lead.get("assign?view=all_open"))
    office.name(changed, MONDAY, office.lead.user_id)
    result = send(lead, cases, office.handler)
    assert handler_of(office, free) == handler_of(office, second) == office.handler.user_id
    for reference in (named, tied, changed):
        assert handler_of(office, reference) != office.handler.user_id
        assert reference in result.words.partition("stay")[2]
    assert "2 complaints are assigned" in result.words


def test_sent_twice_it_is_done_once(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    cases = ticks(lead.get("assign"))
    first, again = send(lead, cases, office.handler), send(lead, cases, office.handler)
    assert first.words == again.words
    with office.database.session() as session:
        events = session.query(EventRow).join(EventRow.complaint).filter(ComplaintRow.reference == reference)
        assert [each.kind for each in events].count("handler_assigned") == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"cases": []}, "#cases"), ({"handler_id": ""}, "#handler_id"), ({"no_conflict": ""}, "#no_conflict")],
)
def test_what_is_missing_is_asked_for_and_what_was_ticked_stays(
    lead: Browser, office: Office, fields: dict[str, object], field: str
) -> None:
    office.submit(MONDAY)
    cases = ticks(lead.get("assign"))
    sent = lead.post(
        "assign", {"cases": cases, "handler_id": str(office.handler.user_id), "no_conflict": "y", **fields}
    )
    assert sent.status == 422
    assert list(sent.errors) == [field]
    assert sent.checked("cases") == ([] if field == "#cases" else cases)


def test_odd_input_changes_nothing_and_breaks_nothing(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert "Nothing has been assigned here" in lead.get("assigned").words
    for cases in (["x"], [f"{reference}.x"], [f"{reference}.1"] * 3 + ["'.1"], [f"AAAA-AAA{n}.1" for n in range(40)]):
        assert send(lead, cases, office.handler).status == 422
    assert "It is not there any more." in send(lead, ["AAAA-AAAA.1"], office.handler).words
    assert handler_of(office, reference) is None
    for odd in ("endpoint=x", "_anchor=x", "_external=1", "view=nonsense", "landlord=ms", "after=x", "handler=0"):
        assert lead.get(f"assign?{odd}").status == 200
        assert lead.get(f"assigned?{odd}").status == 200


def test_only_a_complaints_officer_is_offered_it(lead: Browser, handler: Browser, office: Office) -> None:
    office.submit(MONDAY)
    assert "Assign several of these" in lead.get().words
    assert "Assign several of these" not in handler.get().words
    assert handler.get("assign").status == 404


def test_a_restricted_complaint_is_not_listed_for_whoever_may_not_see_it(
    app: Flask, lead: Browser, office: Office
) -> None:
    """Its page is asked with the same sight as the queue."""
    office.submit(MONDAY - timedelta(days=1))
    elsewhere = Office(office.database, "ms")
    foreign = elsewhere.submit(MONDAY)
    assert foreign not in lead.get("assign").html
    assert "It is not there any more." in send(lead, [f"{foreign}.1"], office.handler).words
    assert elsewhere.case(foreign).row.handler_id is None
