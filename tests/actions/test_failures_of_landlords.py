"""The failures that the Ombudsman finds most, each under its own name: what keeps it from happening unseen.

Each test plays the failure, and looks for what stops it or brings it to light. Monday 2 November 2026 and the days
after it: no bank holiday is near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.actions.call_resident import call_resident
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.decide_appeal import decide_appeal
from portal.actions.decide_issue import decide_issue
from portal.actions.end_authority import end_authority
from portal.actions.raise_issue import raise_issue
from portal.actions.record_appeal import record_appeal
from portal.actions.record_authority import record_authority
from portal.actions.restrict_contact import restrict_contact
from portal.actions.send_message import send_message
from portal.actions.submit_complaint import submit_complaint
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling
from portal.domain.events import ReplyBy, Stage
from portal.domain.lifecycle import Status
from portal.domain.messages import issues_to_decide
from portal.domain.new_issue import Answers
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.remedy_kinds import CompensationHead, OwnDelay
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity, Standing, WhyEnded
from portal.domain.restriction_kinds import ContactLimit, RestrictionOutcome
from portal.records import chain
from portal.records.database import Database
from portal.records.queries import View, queue
from tests.actions.office import SUBMISSION, Office, money, repair, response, restriction

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
THURSDAY = date(2026, 11, 5)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database, "ids")


def seen(office: Office, view: View, on: date) -> Sequence[str]:
    """The references that the complaints officer sees in a view of the queue."""
    with office.database.session() as session:
        return [row.reference for row in queue(session, office.lead, view, on).rows]


def last(office: Office, reference: str) -> LetterKind:
    return office.letters(reference)[-1].kind


def test_01_a_late_response_is_seen_before_it_is_late_and_owned_up_to_the_day_after(office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    due = date(2026, 11, 16)  # IDS 6.2.3 and Code 6.3: ten working days from the acknowledgement
    assert office.case(reference).row.due_on == due
    assert reference in seen(office, View.DUE_SOON, date(2026, 11, 11))
    assert office.notice_missed(due) == 0
    assert office.notice_missed(date(2026, 11, 17)) == 1
    assert reference in seen(office, View.OVERDUE, date(2026, 11, 17))
    assert last(office, reference) is LetterKind.LIMIT_MISSED


def test_02_no_acknowledgement_is_not_taken_for_one_because_a_receipt_went_out(office: Office) -> None:
    reference = office.submit(MONDAY)
    assert [each.kind for each in office.letters(reference)] == [LetterKind.RECEIPT]
    assert office.case(reference).case.status is Status.RECEIVED
    assert office.notice_missed(date(2026, 11, 10)) == 1  # due on Monday 9 November (Code 6.2: five working days)
    assert "not yet our acknowledgement" in office.letters(reference)[0].body


def test_03_a_complaint_that_staff_log_late_counts_from_the_day_on_which_anybody_here_had_it(office: Office) -> None:
    reference = office.submit(date(2026, 11, 12), actor=office.colleague, received_on=MONDAY, channel="phone")
    case = office.case(reference).case
    assert case.received.received_on == MONDAY
    assert office.notice_missed(date(2026, 11, 12)) == 1  # nobody acknowledged it by Monday 9 November


def test_04_an_extension_comes_before_the_limit_with_reason_and_ombudsman_and_a_second_needs_a_good_reason(
    office: Office,
) -> None:
    reference = office.acknowledged(MONDAY)
    with pytest.raises(Refused, match="limit passed"):
        office.extend(reference, date(2026, 11, 17), date(2026, 11, 24))
    with pytest.raises(Refused):
        office.extend(reference, TUESDAY, date(2026, 11, 24), explanation=" ")
    office.extend(reference, TUESDAY, date(2026, 11, 24))
    letter = office.letters(reference)[-1]
    assert (letter.kind, letter.promised_on) == (LetterKind.EXTENSION, date(2026, 11, 24))
    assert "Housing Ombudsman" in letter.body
    with pytest.raises(Refused) as refused:
        office.extend(reference, WEDNESDAY, date(2026, 11, 26))
    assert refused.value.field == "good_reason"


def test_05_no_date_is_promised_over_a_bank_holiday_that_was_forgotten(office: Office) -> None:
    reference = office.acknowledged(date(2026, 12, 17), date(2026, 12, 23))
    # Ten working days from Wednesday 23 December: not 25 and 28 December, 1 January or a weekend.
    assert office.letters(reference)[-1].promised_on == date(2027, 1, 11)


def test_06_stage_2_is_there_in_one_press_without_reasons_however_late_and_refused_only_with_a_ground(
    office: Office,
) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    office.escalate(reference, date(2027, 10, 1))
    assert office.case(reference).case.stage is Stage.TWO
    office.assign(reference, date(2027, 10, 1))
    with pytest.raises(Refused):
        office.decline(reference, date(2027, 10, 4), reasons=" ")
    office.decline(reference, date(2027, 10, 4))
    assert last(office, reference) is LetterKind.DECLINE_STAGE_2
    assert "right to take this decision" in office.letters(reference)[-1].body


def test_07_no_point_is_left_unanswered_or_without_reasons(office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    whole = response()
    with pytest.raises(Refused):
        office.answer(reference, TUESDAY, answers=whole.answers[:1])
    assert office.case(reference).case.status is Status.ACKNOWLEDGED
    assert last(office, reference) is LetterKind.ACKNOWLEDGEMENT


def test_08_a_new_issue_is_added_or_made_a_complaint_of_its_own_and_waits_in_sight_until_it_is(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    office.do(raise_issue, office.resident(reference), reference, words="The lift is broken too", on=WEDNESDAY)
    assert [issue.number for issue in issues_to_decide(office.case(reference).case.messages)] == [1]
    assert reference in seen(office, View.MESSAGES, WEDNESDAY)
    answers = Answers(
        related=True, why_related="The same landing.", delays=False, why_delays="No.", reason="See there."
    )
    # The answer is out: however it is answered, it cannot be slipped in any more (Code 6.8).
    office.do(decide_issue, office.lead, reference, 1, answers, on=THURSDAY)
    (issue,) = office.case(reference).case.messages
    assert issue.decided is not None
    new = office.case(issue.decided.new_reference or "")
    assert (new.case.received.received_on, new.case.received.what_happened) == (WEDNESDAY, "The lift is broken too")
    assert new.row.reference in seen(office, View.UNASSIGNED, THURSDAY)


def test_09_nobody_decides_who_is_complained_about_or_handled_stage_1(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.name(reference, MONDAY, office.handler.user_id)
    with pytest.raises(Refused, match="named in the complaint"):
        office.assign(reference, MONDAY, to=office.handler)
    other = office.answered(MONDAY, TUESDAY)
    office.escalate(other, WEDNESDAY)
    with pytest.raises(Refused, match="handled stage 1"):
        office.assign(other, WEDNESDAY, to=office.handler)


def test_10_a_promised_action_stays_open_after_the_answer_and_the_close_until_there_is_evidence(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.handler),))
    office.close(reference, WEDNESDAY)
    assert [each.words for each in office.case(reference).case.open_remedies] == ["Repair the gutter"]
    with pytest.raises(Refused) as refused:
        office.complete(reference, date(2026, 11, 9), evidence=" ")
    assert refused.value.field == "evidence"
    office.complete(reference, date(2026, 11, 9))
    assert not office.case(reference).case.open_remedies


def test_11_the_handling_that_was_late_itself_is_put_right_or_a_reason_given_and_money_says_what_it_is_for(
    office: Office,
) -> None:
    reference = office.acknowledged(MONDAY)
    late = date(2026, 11, 18)  # due on Monday 16 November: nobody pressed anything to notice it
    with pytest.raises(Refused) as refused:
        office.answer(reference, late, own_delay=None)
    assert refused.value.field == "own_delay"
    with pytest.raises(Refused) as refused:
        office.answer(reference, late, own_delay=OwnDelay.NO_REMEDY, own_delay_reason=" ")
    assert refused.value.field == "own_delay_reason"
    paid = money(date(2026, 12, 2), office.handler, own_delay=True, head=CompensationHead.DELAY)
    for without in ({"impact": " "}, {"head": None}, {"amount_pence": None}):
        with pytest.raises(Refused):
            office.answer(reference, late, own_delay=OwnDelay.REMEDY, remedies=(replace(paid, **without),))
    with pytest.raises(Refused):  # a yes that no remedy bears out
        office.answer(reference, late, own_delay=OwnDelay.REMEDY)
    office.answer(reference, late, own_delay=OwnDelay.REMEDY, remedies=(paid,))
    letter = office.letters(reference)[-1].body
    assert "£75.00 for the delay" in letter
    assert "The flat was cold" in letter
    assert "for how late we were with this complaint itself" in letter
    assert office.case(reference).case.remedies[0].terms.own_delay


def test_11_stage_2_asks_again_only_for_what_nobody_has_accounted_for(office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    office.answer(reference, date(2026, 11, 18))  # late, and accounted for
    office.escalate(reference, date(2026, 11, 19))
    office.assign(reference, date(2026, 11, 19))
    office.acknowledge(reference, date(2026, 11, 20))
    office.answer(reference, date(2026, 11, 24), own_delay=None)
    assert office.case(reference).case.status is Status.RESPONDED


def test_12_the_record_cannot_be_tidied_up_afterwards(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    for change in ("UPDATE events SET kind = 'x'", "DELETE FROM events"):
        with pytest.raises(DatabaseError), office.database.engine.begin() as connection:
            connection.execute(text(change))
    with office.database.session() as session:
        assert chain.verify(session, "ids") is None
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds[0] == "complaint_received"
    assert "response_sent" in kinds


def test_13_an_adjustment_is_used_in_each_letter_and_not_forgotten_on_the_phone(office: Office) -> None:
    wanted = (Adjustment.LARGE_PRINT, Adjustment.NO_PHONE)
    reference = office.submit(MONDAY, adjustments=wanted, adjustment_words="18 point", reply_by=ReplyBy.POST)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY)
    assert {letter.type_size for letter in office.letters(reference)} == {18}
    with pytest.raises(Refused, match="no phone calls"):
        office.do(call_resident, office.handler, reference, reason="", on=WEDNESDAY)


def test_14_a_representative_is_not_dropped_without_a_reason_and_a_letter(office: Office) -> None:
    sister = NewRepresentative(capacity=Capacity.FAMILY, asked_by=AskedBy.RESIDENT, name="Sister One")
    hers = Actor(role=Role.REPRESENTATIVE, landlord="ids")
    code = "2222222222222222"
    file = office.do(submit_complaint, hers, "ids", SUBMISSION, code=code, representative=sister, on=MONDAY)
    reference = file.row.reference
    agreed = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.FULL_REPLY,),
        expires_on=date(2027, 5, 2),
        words="She said so.",
    )
    office.do(record_authority, office.lead, reference, 1, agreed, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY)
    office.escalate(reference, WEDNESDAY)  # a new stage, a new handler
    (one,) = office.case(reference).case.representatives
    assert one.standing(WEDNESDAY) is Standing.IN_FORCE
    with pytest.raises(Refused) as refused:
        office.do(end_authority, office.lead, reference, 1, why=WhyEnded.MISTAKE, words=" ", on=WEDNESDAY)
    assert refused.value.field == "words"
    office.do(end_authority, office.lead, reference, 1, why=WhyEnded.MISTAKE, words="They rang us.", on=WEDNESDAY)
    assert last(office, reference) is LetterKind.WHO_ACTS


def test_15_a_restriction_has_an_end_or_review_an_appeal_and_a_check_of_adjustments_and_keeps_no_complaint_out(
    office: Office,
) -> None:
    reference = office.acknowledged(MONDAY)
    before = office.case(reference)
    wish = restriction()
    for without, field in (
        ({"review_on": None}, "review_on"),
        ({"review_on": date(2027, 5, 3)}, "review_on"),  # six months and a day: nobody would look in time
        ({"equality": " "}, "equality"),
        ({"disability": None}, "disability"),
        ({"evidence": " "}, "evidence"),
        ({"reason": " "}, "reason"),
    ):
        with pytest.raises(Refused) as refused:
            office.do(restrict_contact, office.lead, reference, replace(wish, **without), on=MONDAY)
        assert refused.value.field == field
    office.do(restrict_contact, office.lead, reference, wish, on=MONDAY)
    letter = office.letters(reference)[-1]
    assert letter.kind is LetterKind.CONTACT_RESTRICTED
    for told in ("Three calls ended in shouting", "You can appeal", "Every complaint is received", "Ombudsman"):
        assert told in letter.body
    assert reference not in seen(office, View.RESTRICTIONS, date(2027, 1, 31))
    assert reference in seen(office, View.RESTRICTIONS, date(2027, 2, 1))  # its review is due
    # Whoever is restricted may do all that they could do before, and their next complaint comes in.
    resident = office.resident(reference)
    now = office.case(reference)
    assert {each for each in Action if may(resident, each, before.case)} == {
        each for each in Action if may(resident, each, now.case)
    }
    office.do(send_message, resident, reference, words="I do not agree.", on=TUESDAY)
    another = office.submit(TUESDAY)
    assert office.case(another).case.status is Status.RECEIVED
    office.answer(reference, TUESDAY)
    office.escalate(reference, WEDNESDAY)
    # The appeal waits at once, and whoever decided does not judge it.
    office.do(record_appeal, office.colleague, reference, 1, appealed_on=TUESDAY, on=TUESDAY)
    assert reference in seen(office, View.RESTRICTIONS, TUESDAY)
    ended = {"outcome": RestrictionOutcome.ENDED, "words": "The calls were at night, and about a leak."}
    with pytest.raises(Refused, match="Somebody else"):
        office.do(decide_appeal, office.lead, reference, 1, on=WEDNESDAY, **ended)
    office.do(decide_appeal, office.reviewer, reference, 1, on=WEDNESDAY, **ended)
    assert last(office, reference) is LetterKind.RESTRICTION_DECIDED
    assert not office.case(reference).case.contact_restrictions[0].holds(WEDNESDAY)
    assert reference not in seen(office, View.RESTRICTIONS, date(2027, 2, 1))


def test_15_an_adjustment_that_was_agreed_is_not_taken_away_by_a_restriction(office: Office) -> None:
    reference = office.submit(MONDAY, adjustments=(Adjustment.READ_AND_WRITE,), adjustment_words="Reading is hard")
    in_writing = restriction(limits=(ContactLimit.IN_WRITING,))
    office.do(restrict_contact, office.lead, reference, in_writing, on=MONDAY)  # asked for, and not agreed yet
    agreed = Ruling(outcome=Outcome.AGREED, adjustment=Adjustment.READ_AND_WRITE, scope=AdjustmentScope.THIS_COMPLAINT)
    office.do(decide_adjustment, office.lead, reference, 1, agreed, on=MONDAY)
    with pytest.raises(Refused) as refused:
        office.do(restrict_contact, office.lead, reference, in_writing, on=MONDAY)
    assert refused.value.field == "limits"
