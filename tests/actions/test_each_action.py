"""What each action does, in the order in which a complaint meets them.

Monday 2 November 2026 and the days after it: no bank holiday is near.
"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.events import Finding, Flag, Person, ReplyBy, Stage
from portal.domain.lifecycle import Status
from portal.domain.partial_date import PartialDate
from portal.domain.policy import Basis, Key, LetterKind
from portal.records.access import code_opens
from portal.records.models import LetterState
from tests.actions.office import Office, repair, rows

pytestmark = pytest.mark.on_both

MONDAY = date(2026, 11, 2)
WEDNESDAY = date(2026, 11, 4)
NEXT_MONDAY = date(2026, 11, 9)
LATER = date(2026, 11, 16)


def kinds(office: Office, reference: str) -> list[LetterKind]:
    return [letter.letter for letter in office.case(reference).case.letters]


def test_a_complaint_is_received_with_its_receipt(office: Office) -> None:
    reference = office.submit(MONDAY)
    file = office.case(reference)
    assert (file.case.stage, file.case.status) == (Stage.ONE, Status.RECEIVED)
    assert file.row.due_on == NEXT_MONDAY  # IDS 6.2.1: five working days
    (receipt,) = office.letters(reference)
    assert (receipt.kind, receipt.to_address, receipt.state) == (
        LetterKind.RECEIPT,
        "resident.one@example.org",
        LetterState.PENDING,
    )
    assert receipt.promised_on == NEXT_MONDAY


def test_staff_record_a_complaint_on_the_day_it_was_really_received(office: Office) -> None:
    reference = office.submit(WEDNESDAY, actor=office.handler, received_on=MONDAY, channel="phone")
    case = office.case(reference).case
    assert (case.received.received_on, case.received.channel) == (MONDAY, "phone")


def test_nothing_about_a_complaint_keeps_it_out(office: Office) -> None:
    old_and_nameless = office.submit(
        MONDAY, person=Person(), happened_on=PartialDate(2020), reply_by=ReplyBy.NONE, outcome_wanted=""
    )
    assert office.case(old_and_nameless).case.flags == (Flag.OVER_AGE_LIMIT, Flag.ANONYMOUS)
    (receipt,) = office.letters(old_and_nameless)
    assert receipt.state is LetterState.ON_PAGE


def test_the_code_that_was_given_opens_it_and_a_new_one_ends_the_old(office: Office) -> None:
    reference = office.submit(MONDAY)
    first = office.issue_code(reference, WEDNESDAY)
    second = office.issue_code(reference, NEXT_MONDAY)
    with office.database.session() as session:
        assert code_opens(session, "ids", reference, second, NEXT_MONDAY)
        assert not code_opens(session, "ids", reference, first, NEXT_MONDAY)
        assert not code_opens(session, "ivh", reference, second, NEXT_MONDAY)


def test_a_handler_is_assigned(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, WEDNESDAY)
    file = office.case(reference)
    assert file.row.handler_id == file.case.handler_id == office.handler.user_id
    assert file.case.now.handler_rank == office.handler.rank


def test_the_acknowledgement_sets_out_the_complaint(office: Office) -> None:
    reference = office.acknowledged(MONDAY, WEDNESDAY)
    file = office.case(reference)
    assert file.case.status is Status.ACKNOWLEDGED
    assert file.row.due_on == date(2026, 11, 18)  # IDS 6.2.3: ten working days from the acknowledgement
    assert kinds(office, reference) == [LetterKind.RECEIPT, LetterKind.ACKNOWLEDGEMENT]
    body = office.letters(reference)[-1].body
    assert "The roof leaks" in body
    assert "The neighbour" in body


def test_more_time_is_told_with_the_new_date(office: Office) -> None:
    reference = office.acknowledged(MONDAY, WEDNESDAY)
    office.extend(reference, LATER, date(2026, 11, 25))
    file = office.case(reference)
    assert file.row.due_on == date(2026, 11, 25)
    assert office.letters(reference)[-1].promised_on == date(2026, 11, 25)
    assert not file.case.now.extensions[0].beyond_cap


def test_the_answer_is_sent_and_nothing_is_owed_but_the_remedies(office: Office) -> None:
    promised = repair(date(2026, 12, 1), office.handler)
    reference = office.answered(MONDAY, WEDNESDAY, remedies=(promised,))
    file = office.case(reference)
    assert (file.case.status, file.row.due_on, file.row.is_open) == (Status.RESPONDED, None, False)
    assert [each.words for each in file.case.open_remedies] == ["Repair the gutter"]
    assert kinds(office, reference)[-1] is LetterKind.RESPONSE_STAGE_1


def test_an_answer_that_upholds_nothing_need_offer_nothing(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY, finding=Finding.NOT_UPHELD, remedies=())
    assert office.case(reference).case.status is Status.RESPONDED


def test_stage_2_is_asked_for_in_one_press(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY)
    office.escalate(reference, NEXT_MONDAY)
    file = office.case(reference)
    assert (file.case.stage, file.case.status, file.case.handler_id) == (Stage.TWO, Status.RECEIVED, None)
    assert file.row.due_on == LATER  # IDS 6.3.2: five working days
    assert kinds(office, reference)[-1] is LetterKind.RECEIPT_STAGE_2


def test_staff_record_a_request_on_the_day_it_was_made(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY)
    office.escalate(reference, LATER, actor=office.handler, requested_on=NEXT_MONDAY, channel="phone")
    assert office.case(reference).case.now.started_on == NEXT_MONDAY


def test_stage_2_is_acknowledged_and_answered_by_somebody_else(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY)
    office.escalate(reference, NEXT_MONDAY)
    office.assign(reference, NEXT_MONDAY)
    office.acknowledge(reference, LATER)
    assert office.case(reference).row.due_on == date(2026, 12, 14)  # IDS 6.3.3: twenty working days
    office.answer(reference, LATER)
    file = office.case(reference)
    assert (file.case.stage, file.case.status) == (Stage.TWO, Status.RESPONDED)
    assert kinds(office, reference)[-2:] == [LetterKind.ACKNOWLEDGEMENT_STAGE_2, LetterKind.RESPONSE_STAGE_2]


def test_a_complaint_is_declined_with_the_right_to_go_to_the_ombudsman(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.decline(reference, WEDNESDAY)
    assert office.case(reference).case.status is Status.DECLINED
    letter = office.letters(reference)[-1]
    assert letter.kind is LetterKind.DECLINE
    assert "Ombudsman" in letter.body


def test_going_on_to_stage_2_is_declined_in_a_letter_of_its_own(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY)
    office.escalate(reference, NEXT_MONDAY)
    office.decline(reference, NEXT_MONDAY)
    assert office.letters(reference)[-1].kind is LetterKind.DECLINE_STAGE_2


def test_a_matter_already_answered_rests_on_a_complaint_that_has_ended(office: Office) -> None:
    earlier = office.answered(MONDAY, WEDNESDAY)
    office.close(earlier, WEDNESDAY)
    reference = office.submit(NEXT_MONDAY)
    office.decline(reference, NEXT_MONDAY, ground="already_considered", earlier_reference=earlier)
    declined = office.case(reference).case.now.declined
    assert declined is not None
    assert declined.earlier_reference == earlier


def test_a_resident_withdraws(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.withdraw(reference, WEDNESDAY)
    assert office.case(reference).case.status is Status.WITHDRAWN
    assert kinds(office, reference)[-1] is LetterKind.WITHDRAWAL


def test_a_closed_complaint_keeps_its_remedies_until_they_are_done(office: Office) -> None:
    reference = office.answered(MONDAY, WEDNESDAY, remedies=(repair(date(2026, 12, 1), office.handler),))
    office.close(reference, NEXT_MONDAY)
    assert office.case(reference).case.open_remedies
    office.complete(reference, LATER)
    assert not office.case(reference).case.open_remedies
    assert office.case(reference).case.status is Status.CLOSED


def test_a_limit_missed_is_told_once_and_on_the_day_after(office: Office) -> None:
    reference = office.submit(MONDAY)
    assert office.notice_missed(NEXT_MONDAY) == 0
    assert LetterKind.LIMIT_MISSED not in kinds(office, reference)

    assert office.notice_missed(date(2026, 11, 10)) == 1
    assert kinds(office, reference).count(LetterKind.LIMIT_MISSED) == 1
    assert set(office.case(reference).case.missed) == {
        (Key.ACKNOWLEDGE_STAGE_1, Basis.POLICY),
        (Key.ACKNOWLEDGE_STAGE_1, Basis.CODE),
    }

    stored = rows(office.database)
    assert office.notice_missed(date(2026, 11, 10)) == 0
    assert office.notice_missed(date(2026, 11, 11)) == 0
    assert rows(office.database) == stored


def test_a_limit_missed_on_a_second_basis_is_recorded_without_a_second_letter(office: Office) -> None:
    # Irwell Valley's five days end on Saturday 7 November, the Code's on Monday the 9th.
    other = Office(office.database, "ivh")
    reference = other.submit(MONDAY)
    assert other.notice_missed(date(2026, 11, 8)) == 1
    assert other.notice_missed(NEXT_MONDAY) == 0
    assert other.notice_missed(date(2026, 11, 10)) == 1
    assert kinds(other, reference).count(LetterKind.LIMIT_MISSED) == 1
    assert len(other.case(reference).case.missed) == 2


def test_a_late_act_admits_that_it_is_late_even_if_nobody_noticed(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, date(2026, 11, 10))
    assert (Key.ACKNOWLEDGE_STAGE_1, Basis.CODE) in office.case(reference).case.missed


def test_an_answer_within_an_extension_is_in_time(office: Office) -> None:
    reference = office.acknowledged(MONDAY, WEDNESDAY)
    office.extend(reference, LATER, date(2026, 11, 25))
    assert office.notice_missed(date(2026, 11, 25)) == 0
    office.answer(reference, date(2026, 11, 25))
    assert not office.case(reference).case.missed


def test_letters_of_one_complaint_are_in_no_other(office: Office) -> None:
    one, other = office.submit(MONDAY), office.submit(MONDAY)
    assert {letter.id for letter in office.letters(one)}.isdisjoint(letter.id for letter in office.letters(other))
    with office.database.session() as session:
        from portal.records.models import EventRow

        assert session.scalars(select(EventRow.sequence).order_by(EventRow.sequence)).all() == [1, 2, 3, 4]
