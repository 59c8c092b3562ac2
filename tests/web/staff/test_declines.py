"""The register of what was declined: by ground and by who decided, and nothing that is out of sight."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.partial_date import PartialDate
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
OLD = {
    "ground": "too_old",
    "claim_filed_on": None,
    "happened_on": PartialDate(2024, 3),
    "aware_on": PartialDate(2024, 4),
}


def test_each_decision_stands_there_with_its_ground_and_who_decided(lead: Browser, office: Office) -> None:
    at_court, old = office.submit(MONDAY), office.submit(MONDAY)
    office.assign(old, MONDAY)
    office.decline(at_court, TUESDAY)
    office.decline(old, WEDNESDAY, actor=office.handler, **OLD)
    page = lead.get("declined").words
    assert page.index(old) < page.index(at_court)
    for words in ("It happened more than twelve months ago", "Legal proceedings", office.handler.name, "Stage 1"):
        assert words in page


def test_by_ground_by_person_and_by_stage_and_the_address_says_it(lead: Browser, office: Office) -> None:
    at_court, old, second = office.submit(MONDAY), office.submit(MONDAY), office.answered(MONDAY, MONDAY)
    office.assign(old, MONDAY)
    office.escalate(second, TUESDAY)
    office.decline(at_court, TUESDAY)
    office.decline(old, TUESDAY, actor=office.handler, **OLD)
    office.decline(second, WEDNESDAY)
    every = {at_court, old, second}
    for asked, shown in (
        ("", every),
        ("?ground=too_old", {old}),
        (f"?by={office.lead.user_id}", {at_court, second}),
        ("?stage=2", {second}),
        (f"?by={office.lead.user_id}&ground=court&stage=1", {at_court}),
    ):
        page = lead.get(f"declined{asked}")
        assert {each for each in every if each in page.words} == shown, asked
    wrong = lead.get("declined?ground=nonsense&by=x")
    assert wrong.status == 422


def test_a_page_has_so_many_and_leads_to_the_next(lead: Browser, office: Office) -> None:
    first = office.submit(MONDAY)
    office.decline(first, MONDAY)
    for _ in range(25):
        office.decline(office.submit(TUESDAY), TUESDAY)
    page = lead.get("declined?stage=1")
    assert first not in page.words
    later = next(each.get("href") for each in page.tree.iter("a") if each.get("rel") == "next")
    assert "stage=1" in later
    assert first in lead.get(later.partition("/staff/")[2]).words


def test_one_that_some_alone_may_see_is_not_in_it_and_proves_nothing(app: Flask, lead: Browser, office: Office) -> None:
    hidden, here = office.answered(MONDAY, MONDAY), office.submit(TUESDAY)
    office.close(hidden, TUESDAY)
    gone = office.submit(MONDAY)
    office.decline(gone, TUESDAY)
    for each in (hidden, gone):
        office.do(restrict_complaint, office.lead, each, [office.colleague.user_id], reason="?", on=TUESDAY)
    somebody = office.another("officer")
    office.assign(here, TUESDAY, to=somebody)
    handler = Browser(app).sign_in(somebody)
    assert gone not in handler.get("declined").words
    said = {
        "ground": "already_considered",
        "reasons": "It was answered.",
        "evidence": "The answer.",
        "circumstances": "We asked what is new.",
    }
    none = handler.post(f"cases/{here}/decline", {**said, "earlier_reference": "H4KM-72QT"})
    guessed = handler.post(f"cases/{here}/decline", {**said, "earlier_reference": hidden})
    assert (guessed.status, guessed.errors) == (none.status, none.errors) == (422, none.errors)
    assert "another complaint that was answered" in " ".join(none.errors.values())
