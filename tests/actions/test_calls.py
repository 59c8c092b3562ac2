"""Whoever can only be reached by phone is called: a letter waits for the call, and recording the call closes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.actions.answer_message import answer_message
from portal.actions.call_resident import call_resident
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.record_call import record_call
from portal.actions.request_adjustment import request_adjustment
from portal.actions.send_message import send_message
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling, Wish
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.models import LetterRow, LetterState
from tests.actions.office import Office
from tests.builders import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
BY_PHONE: dict[str, Any] = {"person": Person(name="Resident One", phone="01632 960 001"), "reply_by": ReplyBy.PHONE}
WRITABLE = Person(name="Resident One", phone="01632 960 001", email="one@example.org")


def submitted(office: Office, **changes: Any) -> str:
    reference = office.submit(MONDAY, **{**BY_PHONE, **changes})
    office.assign(reference, MONDAY)
    return reference


def call(office: Office, reference: str, letter: LetterRow, *, on: date = TUESDAY, **changes: Any) -> None:
    said = {"called_on": on, "reached": True, "words": "Read the letter out.", **changes}
    office.do(record_call, office.colleague, reference, letter.id, on=on, **said)


def states(office: Office, reference: str) -> list[tuple[LetterKind, LetterState]]:
    return [(each.kind, each.state) for each in office.letters(reference)]


def needing_a_person(office: Office) -> list[LetterRow]:
    with office.database.session() as session:
        return list(queries.letters_needing_a_person(session, office.lead))


def test_an_answer_waits_for_a_call_and_each_try_is_on_record(office: Office) -> None:
    reference = submitted(office)
    office.acknowledge(reference, TUESDAY)
    receipt, letter = office.letters(reference)
    assert (receipt.state, letter.state) == (LetterState.ON_PAGE, LetterState.TO_CALL)  # they had just told us
    assert [each.id for each in needing_a_person(office)] == [letter.id]
    call(office, reference, letter, reached=False, words="Nobody answered.")
    assert office.letters(reference)[1].state is LetterState.TO_CALL
    call(office, reference, letter)
    assert (office.letters(reference)[1].state, needing_a_person(office)) == (LetterState.TOLD, [])
    calls = [each.event for each in office.case(reference).recorded if each.event.kind == "resident_called"]
    assert [(each.reached, each.called_on, each.words) for each in calls] == [
        (False, TUESDAY, "Nobody answered."),
        (True, TUESDAY, "Read the letter out."),
    ]
    with pytest.raises(Refused, match="not waiting"):
        call(office, reference, letter)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"called_on": TUESDAY + timedelta(days=1)}, "called_on"),
        ({"called_on": MONDAY}, "called_on"),
    ],
)
def test_a_call_that_cannot_be_is_refused(office: Office, changes: dict[str, Any], field: str) -> None:
    reference = submitted(office)
    office.acknowledge(reference, TUESDAY)
    with pytest.raises(Refused) as refused:
        call(office, reference, office.letters(reference)[1], **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, LetterState.TO_CALL),
        ({"person": WRITABLE}, LetterState.PENDING),
        ({"person": WRITABLE, "safe_contact": (SafeContact.NO_EMAIL,)}, LetterState.TO_CALL),
        ({"person": Person(name="Resident One")}, LetterState.ON_PAGE),
        ({"reply_by": ReplyBy.NONE}, LetterState.ON_PAGE),
        ({"adjustments": (Adjustment.NO_PHONE,)}, LetterState.ON_PAGE),
    ],
    ids=["phone alone", "an email too", "an email that is not safe", "no number", "no reply", "no calls"],
)
def test_who_is_called(office: Office, changes: dict[str, Any], state: LetterState) -> None:
    reference = submitted(office, **changes)
    office.acknowledge(reference, TUESDAY)
    assert states(office, reference)[1] == (LetterKind.ACKNOWLEDGEMENT, state)


def test_calls_alone_as_an_agreed_adjustment_hold_letters_back_and_each_call_keeps_to_it(office: Office) -> None:
    reference = submitted(office, person=WRITABLE, reply_by=ReplyBy.EMAIL)
    wish = Wish(adjustments=(Adjustment.PHONE_ONLY,))
    office.do(request_adjustment, office.resident(reference), reference, wish, on=TUESDAY)
    ruling = Ruling(outcome=Outcome.AGREED, adjustment=Adjustment.PHONE_ONLY, scope=AdjustmentScope.THIS_COMPLAINT)
    office.do(decide_adjustment, office.handler, reference, 1, ruling, on=TUESDAY)
    letter = office.letters(reference)[-1]
    assert (letter.kind, letter.state, letter.next_try_at) == (LetterKind.ADJUSTMENT, LetterState.TO_CALL, None)
    call(office, reference, letter)
    [applied] = office.case(reference).case.adjustments[0].applied
    assert (applied.letter_id, applied.applied_on) == (str(letter.id), TUESDAY)


def test_a_call_to_somebody_who_has_asked_for_none_since_needs_a_reason_first(office: Office) -> None:
    reference = submitted(office)
    office.acknowledge(reference, TUESDAY)
    letter = office.letters(reference)[1]
    wish = Wish(adjustments=(Adjustment.NO_PHONE,))
    office.do(request_adjustment, office.resident(reference), reference, wish, on=TUESDAY)
    with pytest.raises(Refused, match="no phone calls"):
        call(office, reference, letter)
    office.do(call_resident, office.colleague, reference, reason="They cannot read the page.", on=TUESDAY)
    call(office, reference, letter)
    assert office.letters(reference)[1].state is LetterState.TOLD


def test_a_message_is_told_by_phone_and_its_letter_has_the_words(office: Office) -> None:
    reference = submitted(office)
    office.do(send_message, office.resident(reference), reference, words="When will you come?", on=TUESDAY)
    office.do(answer_message, office.handler, reference, words="On Friday at ten.", on=TUESDAY)
    letter = office.letters(reference)[-1]
    assert (letter.kind, letter.state) == (LetterKind.MESSAGE, LetterState.TO_CALL)
    assert "On Friday at ten." in letter.body
    assert "this email" not in letter.body
