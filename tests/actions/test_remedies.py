"""Remedies outside an answer, money until it is paid, and what is late: no bank holiday of 2026 is near."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import landlords
from portal.actions.add_remedy import add_remedy
from portal.actions.complete_remedy import complete_remedy
from portal.actions.follow_payment import follow_payment
from portal.actions.notice_overdue_remedy import notice_overdue_remedy
from portal.actions.report_remedy import report_remedy
from portal.domain.evidence import FileKind
from portal.domain.evidence_events import EvidenceAdded
from portal.domain.offers import check_offer
from portal.domain.permissions import Actor
from portal.domain.policy import Compensation, LetterKind, MostMoney, Sourced
from portal.domain.refusal import Refused
from portal.domain.remedy_kinds import PaymentMethod, PaymentStep
from portal.records.database import Database
from portal.records.history import append, open_case
from portal.records.models import Link, LinkPurpose
from portal.records.queries import View, late_remedies, queue
from tests.actions.office import Office, money, repair, ten_oclock

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (2, 3, 4, 5))
PAID = {"step": PaymentStep.PAID, "method": PaymentMethod.BANK_TRANSFER, "words": "Run 12"}


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database, "ids")


def notice(office: Office, on: date) -> int:
    """What the worker does: how many complaints have something newly on record as late."""
    with office.database.session() as session:
        late = late_remedies(session, "ids", on)
    with office.database.unit_of_work() as session:
        return sum(
            notice_overdue_remedy(session, "ids", each, secret_key="0" * 32, now=ten_oclock(on)) for each in late
        )


def told(office: Office) -> list[str]:
    with office.database.session() as session:
        notes = select(Link).where(Link.purpose == LinkPurpose.STAFF_NOTE, Link.about == "remedy_overdue")
        return [each.to_address for each in session.scalars(notes.order_by(Link.written_at))]


def overdue(office: Office, on: date) -> list[str]:
    with office.database.session() as session:
        return [row.reference for row in queue(session, office.lead, View.REMEDIES, on).rows]


def pay(office: Office, reference: str, on: date, *, actor: Actor | None = None, **said: object) -> None:
    office.do(
        follow_payment,
        actor or office.lead,
        reference,
        [1],
        on=on,
        **{"step": PaymentStep.ACCEPTED, "happened_on": on, **said},
    )


def _file(office: Office, reference: str) -> UUID:
    """A file that was added to the complaint."""
    added = EvidenceAdded(evidence_id=str(uuid4()), file_kind=FileKind.TEXT, size=5, digest="0", name="Photo")
    with office.database.unit_of_work() as session:
        file = open_case(session, reference, office.lead, landlords.rules_for, for_update=True)
        append(session, file, added, by=office.lead, at=ten_oclock(WEDNESDAY))
    return UUID(added.evidence_id)


def test_a_remedy_is_offered_after_the_close_in_a_letter_and_followed(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    office.close(reference, WEDNESDAY)
    office.do(add_remedy, office.lead, reference, money(date(2026, 11, 20), office.handler), on=THURSDAY)
    letter = office.letters(reference)[-1]
    assert letter.kind is LetterKind.REMEDY
    assert "£75.00 for distress and inconvenience" in letter.body
    assert "Friday 20 November 2026" in letter.body
    assert office.case(reference).row.remedy_due_on == date(2026, 11, 20)
    assert [each.number for each in office.case(reference).case.open_remedies] == [1, 2]


def test_money_is_done_once_it_is_paid_and_by_nothing_else(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(money(date(2026, 11, 20), office.handler),))
    with pytest.raises(Refused, match="record the payment"):
        office.complete(reference, WEDNESDAY)
    pay(office, reference, WEDNESDAY)
    with pytest.raises(Refused) as refused:
        pay(office, reference, WEDNESDAY, step=PaymentStep.PAID, words="Run 12")
    assert refused.value.field == "method"
    pay(office, reference, WEDNESDAY, **PAID)
    assert not office.case(reference).case.open_remedies
    assert office.case(reference).row.remedy_due_on is None


def test_money_that_was_refused_is_owed_again_once_it_is_accepted(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(money(date(2026, 11, 20), office.handler),))
    pay(office, reference, WEDNESDAY, step=PaymentStep.REFUSED, words="Too little.")
    assert office.case(reference).row.remedy_due_on is None
    with pytest.raises(Refused):
        pay(office, reference, WEDNESDAY, **PAID)
    pay(office, reference, THURSDAY)
    assert office.case(reference).row.remedy_due_on == date(2026, 11, 20)


def test_compensation_goes_to_the_rent_account_only_where_the_letter_said_so(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(money(date(2026, 11, 20), office.handler),))
    with pytest.raises(Refused) as refused:
        pay(office, reference, WEDNESDAY, **{**PAID, "method": PaymentMethod.RENT_ACCOUNT})
    assert refused.value.field == "method"


def test_arrears_and_ceilings_are_the_policys_alone(office: Office) -> None:
    offer = money(date(2026, 11, 20), office.handler, set_off=True)
    silent = Compensation("See our policy.", "X 1")
    with pytest.raises(Refused, match="arrears"):
        check_offer(offer, TUESDAY, silent)
    check_offer(offer, TUESDAY, replace(silent, set_off=Sourced("It may go against arrears.", "X 2")))
    check_offer(replace(offer, set_off=False, amount_pence=10_000_000), TUESDAY, silent)  # no ceiling was named
    with pytest.raises(Refused, match=r"at most £50\.00"):
        check_offer(replace(offer, set_off=False), TUESDAY, replace(silent, most=MostMoney(5000, "X 3")))


def test_who_owns_what_is_late_is_told_once_and_it_waits_in_the_queue(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))
    office.close(reference, WEDNESDAY)
    assert notice(office, WEDNESDAY) == 0
    assert overdue(office, WEDNESDAY) == []
    assert notice(office, THURSDAY) == 1
    assert notice(office, THURSDAY) == 0
    assert len(told(office)) == 1
    assert overdue(office, THURSDAY) == [reference]
    office.complete(reference, THURSDAY)
    assert overdue(office, THURSDAY) == []


def test_a_no_of_the_resident_opens_again_what_we_said_was_done_and_its_owner_is_told(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))
    office.complete(reference, WEDNESDAY)
    resident = office.resident(reference)
    office.do(report_remedy, resident, reference, 1, done=True, on=WEDNESDAY)
    assert not office.case(reference).case.open_remedies
    office.do(report_remedy, resident, reference, 1, done=False, words="It drips.", on=THURSDAY)
    (remedy,) = office.case(reference).case.open_remedies
    assert (remedy.done_on, remedy.reopened_on) == (None, THURSDAY)
    assert notice(office, date(2026, 11, 6)) == 1
    assert len(told(office)) == 1


def test_a_file_of_the_complaint_shows_that_it_was_done(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))
    other = office.submit(MONDAY)
    with pytest.raises(Refused) as refused:
        office.complete(reference, WEDNESDAY, evidence="", evidence_id=_file(office, other))
    assert refused.value.field == "evidence_id"
    office.complete(reference, WEDNESDAY, evidence="", evidence_id=_file(office, reference))
    assert not office.case(reference).case.open_remedies


def test_whoever_owns_a_remedy_need_not_handle_the_complaint_to_record_it(office: Office) -> None:
    due = date(2026, 11, 20)
    reference = office.answered(MONDAY, TUESDAY, remedies=(money(due, office.colleague), repair(due, office.colleague)))
    pay(office, reference, WEDNESDAY, actor=office.colleague)
    office.do(complete_remedy, office.colleague, reference, 2, done_on=WEDNESDAY, evidence="I saw it.", on=WEDNESDAY)
