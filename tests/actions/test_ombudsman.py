"""The Ombudsman asks, directs, decides and orders: what begins again, from which day, and what is owed by when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.actions.complete_order import complete_order
from portal.actions.record_determination import record_determination
from portal.actions.record_direction import record_direction
from portal.actions.record_enquiry import record_enquiry
from portal.actions.record_evidence_sent import record_evidence_sent
from portal.domain.events import Stage
from portal.domain.lifecycle import Position, Status
from portal.domain.ombudsman_events import (
    Determination,
    Direction,
    OmbudsmanDetermined,
    OmbudsmanDirected,
    OrderKind,
    OrderTerms,
)
from portal.domain.owed import next_due
from portal.domain.permissions import Actor
from portal.domain.policy import Happening, Key, LetterKind
from portal.domain.promises import promised
from portal.domain.refusal import Forbidden, Refused
from portal.records.history import CaseFile
from portal.records.queue import queue
from portal.records.work_lists import View
from tests.actions.office import Office
from tests.actions.test_representatives import chain_holds

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
DIRECTED = date(2026, 11, 30)


def told(direction: Direction = Direction.ACCEPT, **changes: Any) -> OmbudsmanDirected:
    said = {"directed_on": DIRECTED, "own_reference": "202600001", "words": "Take it on.", **changes}
    return OmbudsmanDirected(direction=direction, **said)


def direct(
    office: Office,
    reference: str,
    event: OmbudsmanDirected | None = None,
    on: date = DIRECTED,
    who: Actor | None = None,
) -> CaseFile:
    return office.do(record_direction, who or office.lead, reference, event or told(), on=on)


def declined(office: Office) -> str:
    reference = office.acknowledged(MONDAY)
    office.decline(reference, TUESDAY)
    return reference


def due(office: Office, reference: str) -> date | None:
    file = office.case(reference)
    found = next_due(file.case, file.rules)
    assert file.row.due_on == (found.on if found else None)
    return found.on if found else None


def enquired(office: Office, reference: str, evidence_due: date = WEDNESDAY) -> CaseFile:
    said = {"own_reference": "202600001", "received_on": TUESDAY, "evidence_due": evidence_due}
    return office.do(record_enquiry, office.lead, reference, **said, on=TUESDAY)


def determined(office: Office, reference: str, *due_days: date) -> CaseFile:
    event = OmbudsmanDetermined(
        determined_on=TUESDAY,
        determination=Determination.MALADMINISTRATION,
        orders=tuple(OrderTerms(kind=OrderKind.ORDER, due=day) for day in due_days),
        order_words=tuple(f"Do this by {day}." for day in due_days),
    )
    return office.do(record_determination, office.lead, reference, event, on=TUESDAY)


def in_queue(office: Office, on: date) -> list[str]:
    with office.database.session() as session:
        return [each.reference for each in queue(session, office.lead, View.OMBUDSMAN, on).rows]


def test_what_was_declined_begins_again_on_the_day_on_which_they_said_so(office: Office) -> None:
    reference = declined(office)
    office.notice_missed(DIRECTED)
    direct(office, reference, on=DIRECTED + timedelta(days=1))
    file = office.case(reference)
    assert file.case.position == Position(Stage.ONE, Status.RECEIVED)
    assert file.case.received.received_on == MONDAY
    assert due(office, reference) == date(2026, 12, 7)  # IDS 6.2.1: five working days from Monday 30 November
    found = next_due(file.case, file.rules)
    assert found is not None
    assert found.deadline.counted_from is Happening.DIRECTED
    assert file.case.handler_id == office.handler.user_id
    office.acknowledge(reference, date(2026, 12, 2))
    assert due(office, reference) == date(2026, 12, 16)  # ten working days from Wednesday 2 December
    assert any(each.event.kind == "complaint_declined" for each in file.recorded), "what was decided stays"
    assert chain_holds(office)


def test_a_limit_that_is_missed_again_is_put_on_record_again(office: Office) -> None:
    reference = office.submit(MONDAY)
    office.notice_missed(date(2026, 11, 10))
    office.decline(reference, date(2026, 11, 11))
    direct(office, reference)
    assert office.case(reference).case.missed == {}
    office.notice_missed(date(2026, 12, 8))
    late = {key for key, _ in office.case(reference).case.missed}
    assert late == {Key.ACKNOWLEDGE_STAGE_1}
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds.count("limit_missed") == 4  # by policy and Code, twice


def test_the_resident_is_told_what_they_said_and_by_when_we_write(office: Office) -> None:
    reference = declined(office)
    direct(office, reference)
    letter = office.letters(reference)[-1]
    assert (letter.kind, letter.promised_on) == (LetterKind.DIRECTED, date(2026, 12, 7))
    for words in ("Take it on.", "7 December 2026", "the day on which the Ombudsman told us"):
        assert words in letter.body
    case = office.case(reference).case
    assert promised(case, Key.ACKNOWLEDGE_STAGE_1, Stage.ONE) == date(2026, 12, 7)
    assert promised(case, Key.RESPOND_STAGE_1, Stage.ONE) is None, "what was promised before holds no more"


@pytest.mark.parametrize("closed", [True, False])
def test_an_answered_complaint_goes_to_stage_2_with_somebody_else(office: Office, closed: bool) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    if closed:
        office.close(reference, WEDNESDAY)
    direct(office, reference, told(Direction.STAGE_2))
    case = office.case(reference).case
    assert case.position == Position(Stage.TWO, Status.RECEIVED)
    assert (case.handler_id, due(office, reference)) == (None, date(2026, 12, 7))
    with pytest.raises(Refused, match="handled stage 1"):
        office.assign(reference, DIRECTED, to=office.handler)
    office.assign(reference, DIRECTED)
    office.acknowledge(reference, DIRECTED)
    office.answer(reference, DIRECTED)
    for letter in office.letters(reference)[-2:]:
        assert "The Ombudsman told us on Monday 30 November 2026 to look at your complaint again." in letter.body
    assert office.case(reference).case.stages[Stage.ONE].response is not None


def test_stage_2_that_was_refused_begins_again(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    office.escalate(reference, WEDNESDAY)
    office.decline(reference, WEDNESDAY)
    direct(office, reference, told(Direction.STAGE_2))
    assert office.case(reference).case.position == Position(Stage.TWO, Status.RECEIVED)
    assert office.case(reference).case.now.declined is None


def test_what_they_told_us_to_take_on_is_not_declined_again(office: Office) -> None:
    reference = declined(office)
    direct(office, reference)
    with pytest.raises(Refused, match="cannot be declined again"):
        office.decline(reference, DIRECTED)


def test_their_own_date_for_the_answer_holds_and_no_extension_goes_past_it(office: Office) -> None:
    reference = office.acknowledged(date(2026, 11, 25))
    assert due(office, reference) == date(2026, 12, 9)
    direct(office, reference, told(Direction.ANSWER, answer_by=date(2026, 12, 4)))
    assert due(office, reference) == date(2026, 12, 4)
    with pytest.raises(Refused, match="wants the answer by") as refused:
        office.extend(reference, DIRECTED, date(2026, 12, 8))
    assert refused.value.field == "new_due"
    assert office.letters(reference)[-1].promised_on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("stand", "direction"),
    [
        ("open", Direction.ACCEPT),
        ("open", Direction.STAGE_2),
        ("declined", Direction.STAGE_2),
        ("declined", Direction.ANSWER),
        ("answered", Direction.ACCEPT),
        ("withdrawn", Direction.ACCEPT),
        ("final", Direction.STAGE_2),
    ],
)
def test_they_cannot_have_said_what_cannot_be_done_where_it_stands(
    office: Office, stand: str, direction: Direction
) -> None:
    reference = office.acknowledged(MONDAY)
    if stand == "declined":
        office.decline(reference, TUESDAY)
    if stand == "withdrawn":
        office.withdraw(reference, TUESDAY)
    if stand in ("answered", "final"):
        office.answer(reference, TUESDAY)
    if stand == "final":
        office.escalate(reference, TUESDAY)
        office.assign(reference, TUESDAY)
        office.acknowledge(reference, TUESDAY)
        office.answer(reference, TUESDAY)
    with pytest.raises(Refused) as refused:
        direct(office, reference, told(direction, answer_by=DIRECTED))
    assert refused.value.field == "direction"


@pytest.mark.parametrize(
    ("lacks", "field"),
    [
        ({"own_reference": " "}, "own_reference"),
        ({"words": ""}, "words"),
        ({"directed_on": DIRECTED + timedelta(days=1)}, "directed_on"),
        ({"directed_on": MONDAY - timedelta(days=1)}, "directed_on"),
        ({"answer_by": DIRECTED - timedelta(days=1)}, "answer_by"),
    ],
)
def test_what_they_said_is_on_record_whole(office: Office, lacks: dict[str, Any], field: str) -> None:
    reference = declined(office)
    with pytest.raises(Refused) as refused:
        direct(office, reference, told(**lacks))
    assert refused.value.field == field
    assert office.case(reference).case.status is Status.DECLINED


@pytest.mark.on_both
def test_evidence_that_they_wait_for_is_a_task_until_it_is_sent(office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY)
    office.close(reference, MONDAY)
    enquired(office, reference)
    assert in_queue(office, TUESDAY) == [reference]
    assert in_queue(office, WEDNESDAY + timedelta(days=30)) == [reference]
    office.do(record_evidence_sent, office.lead, reference, sent_on=TUESDAY, on=TUESDAY)
    assert in_queue(office, WEDNESDAY) == []
    with pytest.raises(Refused, match="no evidence"):
        office.do(record_evidence_sent, office.lead, reference, sent_on=TUESDAY, on=TUESDAY)
    assert office.case(reference).case.status is Status.CLOSED


def test_each_order_is_a_task_by_its_own_day_until_there_is_proof(office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY)
    determined(office, reference, WEDNESDAY, date(2026, 12, 1))
    assert office.case(reference).row.ombudsman_due_on == WEDNESDAY
    for lacks in ({"proof": " "}, {"done_on": WEDNESDAY + timedelta(days=1)}):
        done = {"done_on": WEDNESDAY, "proof": "The letter.", **lacks}
        with pytest.raises(Refused) as refused:
            office.do(complete_order, office.lead, reference, 1, **done, on=WEDNESDAY)
        assert refused.value.field == next(iter(lacks))
    office.do(complete_order, office.lead, reference, 1, done_on=WEDNESDAY, proof="The letter.", on=WEDNESDAY)
    assert office.case(reference).row.ombudsman_due_on == date(2026, 12, 1)
    with pytest.raises(Refused):
        office.do(complete_order, office.lead, reference, 1, done_on=WEDNESDAY, proof="Again.", on=WEDNESDAY)
    determined(office, reference, date(2026, 11, 20))
    ombudsman = office.case(reference).case.ombudsman
    assert ombudsman is not None
    assert [(each.number, each.done is not None) for each in ombudsman.orders] == [(1, True), (2, False), (3, False)]


def test_only_the_complaints_officer_and_whoever_handles_it_record_it(office: Office) -> None:
    reference = declined(office)
    for who in (office.colleague, office.recorder, office.auditor):
        with pytest.raises(Forbidden):
            direct(office, reference, who=who)
    assert direct(office, reference, who=office.handler).case.is_open
