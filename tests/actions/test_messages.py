"""What the resident and we write to each other: received at any stage, told without its words, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from portal.actions.answer_message import answer_message
from portal.actions.raise_issue import raise_issue
from portal.actions.read_messages import read_messages
from portal.actions.request_call_back import request_call_back
from portal.actions.send_message import send_message
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import against_a_call
from portal.domain.events import ReplyBy
from portal.domain.message_events import CallTime
from portal.domain.messages import issues_to_decide, waiting
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records import chain
from portal.records.history import NotFound
from portal.records.models import LetterState
from tests.actions.office import SUBMISSION, Office, repair, rows

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)

CALL = {"phone": "01632 960 001", "times": (CallTime.MORNING,), "voicemail": False}


def received(office: Office) -> str:
    return office.submit(MONDAY)


def acknowledged(office: Office) -> str:
    return office.acknowledged(MONDAY)


def answered(office: Office) -> str:
    return office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))


def closed(office: Office) -> str:
    reference = answered(office)
    office.close(reference, TUESDAY)
    return reference


def withdrawn(office: Office) -> str:
    reference = received(office)
    office.withdraw(reference, TUESDAY)
    return reference


def declined(office: Office) -> str:
    reference = received(office)
    office.decline(reference, TUESDAY)
    return reference


ANYWHERE = pytest.mark.parametrize("stand", [received, acknowledged, answered, closed, withdrawn, declined])
Stand = Callable[[Office], str]


def write(office: Office, reference: str, words: str = "Any news?", on: date = WEDNESDAY) -> None:
    office.do(send_message, office.resident(reference), reference, words=words, on=on)


def raised(office: Office, reference: str, on: date = WEDNESDAY) -> None:
    office.do(raise_issue, office.resident(reference), reference, words="The lift is broken too.", on=on)


@ANYWHERE
def test_a_message_is_received_wherever_the_complaint_stands(office: Office, stand: Stand) -> None:
    reference = stand(office)
    status, due = office.case(reference).case.status, office.case(reference).row.due_on
    write(office, reference)
    file = office.case(reference)
    assert [each.event.words for each in waiting(file.case.messages)] == ["Any news?"]
    assert (file.case.status, file.row.due_on, file.row.messages_waiting) == (status, due, True)


def test_an_empty_message_is_refused(office: Office) -> None:
    reference = received(office)
    with pytest.raises(Refused) as refused:
        write(office, reference, "  \n ")
    assert refused.value.field == "words"


def test_a_second_press_records_nothing_and_the_same_words_later_do(office: Office) -> None:
    reference = acknowledged(office)
    write(office, reference)
    stored = rows(office.database)
    write(office, reference)
    assert rows(office.database) == stored
    office.do(answer_message, office.handler, reference, words="Soon.", on=WEDNESDAY)
    write(office, reference)
    assert len(office.case(reference).case.messages) == 2


def test_nobody_writes_in_anothers_complaint(office: Office) -> None:
    mine, theirs = received(office), received(office)
    with pytest.raises(NotFound):
        office.do(send_message, office.resident(mine), theirs, words="Hello", on=TUESDAY)
    for staff in (office.handler, office.lead, office.auditor):
        with pytest.raises(Refused, match="You may not"):
            office.do(send_message, staff, theirs, words="Hello", on=TUESDAY)


def test_an_answer_reaches_the_resident_and_its_email_is_without_its_words(office: Office) -> None:
    reference = acknowledged(office)
    write(office, reference)
    office.do(answer_message, office.handler, reference, words="The surveyor comes on Friday.", on=WEDNESDAY)
    file = office.case(reference)
    assert (waiting(file.case.messages), file.row.messages_waiting) == ((), False)
    letter = office.letters(reference)[-1]
    assert (letter.kind, letter.state) == (LetterKind.MESSAGE, LetterState.PENDING)
    assert "surveyor" not in letter.subject + letter.body
    with office.database.session() as session:
        assert chain.verify(session, "ids") is None


def test_a_letter_on_paper_brings_the_words(office: Office) -> None:
    reference = office.submit(MONDAY, reply_by=ReplyBy.POST)
    office.do(answer_message, office.lead, reference, words="The surveyor comes on Friday.", on=TUESDAY)
    letter = office.letters(reference)[-1]
    assert letter.state is LetterState.TO_POST
    assert "The surveyor comes on Friday." in letter.body


def test_somebody_who_looks_at_the_website_gets_no_letter_about_it(office: Office) -> None:
    reference = office.submit(MONDAY, reply_by=ReplyBy.NONE)
    office.do(answer_message, office.lead, reference, words="Hello", on=TUESDAY)
    assert [each.kind for each in office.letters(reference)] == [LetterKind.RECEIPT]


def test_only_whoever_handles_the_complaint_answers(office: Office) -> None:
    reference = acknowledged(office)
    with pytest.raises(Refused, match="Only the person who handles"):
        office.do(answer_message, office.colleague, reference, words="Hello", on=TUESDAY)


def test_what_needs_no_answer_is_read_with_what_was_done(office: Office) -> None:
    reference = acknowledged(office)
    with pytest.raises(Refused, match="no unread message"):
        office.do(read_messages, office.handler, reference, words="Called.", on=TUESDAY)
    write(office, reference)
    with pytest.raises(Refused) as refused:
        office.do(read_messages, office.handler, reference, words="", on=WEDNESDAY)
    assert refused.value.field == "words"
    letters = len(office.letters(reference))
    office.do(read_messages, office.handler, reference, words="Called.", on=WEDNESDAY)
    assert not office.case(reference).row.messages_waiting
    assert len(office.letters(reference)) == letters


@ANYWHERE
def test_a_call_can_be_asked_for_wherever_the_complaint_stands(office: Office, stand: Stand) -> None:
    reference = stand(office)
    office.do(request_call_back, office.resident(reference), reference, **CALL, on=WEDNESDAY)
    assert office.case(reference).row.messages_waiting


@pytest.mark.parametrize(("lacks", "field"), [({"phone": "ring me"}, "phone"), ({"times": ()}, "times")])
def test_a_call_needs_a_number_and_a_time(office: Office, lacks: dict[str, object], field: str) -> None:
    reference = received(office)
    with pytest.raises(Refused) as refused:
        office.do(request_call_back, office.resident(reference), reference, **{**CALL, **lacks}, on=TUESDAY)
    assert refused.value.field == field


def test_one_call_asked_for_leaves_the_adjustment_against_calls_in_force(office: Office) -> None:
    person = replace(SUBMISSION.person, phone="01632 960 999")
    reference = office.submit(MONDAY, adjustments=(Adjustment.NO_PHONE,), person=person)
    office.do(request_call_back, office.resident(reference), reference, **CALL, on=TUESDAY)
    assert against_a_call(office.case(reference).case.adjustments) is not None


@ANYWHERE
def test_a_new_issue_is_received_wherever_the_complaint_stands_and_waits_for_a_decision(
    office: Office, stand: Stand
) -> None:
    reference = stand(office)
    raised(office, reference)
    office.do(answer_message, office.lead, reference, words="Thank you.", on=WEDNESDAY)
    file = office.case(reference)
    assert [each.number for each in issues_to_decide(file.case.messages)] == [1]
    assert file.row.messages_waiting
