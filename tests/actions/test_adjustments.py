"""Adjustments as a record: asked for, decided, kept to, set aside with a reason, reviewed, carried over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.actions.apply_adjustment import apply_adjustment
from portal.actions.ask_without_complaint import ask_without_complaint
from portal.actions.call_resident import call_resident
from portal.actions.carry_adjustments import carry_adjustments
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.record_posting import record_posting
from portal.actions.request_adjustment import request_adjustment
from portal.actions.review_adjustment import review_adjustment
from portal.actions.settle_easier_request import settle_easier_request
from portal.actions.tell_condition import tell_condition
from portal.domain.adjustment_events import ConditionTold
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome, RequestedBy, ReviewOutcome
from portal.domain.adjustments import Ruling, Wish
from portal.domain.events import Person, ReplyBy
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records import chain
from portal.records.history import NotFound
from portal.records.models import EasierRequest, EventContent, EventRow, LetterState
from tests.actions.office import Office, ten_oclock

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
IN_SIX_MONTHS = date(2027, 5, 3)


def ruling(outcome: Outcome = Outcome.AGREED, kind: Adjustment = Adjustment.LARGE_PRINT, **changes: Any) -> Ruling:
    said: dict[str, Any] = {"scope": AdjustmentScope.ALL_CONTACT, "print_size": 18}
    return Ruling(outcome=outcome, adjustment=kind, **{**said, **changes})


def submitted(office: Office, *kinds: Adjustment, words: str = "", on: date = MONDAY, **changes: Any) -> str:
    reference = office.submit(on, adjustments=kinds, adjustment_words=words, **changes)
    office.assign(reference, on)
    return reference


def decided(office: Office, reference: str, number: int = 1, **changes: Any) -> None:
    office.do(decide_adjustment, office.handler, reference, number, ruling(**changes), on=TUESDAY)


def test_the_answer_in_the_form_of_a_complaint_is_a_request_to_be_decided(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, Adjustment.NO_PHONE, words="24 point please")
    size, calls = office.case(reference).case.adjustments
    assert (size.number, size.adjustment, size.print_size) == (1, Adjustment.LARGE_PRINT, 24)
    assert (calls.number, calls.adjustment, calls.requested_on) == (2, Adjustment.NO_PHONE, MONDAY)
    assert office.case(reference).row.adjustments_to_decide


def test_agreeing_tells_the_resident_and_sets_a_review_in_six_months(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    decided(office, reference)
    file = office.case(reference)
    (record,) = file.case.adjustments
    assert (record.is_agreed, record.review_on, record.print_size) == (True, IN_SIX_MONTHS, 18)
    assert (record.decided.told_on, record.decided.starts_on) == (TUESDAY, TUESDAY)  # type: ignore[union-attr]
    assert file.case.letters[-1].letter is LetterKind.ADJUSTMENT
    assert (file.row.adjustments_to_decide, file.row.adjustments_review_on) == (False, IN_SIX_MONTHS)


@pytest.mark.parametrize(("lacks", "field"), [({"reason": " "}, "reason"), ({"alternative": ""}, "alternative")])
@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.ALTERNATIVE])
def test_declining_needs_a_reason_and_an_alternative(
    office: Office, outcome: Outcome, lacks: dict[str, str], field: str
) -> None:
    reference = submitted(office, Adjustment.HOME_VISIT)
    words = {"reason": "Nobody can come.", "alternative": "Meet at the library.", **lacks}
    with pytest.raises(Refused) as refused:
        decided(office, reference, outcome=outcome, kind=Adjustment.HOME_VISIT, **words)
    assert refused.value.field == field


def test_the_letter_that_declines_names_the_next_rights(office: Office) -> None:
    reference = submitted(office, Adjustment.HOME_VISIT)
    said = {"reason": "Nobody can come this month.", "alternative": "We can meet at the library."}
    decided(office, reference, outcome=Outcome.DECLINED, kind=Adjustment.HOME_VISIT, **said)
    body = " ".join(office.letters(reference)[-1].body.split())
    for words in (*said.values(), "look at this decision again", "complain about it", "Equality Act 2010", "Ombudsman"):
        assert words in body
    assert not office.case(reference).case.adjustments[0].holds


def test_a_second_letter_on_the_same_day_tells_only_what_is_newly_decided(office: Office) -> None:
    reference = submitted(office, Adjustment.HOME_VISIT, Adjustment.LARGE_PRINT)
    said = {"reason": "Nobody can come.", "alternative": "We can meet at the library."}
    decided(office, reference, 1, outcome=Outcome.DECLINED, kind=Adjustment.HOME_VISIT, **said)
    decided(office, reference, 2)
    first, second = office.letters(reference)[-2:]
    assert ("a visit at home" in first.body, "large print" in first.body.split("## If you")[0]) == (True, False)
    assert ("a visit at home" in second.body, "Nobody can come" in second.body) == (False, False)
    assert "We will do this" in second.body


def test_it_is_decided_once_and_by_whoever_handles_the_complaint(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    with pytest.raises(Refused, match="Only the person who handles"):
        office.do(decide_adjustment, office.colleague, reference, 1, ruling(), on=TUESDAY)
    decided(office, reference)
    with pytest.raises(Refused, match="already been decided"):
        decided(office, reference)


def test_a_review_keeps_it_or_ends_it_with_words(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    decided(office, reference)
    kept = {"outcome": ReviewOutcome.KEPT, "words": ""}
    office.do(review_adjustment, office.handler, reference, 1, **kept, on=date(2027, 5, 3))
    assert office.case(reference).case.adjustments[0].review_on == date(2027, 11, 3)
    with pytest.raises(Refused, match="Say why it ends"):
        office.do(review_adjustment, office.handler, reference, 1, outcome=ReviewOutcome.ENDED, words="", on=TUESDAY)
    ended = {"outcome": ReviewOutcome.ENDED, "words": "Asked for the usual size again."}
    office.do(review_adjustment, office.handler, reference, 1, **ended, on=TUESDAY)
    assert office.case(reference).case.adjustments[0].has_ended


def test_a_new_stage_asks_for_a_review_at_once(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    decided(office, reference)
    office.acknowledge(reference, TUESDAY)
    office.answer(reference, date(2026, 11, 4))
    office.escalate(reference, date(2026, 11, 9))
    assert office.case(reference).row.adjustments_review_on == date(2026, 11, 9)
    office.do(
        review_adjustment,
        office.lead,
        reference,
        1,
        outcome=ReviewOutcome.KEPT,
        words="",
        on=date(2026, 11, 10),
    )
    assert office.case(reference).row.adjustments_review_on == date(2027, 5, 10)


def test_each_time_that_it_is_kept_to_is_recorded(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    decided(office, reference)  # its letter too is in large print
    said = {"applied_on": TUESDAY, "how": "The tenancy agreement was printed in 18 point."}
    office.do(apply_adjustment, office.colleague, reference, 1, **said, on=TUESDAY)
    applied = office.case(reference).case.adjustments[0].applied
    assert [bool(each.letter_id) for each in applied] == [True, True, False]  # the receipt, the decision, the print


def test_a_call_to_somebody_who_asked_for_none_is_stopped_until_there_is_a_reason(office: Office) -> None:
    reference = submitted(office, Adjustment.NO_PHONE, reply_by=ReplyBy.PHONE)
    with pytest.raises(Refused, match="no phone calls") as refused:
        office.do(call_resident, office.colleague, reference, reason=" ", on=TUESDAY)
    assert refused.value.field == "reason"
    office.do(call_resident, office.colleague, reference, reason="Gas leak", on=TUESDAY)
    (aside,) = office.case(reference).case.adjustments[0].set_aside
    assert (aside.on, aside.reason) == (TUESDAY, "Gas leak")


def test_a_printed_letter_in_another_format_is_stopped_until_there_is_a_reason(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, words="18 point", reply_by=ReplyBy.POST)
    (receipt,) = office.letters(reference)
    assert (receipt.state, receipt.type_size) == (LetterState.TO_POST, 18)
    posted = {"posted_on": TUESDAY, "on": TUESDAY}
    with pytest.raises(Refused, match="18 point type"):
        office.do(record_posting, office.lead, reference, receipt.id, as_agreed=False, **posted)
    assert office.letters(reference)[0].state is LetterState.TO_POST
    office.do(record_posting, office.lead, reference, receipt.id, as_agreed=False, reason="Printer broken", **posted)
    assert office.letters(reference)[0].state is LetterState.POSTED
    assert office.case(reference).case.adjustments[0].set_aside[0].reason == "Printer broken"


def test_what_a_person_has_to_make_waits_for_that_person(office: Office) -> None:
    reference = submitted(office, Adjustment.BRAILLE_OR_AUDIO)
    decided(office, reference, kind=Adjustment.BRAILLE_OR_AUDIO)
    letter = office.letters(reference)[-1]
    assert (letter.state, letter.by_hand, letter.next_try_at) == (LetterState.TO_POST, "braille_or_audio", None)
    posted = {"posted_on": TUESDAY, "on": TUESDAY, "as_agreed": False}
    with pytest.raises(Refused, match="braille or audio"):
        office.do(record_posting, office.lead, reference, letter.id, **posted)
    office.do(record_posting, office.lead, reference, letter.id, reason="They asked for it by email today", **posted)
    assert office.letters(reference)[-1].state is LetterState.PENDING


CALLED = "Called the number that we held before."


@pytest.mark.parametrize(
    "person",
    [
        Person(name="R. One", email="RESIDENT.one@example.org "),
        Person(name="resident  one", postcode="n10aa"),
        Person(phone="+44 7700 900 123"),
    ],
    ids=["email", "name and postcode", "phone"],
)
@pytest.mark.on_both
def test_it_follows_the_person_to_a_second_complaint_once_staff_confirm(office: Office, person: Person) -> None:
    first = submitted(
        office,
        Adjustment.LARGE_PRINT,
        person=Person(name="Resident One", email="resident.one@example.org", phone="07700 900123", postcode="N1 0AA"),
    )
    decided(office, first)
    second = submitted(office, on=TUESDAY, person=person)
    assert office.case(second).case.adjustments == ()
    with pytest.raises(Refused, match="same person") as refused:
        office.do(carry_adjustments, office.handler, second, first, identity_check=" ", on=TUESDAY)
    assert (refused.value.field, office.case(second).case.adjustments) == ("identity_check", ())
    office.do(carry_adjustments, office.handler, second, first, identity_check=CALLED, on=TUESDAY)
    (record,) = office.case(second).case.adjustments
    assert (record.is_agreed, record.print_size, record.carried_from) == (True, 18, first)
    assert record.review_on == IN_SIX_MONTHS
    assert office.letters(second)[-1].type_size == 18
    with pytest.raises(Refused, match="already"):
        office.do(carry_adjustments, office.handler, second, first, identity_check=CALLED, on=TUESDAY)


def test_it_does_not_follow_to_somebody_else_nor_where_it_was_for_one_complaint(office: Office) -> None:
    first = submitted(office, Adjustment.LARGE_PRINT)
    somebody = submitted(office, person=Person(name="Resident Two", email="two@example.org"))
    again = submitted(office)
    decided(office, first)
    with pytest.raises(Refused, match="no adjustments"):
        office.do(carry_adjustments, office.handler, somebody, first, identity_check=CALLED, on=TUESDAY)
    decided(office, again, 1, scope=AdjustmentScope.THIS_COMPLAINT) if office.case(again).case.adjustments else None
    with pytest.raises(Refused, match="no adjustments"):
        office.do(carry_adjustments, office.handler, first, again, identity_check=CALLED, on=TUESDAY)


def ended(office: Office, reference: str, number: int) -> None:
    said = {"outcome": ReviewOutcome.ENDED, "words": "No longer needed, they said."}
    office.do(review_adjustment, office.handler, reference, number, **said, on=TUESDAY)


@pytest.mark.on_both
def test_a_condition_is_erased_with_the_end_of_the_last_adjustment(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, Adjustment.HOME_VISIT)
    office.do(tell_condition, office.resident(reference), reference, "My eyes", on=MONDAY)
    decided(office, reference, 1)
    decided(office, reference, 2, kind=Adjustment.HOME_VISIT)
    ended(office, reference, 1)
    assert office.case(reference).case.conditions
    ended(office, reference, 2)
    assert office.case(reference).case.conditions == ()
    with office.database.session() as session:
        told = select(EventContent).join(EventContent.event).where(EventRow.kind == ConditionTold.kind)
        (content,) = session.scalars(told)
        assert (content.key, content.body, content.erased_at is None) == (None, None, False)
        assert chain.verify(session, office.landlord) is None


def test_a_condition_is_erased_with_the_refusal_of_all_that_was_asked(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, Adjustment.HOME_VISIT)
    office.do(tell_condition, office.resident(reference), reference, "My eyes", on=MONDAY)
    declined = {"outcome": Outcome.DECLINED, "reason": "Nobody can come.", "alternative": "Meet at the library."}
    decided(office, reference, 1, **declined)
    assert office.case(reference).case.conditions  # a visit may need it still
    decided(office, reference, 2, kind=Adjustment.HOME_VISIT, **declined)
    assert office.case(reference).case.conditions == ()
    with office.database.session() as session:
        assert chain.verify(session, office.landlord) is None


def test_a_condition_told_where_nothing_is_asked_for_is_something_to_decide_about_and_goes_with_that(
    office: Office,
) -> None:
    reference = submitted(office)
    office.do(tell_condition, office.resident(reference), reference, "My eyes", on=MONDAY)
    office.do(tell_condition, office.resident(reference), reference, "And my knees", on=MONDAY)
    file = office.case(reference)
    [asked] = file.case.adjustments
    assert (asked.adjustment, asked.detail, asked.requested_by) == (Adjustment.OTHER, "", RequestedBy.RESIDENT)
    assert file.row.adjustments_to_decide
    assert len(file.case.conditions) == 2
    decided(office, reference, 1, kind=Adjustment.LARGE_PRINT)  # they asked the resident what would help
    ended(office, reference, 1)
    assert office.case(reference).case.conditions == ()


def test_a_condition_is_stored_apart(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    office.do(tell_condition, office.resident(reference), reference, "My eyes", on=TUESDAY)
    case = office.case(reference).case
    assert [each.words for each in case.conditions] == ["My eyes"]
    assert "My eyes" not in repr(case.adjustments)
    with pytest.raises(Refused, match="Only the person who handles"):
        office.do(tell_condition, office.colleague, reference, "Something heard", on=TUESDAY)


def test_a_resident_asks_for_more_while_the_complaint_goes_on(office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    wish = Wish(adjustments=(Adjustment.INTERPRETER,), words="Tigrinya")
    office.do(request_adjustment, office.resident(reference), reference, wish, on=TUESDAY)
    assert [each.number for each in office.case(reference).case.adjustments] == [1, 2]
    with pytest.raises(Refused):
        office.do(request_adjustment, office.resident(reference), reference, Wish(), on=TUESDAY)


ADA = Person(name="Ada", email="ada@example.org")


@pytest.mark.on_both
def test_something_is_asked_for_without_a_complaint_and_decided(office: Office) -> None:
    wish = Wish(adjustments=(Adjustment.LARGE_PRINT,), words="18 point")
    with office.database.unit_of_work() as session:
        asked = ask_without_complaint(
            session, office.anyone(), "ids", wish, person=ADA, now=ten_oclock(MONDAY)
        ).reference
    said: dict[str, Any] = {"outcome": Outcome.AGREED, "decision": "Large print. Told by email.", "on": TUESDAY}
    with pytest.raises(Refused):
        office.do(settle_easier_request, office.auditor, asked, **said)
    with pytest.raises(NotFound):
        office.do(settle_easier_request, Office(office.database, "ivh").lead, asked, **said)
    office.do(settle_easier_request, office.handler, asked, **said)
    with office.database.session() as session:
        row = session.query(EasierRequest).one()
    assert (row.outcome, row.settled_by_id, row.settled_at) == (
        Outcome.AGREED,
        office.handler.user_id,
        ten_oclock(TUESDAY),
    )
