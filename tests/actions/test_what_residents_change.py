"""What residents do to their own complaint: contact details, withdrawing, remedies done or not, how it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.change_contact import change_contact
from portal.actions.give_feedback import give_feedback
from portal.actions.read_messages import read_messages
from portal.actions.report_remedy import report_remedy
from portal.actions.send_message import send_message
from portal.actions.withdraw_complaint import withdraw_complaint
from portal.domain.contact import Contact, contact_of
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.feedback_events import Rating
from portal.domain.lifecycle import Status
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ContactPart
from portal.domain.refusal import Refused
from portal.records import chain
from portal.records.history import NotFound
from portal.records.models import Channel, Link
from portal.records.queries import counts
from tests.actions.office import SUBMISSION, Office, repair, rows, ten_oclock

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
OLD, NEW = SUBMISSION.person.email, "new@example.org"


def contact(office: Office, reference: str, **changes: Any) -> Contact:
    return replace(contact_of(office.case(reference).case.received), **changes)


def change(office: Office, reference: str, on: date = TUESDAY, **changes: Any) -> None:
    office.do(change_contact, office.resident(reference), reference, contact(office, reference, **changes), on=on)


def test_a_new_address_is_told_to_the_old_one_without_what_is_new_and_holds_for_the_next_letter(office: Office) -> None:
    reference = office.submit(MONDAY)
    change(office, reference, email=NEW)
    told = office.letters(reference)[-1]
    assert (told.kind, told.to_address) == (LetterKind.CONTACT_CHANGED, OLD)
    assert NEW not in told.subject + told.body
    changed = office.case(reference).case.contact_changed
    assert changed is not None
    assert changed.changed == (ContactPart.EMAIL,)
    office.decline(reference, WEDNESDAY)
    assert office.letters(reference)[-1].to_address == NEW
    with office.database.session() as session:
        assert chain.verify(session, "ids") is None


def test_post_in_place_of_email_is_told_by_email(office: Office) -> None:
    reference = office.submit(MONDAY)
    change(office, reference, reply_by=ReplyBy.POST)
    assert office.letters(reference)[-1].channel is Channel.EMAIL


def test_an_address_that_is_not_safe_any_more_is_told_nothing(office: Office) -> None:
    reference = office.submit(MONDAY, reply_by=ReplyBy.POST)
    change(office, reference, reply_by=ReplyBy.EMAIL, safe_contact=(SafeContact.NO_POST,))
    assert [each.kind for each in office.letters(reference)] == [LetterKind.RECEIPT]


@pytest.mark.parametrize("first", [True, False])
def test_the_old_address_is_told_discreetly_if_discretion_was_or_is_asked_for(office: Office, first: bool) -> None:
    discreet = (SafeContact.DISCREET,)
    reference = office.submit(MONDAY, safe_contact=discreet if first else ())
    change(office, reference, email=NEW, safe_contact=() if first else discreet)
    assert office.letters(reference)[-1].discreet


@pytest.mark.on_both
def test_links_that_are_on_their_way_to_the_old_address_end(office: Office) -> None:
    reference = office.submit(MONDAY)
    asked = office.do(ask_for_code, office.anyone(), reference, on=TUESDAY)
    with office.database.unit_of_work() as session:
        send_way_to_code(session, asked, secret_key="not-a-secret-" * 3, now=ten_oclock(TUESDAY))
    change(office, reference, email=NEW)
    with office.database.session() as session:
        (link,) = session.query(Link).all()
    assert link.expires_at <= ten_oclock(TUESDAY)


def test_the_same_details_again_change_nothing(office: Office) -> None:
    reference = office.submit(MONDAY)
    stored = rows(office.database)
    change(office, reference)
    assert rows(office.database) == stored


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"reply_by": ReplyBy.PHONE}, "phone"),
        ({"reply_by": ReplyBy.POST, "address": " "}, "address"),
        ({"safe_contact": (SafeContact.NO_EMAIL,)}, "safe_contact"),
    ],
)
def test_the_way_that_is_chosen_needs_its_details_and_must_be_safe(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    reference = office.submit(MONDAY)
    with pytest.raises(Refused) as refused:
        change(office, reference, **changes)
    assert refused.value.field == field


def test_a_resident_withdraws_without_a_word_and_can_still_write(office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    resident = office.resident(reference)
    office.do(withdraw_complaint, resident, reference, withdrawn_on=TUESDAY, words="", on=TUESDAY)
    assert office.case(reference).case.status is Status.WITHDRAWN
    assert office.letters(reference)[-1].kind is LetterKind.WITHDRAWAL
    office.do(send_message, resident, reference, words="I have changed my mind.", on=WEDNESDAY)
    assert office.case(reference).row.messages_waiting


def test_nobody_withdraws_anothers_complaint_or_one_that_has_ended(office: Office) -> None:
    mine, theirs = office.submit(MONDAY), office.submit(MONDAY)
    with pytest.raises(NotFound):
        office.do(withdraw_complaint, office.resident(mine), theirs, withdrawn_on=TUESDAY, words="", on=TUESDAY)
    office.decline(mine, TUESDAY)
    with pytest.raises(Refused, match="already ended"):
        office.do(withdraw_complaint, office.resident(mine), mine, withdrawn_on=TUESDAY, words="", on=TUESDAY)


def promised(office: Office) -> str:
    return office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))


def report(office: Office, reference: str, done: bool, on: date = WEDNESDAY, remedy: int = 1) -> None:
    office.do(report_remedy, office.resident(reference), reference, remedy, done=done, words="", on=on)


def test_a_remedy_that_was_not_done_waits_for_staff_until_they_have_seen_it(office: Office) -> None:
    reference = promised(office)
    office.close(reference, TUESDAY)
    report(office, reference, done=False)
    file = office.case(reference)
    assert file.row.messages_waiting
    assert [each.number for each in file.case.open_remedies] == [1]
    office.do(read_messages, office.lead, reference, words="Booked again.", on=WEDNESDAY)
    assert not office.case(reference).row.messages_waiting


def test_a_remedy_that_was_done_asks_nothing_of_staff_and_completes_nothing(office: Office) -> None:
    reference = promised(office)
    report(office, reference, done=True)
    report(office, reference, done=True)
    file = office.case(reference)
    assert len(file.case.messages) == 1
    assert not file.row.messages_waiting
    assert file.case.open_remedies


@pytest.mark.on_both
def test_a_remedy_is_asked_about_once_its_date_has_come_or_we_say_that_it_is_done(office: Office) -> None:
    reference = promised(office)
    with pytest.raises(Refused) as refused:
        report(office, reference, done=False, on=TUESDAY)
    assert refused.value.field == "which"
    with pytest.raises(Refused):
        report(office, reference, done=False, remedy=2)
    office.complete(reference, TUESDAY)
    report(office, reference, done=False, on=TUESDAY)
    reported = office.case(reference).case.remedies[0].reported
    assert reported is not None
    assert not reported.done


def feedback(office: Office, reference: str, **said: Any) -> None:
    words = {"easy": Rating.NO, "listened": None, **said}
    office.do(give_feedback, office.resident(reference), reference, **words, on=WEDNESDAY)


def test_how_it_went_is_told_once_and_after_the_end(office: Office) -> None:
    reference = promised(office)
    with pytest.raises(Refused, match="once your complaint has ended"):
        feedback(office, reference)
    office.close(reference, TUESDAY)
    with pytest.raises(Refused) as refused:
        feedback(office, reference, easy=None, words=" ")
    assert refused.value.field == "easy"
    letters, stored = len(office.letters(reference)), rows(office.database)["complaints"]
    with office.database.session() as session:
        before = counts(session, office.lead, WEDNESDAY)
    feedback(office, reference)
    with office.database.session() as session:
        assert counts(session, office.lead, WEDNESDAY) == before, "it is counted as no complaint"
    assert office.case(reference).case.feedback is not None
    assert (len(office.letters(reference)), rows(office.database)["complaints"]) == (letters, stored)
    with pytest.raises(Refused, match="told us already"):
        feedback(office, reference)


def test_a_final_answer_is_an_end_and_the_first_answer_is_none(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    assert not office.case(reference).case.has_ended
    office.escalate(reference, WEDNESDAY)
    office.assign(reference, WEDNESDAY)
    office.acknowledge(reference, WEDNESDAY)
    office.answer(reference, WEDNESDAY + timedelta(days=1))
    assert office.case(reference).case.has_ended
