"""Recording a complaint that came by phone, by post or in person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.domain.adjustment_kinds import Adjustment
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import case_of, day

FRIDAY = MONDAY - timedelta(days=3)
TOLD = {
    "channel": "phone",
    **day("received_on", FRIDAY),
    "what_happened": "The lift is out of order.",
    "happened_on-month": "March",
    "happened_on-year": "2026",
    "name": "Resident One",
    "reply_by": "email",
    "email": "resident.one@example.org",
    "link": "tenant",
    "adjustments": ["large_print"],
    "adjustment_words": "18 point",
}


def references_of(page) -> list[str]:
    return ["".join(each.itertext()) for each in page.tree.iter("code")]


def test_it_is_received_on_the_day_it_really_came(lead: Browser, office: Office) -> None:
    page = lead.post("record", TOLD)
    assert page.heading == "Complaint recorded"
    assert "By Friday 6 November 2026 we write" in page.words  # five working days after Friday 30 October (Code 6.2)
    assert "/ids/track" in page.words
    reference, code = references_of(page)
    received = case_of(office, reference).received
    assert received.received_on == FRIDAY
    assert received.channel == "phone"
    assert received.adjustments == (Adjustment.LARGE_PRINT,)
    assert str(received.happened_on) == "March 2026"
    shown = lead.get(f"cases/{reference}")
    assert "Large print" in shown.words
    assert code not in shown.html


def test_pressed_twice_it_is_one_complaint_with_one_code(lead: Browser, office: Office) -> None:
    once = lead.get("record").value("once")
    first, second = (references_of(lead.post("record", {**TOLD, "once": once})) for _ in range(2))
    assert first == second


def test_other_words_on_the_same_form_are_another_complaint(lead: Browser, office: Office) -> None:
    once = lead.get("record").value("once")
    first = references_of(lead.post("record", {**TOLD, "once": once}))
    second = references_of(lead.post("record", {**TOLD, "what_happened": "And the stairs are dark.", "once": once}))
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"what_happened": " \n"}, "#what_happened", "resident’s words"),
        ({"channel": ""}, "#channel", "how the complaint reached us"),
        ({"channel": "pigeon"}, "#channel", "Choose"),
        (day("received_on", MONDAY + timedelta(days=1)), "#received_on-day", "future"),
        ({"received_on-day": "30", "received_on-month": "2"}, "#received_on-day", "February"),
        ({"received_on-day": ""}, "#received_on-day", "the day"),
        ({"email": ""}, "#email", "email address that we should write to"),
        ({"email": "resident"}, "#email", "name@example.com"),
        ({"reply_by": "post"}, "#address", "address that we should write to"),
        ({"reply_by": ""}, "#reply_by", "how to reply"),
        ({"happened_on-year": "20266"}, "#happened_on-year", "year"),
        ({"name": "x" * 301}, "#name", "300"),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_the_rest_is_kept(
    lead: Browser, office: Office, changes: dict[str, str], field: str, words: str
) -> None:
    page = lead.post("record", {**TOLD, **changes})
    assert page.status == 422
    assert words in page.errors[field]
    kept = {name: value for name, value in TOLD.items() if name not in changes and isinstance(value, str)}
    for name in ("what_happened", "adjustment_words", "happened_on-month"):
        if name in kept:
            assert page.value(name) == kept[name]


def test_nobody_has_to_give_a_name_or_a_way_to_be_reached(lead: Browser, office: Office) -> None:
    told = {"channel": "in_person", **day("received_on", MONDAY), "what_happened": "Damp.", "reply_by": "none"}
    (reference,) = references_of(lead.post("record", told))
    assert case_of(office, reference).received.person.name == ""
    assert "Anonymous" in lead.get().words


def test_strange_words_are_stored_as_they_are(lead: Browser, office: Office) -> None:
    strange = "🌻 \u202eright to left\u202c <script>alert(1)</script> {{ 7 * 7 }} nul\0nul"
    reference, _code = references_of(lead.post("record", {**TOLD, "what_happened": strange, "name": strange}))
    assert case_of(office, reference).received.what_happened == strange.replace("\0", "")
    page = lead.get(f"cases/{reference}")
    assert "{{ 7 * 7 }}" in page.words
    assert "<script>alert" not in page.html


def test_the_day_is_filled_in_with_today(lead: Browser, office: Office) -> None:
    page = lead.get("record")
    assert [page.value(f"received_on-{part}") for part in ("day", "month", "year")] == ["2", "11", "2026"]
    assert date(2026, 11, 2) == MONDAY


def test_an_auditor_reads_and_changes_nothing(app, office: Office) -> None:
    reference = office.submit(MONDAY)
    auditor = Browser(app).sign_in(office.auditor)
    assert auditor.get().status == 200
    assert "Record a complaint" not in auditor.get().html
    assert auditor.get(f"cases/{reference}").status == 200
    assert auditor.get("record").status == 404
    assert auditor.get(f"cases/{reference}/acknowledge").status == 404


def test_an_administrator_sees_no_complaint(app, office: Office) -> None:
    reference = office.submit(MONDAY)
    administrator = Browser(app).sign_in(office.administrator)
    for path in ("", f"cases/{reference}", "cases/H4KM-72Q", "record"):
        assert administrator.get(path).status == 404
