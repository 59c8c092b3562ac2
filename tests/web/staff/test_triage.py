"""The first reading of a complaint, and word to a resident whose answer is late."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from portal.actions.answer_message import answer_message
from portal.clock import StoppedClock
from portal.domain.events import Flag
from portal.records import queries
from portal.records.queries import View
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

READING = {
    "early_answer": "no",
    "complexity": "complex",
    "risk": "high",
    "hazard": "no",
    "words": "Three teams have been there.",
    "vulnerability": "A baby of four months.",
}
# Acknowledged on Monday 2 November 2026: the Code's ten working days end on Monday the 16th.
LATE = date(2026, 11, 17)
AGREED = {"every_working_days": "3", "channel": "phone", "words": "She wants a message.", **day("agreed_on", LATE)}


def shown_in(office: Office, view: View, today: date) -> list[str]:
    with office.database.session() as session:
        return [row.reference for row in queries.queue(session, office.lead, view, today).rows]


def test_a_reading_stands_at_the_top_and_in_the_queue_and_moves_no_date(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    due = office.case(reference).row.due_on
    assert set(lead.post(f"cases/{reference}/triage").errors) == {"#early_answer", "#complexity", "#risk", "#hazard"}
    assert lead.post(f"cases/{reference}/triage", READING).status == 303
    page = lead.get(f"cases/{reference}").words
    assert "Three teams have been there." in page
    assert "A baby of four months." in page
    assert "High risk" in lead.get().words
    assert office.case(reference).row.due_on == due
    again = lead.get(f"cases/{reference}/triage")
    assert again.checked("risk") == ["high"]
    assert again.value("vulnerability") == ""


def test_who_does_not_deal_with_it_reads_no_word_of_vulnerability(app: Flask, lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    lead.post(f"cases/{reference}/triage", READING)
    for actor in (office.handler, office.recorder, office.auditor, office.adjustments_lead):
        browser = Browser(app).sign_in(actor)
        assert "A baby of four months." not in browser.get(f"cases/{reference}").html
        assert browser.post(f"cases/{reference}/triage", READING).status in (403, 404)
    office.assign(reference, MONDAY)
    assert "A baby of four months." in Browser(app).sign_in(office.handler).get(f"cases/{reference}").words


def test_a_danger_that_is_seen_is_flagged_until_it_is_passed_on(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    lead.post(f"cases/{reference}/triage", {**READING, "hazard": "yes", "risk": "some"})
    assert office.case(reference).case.flags == (Flag.HAZARD,)


def test_a_reading_that_was_overtaken_keeps_its_words(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    opened = lead.version(f"cases/{reference}")
    office.name(reference, MONDAY, office.colleague.user_id)
    page = lead.post(f"cases/{reference}/triage", {**READING, "version": opened})
    assert page.status == 409
    assert "Three teams have been there." in page.html


def test_a_late_answer_owes_word_at_the_agreed_interval(lead: Browser, office: Office, clock: StoppedClock) -> None:
    reference = office.acknowledged(MONDAY)
    clock.move_to(ten_oclock(LATE - timedelta(days=1)))
    assert "outside the time of the Code" not in lead.get(f"cases/{reference}").words
    clock.move_to(ten_oclock(LATE))
    assert "Nothing is agreed on how often" in lead.get(f"cases/{reference}").words
    assert shown_in(office, View.UPDATES, LATE) == [reference]
    assert set(lead.post(f"cases/{reference}/updates").errors) == {
        "#every_working_days",
        "#agreed_on-day",
        "#channel",
    }
    for wrong in ("x", "0", "61", "²"):
        refused = lead.post(f"cases/{reference}/updates", {**AGREED, "every_working_days": wrong})
        assert refused.errors == {"#every_working_days": "Enter a number of working days between 1 and 60"}
        assert "She wants a message." in refused.html
    assert lead.post(f"cases/{reference}/updates", AGREED).status == 303
    # Three working days after Tuesday the 17th.
    assert "Next update due: Friday 20 November 2026." in lead.get(f"cases/{reference}").words
    assert shown_in(office, View.UPDATES, LATE) == []


def test_a_missed_update_is_a_task_until_somebody_writes(lead: Browser, office: Office, clock: StoppedClock) -> None:
    reference, missed = office.acknowledged(MONDAY), date(2026, 11, 23)
    clock.move_to(ten_oclock(LATE))
    lead.post(f"cases/{reference}/updates", AGREED)
    clock.move_to(ten_oclock(missed))
    assert "This update is late: it was due on Friday 20 November 2026." in lead.get(f"cases/{reference}").words
    page = lead.get("?view=updates").words
    assert reference in page
    assert "Update due:" in page
    office.do(answer_message, office.lead, reference, words="The surveyor comes on Friday.", on=missed)
    assert shown_in(office, View.UPDATES, missed) == []
    assert "Next update due: Thursday 26 November 2026." in lead.get(f"cases/{reference}").words


def test_an_agreement_that_was_overtaken_keeps_its_words(lead: Browser, office: Office, clock: StoppedClock) -> None:
    reference = office.acknowledged(MONDAY)
    clock.move_to(ten_oclock(LATE))
    opened = lead.version(f"cases/{reference}")
    office.name(reference, LATE, office.colleague.user_id)
    page = lead.post(f"cases/{reference}/updates", {**AGREED, "version": opened})
    assert page.status == 409
    assert "She wants a message." in page.html
