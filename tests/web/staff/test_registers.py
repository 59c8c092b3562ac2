"""The registers: what they list, for whom, and what an export holds. Monday 2 November 2026 and the days after it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO

from flask import Flask
from sqlalchemy import delete, select, update

from portal import landlords
from portal.actions.decide_appeal import decide_appeal
from portal.actions.follow_payment import follow_payment
from portal.actions.record_appeal import record_appeal
from portal.actions.restrict_complaint import restrict_complaint
from portal.actions.restrict_contact import restrict_contact
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.remedy_kinds import PaymentStep
from portal.domain.restriction_kinds import RestrictionOutcome
from portal.domain.routes import Route
from portal.records.models import AccessEntry, ComplaintRow, RegisterEntry
from portal.records.recopying import copy_anew
from portal.records.staff_tables import Access
from tests.actions.office import Office, money, restriction
from tests.actions.test_referrals import refer
from tests.builders import MONDAY
from tests.web.answer import Answer, text_of
from tests.web.staff.browser import Browser

LATER = MONDAY + timedelta(days=30)


def table(browser: Browser, address: str) -> list[dict[str, str]]:
    """The lines of an export."""
    return list(csv.DictReader(StringIO(browser.get(address).html.lstrip("\ufeff"))))


def column(lines: Iterable[dict[str, str]], name: str) -> list[str]:
    return [each[name] for each in lines]


def test_money_is_listed_with_its_state_and_found_by_it(lead: Browser, office: Office) -> None:
    first = office.answered(MONDAY, MONDAY, remedies=(money(LATER, office.handler),))
    second = office.answered(MONDAY, MONDAY, remedies=(money(LATER, office.handler, amount_pence=5000),))
    accepted = {"step": PaymentStep.ACCEPTED, "happened_on": MONDAY}
    office.do(follow_payment, office.lead, second, [1], on=MONDAY, **accepted)
    page = lead.get("registers")
    assert first in page.words
    assert "£75.00" in page.words
    assert "Distress and inconvenience" in page.words
    assert column(table(lead, "registers/compensation.csv?state=accepted"), "Complaint") == [second]
    assert table(lead, "registers/compensation.csv?overdue=y") == []


def test_an_export_names_nobody_says_nothing_that_was_written_and_is_a_line_of_the_access_log(
    lead: Browser, office: Office
) -> None:
    told = {"adjustments": (Adjustment.LARGE_PRINT,), "adjustment_words": "My eyes are bad"}
    reference = office.submit(MONDAY, **told)
    office.do(restrict_contact, office.lead, reference, restriction(), on=MONDAY)
    for register in ("adjustments", "restrictions"):
        text = lead.get(f"registers/{register}.csv").html
        assert reference in text
        for never in ("Resident One", "resident.one", "My eyes", "shouting", "what would help"):
            assert never not in text
    with office.database.session() as session:
        noted = session.scalars(select(AccessEntry.action).where(AccessEntry.access == Access.EXPORTED)).all()
    assert noted == ["SEE_REGISTERS"] * 2


def test_a_restriction_is_listed_as_far_as_it_has_come(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    office.do(restrict_contact, office.lead, reference, restriction(), on=MONDAY)
    listed = "registers/restrictions.csv"
    assert column(table(lead, listed), "By") == ["2027-02-01"]
    office.do(record_appeal, office.lead, reference, 1, appealed_on=MONDAY, on=MONDAY)
    assert column(table(lead, listed), "State") == ["Appeal waits"]
    ended = {"outcome": RestrictionOutcome.ENDED, "words": "It was about a leak."}
    office.do(decide_appeal, office.reviewer, reference, 1, on=MONDAY, **ended)
    assert column(table(lead, listed), "State") == ["Ended"]


def test_what_was_passed_on_in_confidence_is_for_complaints_officers_and_never_for_whom_it_names(
    app: Flask, lead: Browser, office: Office
) -> None:
    reference = office.acknowledged(MONDAY)
    refer(office, reference, Route.SAFEGUARDING, MONDAY)
    refer(office, reference, Route.ASB, MONDAY)
    listed = "registers/referrals.csv"
    assert len(table(lead, listed)) == 2
    auditor = Browser(app).sign_in(office.auditor)
    assert len(table(auditor, listed)) == 1
    office.name(reference, MONDAY, office.lead.user_id)
    assert table(lead, listed) == []


def test_what_somebody_may_not_know_of_is_in_no_register(app: Flask, office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY, remedies=(money(LATER, office.handler),))
    office.do(restrict_complaint, office.lead, reference, [office.colleague.user_id or 0], reason="Staff.", on=MONDAY)
    auditor = Browser(app).sign_in(office.auditor)
    assert table(auditor, "registers/compensation.csv") == []
    assert Browser(app).sign_in(office.handler).get("registers").status == 404


def test_pages_go_on_where_the_last_one_ended(lead: Browser, office: Office) -> None:
    several = tuple(money(LATER, office.handler, amount_pence=100 * each) for each in range(1, 31))
    office.answered(MONDAY, MONDAY, remedies=several)
    first = lead.get("registers")
    following = next(each.get("href", "") for each in first.main.iter("a") if "after=" in each.get("href", ""))
    rest = lead.page(lead.client.get(following))
    assert first.words.count("£") == 25
    assert rest.words.count("£") == 5


def test_older_copies_are_made_anew(office: Office) -> None:
    office.answered(MONDAY, MONDAY, remedies=(money(date(2026, 12, 1), office.handler),))
    with office.database.unit_of_work() as session:
        session.execute(delete(RegisterEntry))
        session.execute(update(ComplaintRow).values(copied_as=0))
    copy_anew(office.database, ["ids"], landlords.rules_for)
    with office.database.session() as session:
        assert [each.amount_pence for each in session.scalars(select(RegisterEntry))] == [7500]


def test_what_was_declined_and_what_is_at_the_ombudsman_are_registers_like_the_others(
    lead: Browser, handler: Browser
) -> None:
    """Each leads to all that whoever looks may open, and to no other."""
    for page in ("registers", "declined", "ombudsman"):
        assert {"Compensation", "Declined", "Cases at the Ombudsman"} <= set(tabs(lead.get(page))), page
    assert tabs(handler.get("declined")) == ["Declined", "Cases at the Ombudsman"]
    assert "/ids/staff/declined" in {each.get("href") for each in handler.get().tree.iter("a")}


def tabs(page: Answer) -> list[str]:
    """The registers that a page leads to."""
    return [text_of(each) for each in page.tree.findall(".//nav[@aria-label='Which register']//a")]
