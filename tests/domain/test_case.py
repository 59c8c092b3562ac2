"""A case is its events: what is owed next, what was missed, and what stays promised."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.case import Case
from portal.domain.events import (
    ComplaintClosed,
    ComplaintWithdrawn,
    DeadlineExtended,
    Event,
    ExtensionReason,
    Finding,
    Flag,
    LimitMissed,
    RemedyCompleted,
    RemedyKind,
    RemedyTerms,
    ResponseSent,
    Stage,
)
from portal.domain.folding import fold
from portal.domain.owed import missed_limits, next_due
from portal.domain.policy import Basis, Key, SentBy
from portal.domain.refusal import Refused
from tests.domain import cases

# IVH, received on Monday 11 May 2026: its own five days end on Saturday the 16th, the Code's on Monday the 18th.
RECEIVED = date(2026, 5, 11)
SATURDAY, MONDAY = date(2026, 5, 16), date(2026, 5, 18)
IVH = cases.rules_of("ivh", RECEIVED)
IDS = cases.rules_of("ids", RECEIVED)


def ivh(*events: Event) -> Case:
    return cases.case_of(cases.received(RECEIVED), *events, landlord="ivh")


def due_on(case: Case) -> date | None:
    due = next_due(case, IVH)
    return due.on if due else None


def missed(case: Case, on: date) -> list[tuple[Key, Basis, date]]:
    return [(each.key, each.basis, each.due) for each in missed_limits(case, IVH, on)]


def test_the_earlier_of_policy_and_code_is_owed() -> None:
    assert due_on(ivh()) == SATURDAY


def test_ten_working_days_from_the_acknowledgement_across_a_bank_holiday() -> None:
    # Acknowledged on Wednesday the 13th; Monday 25 May is a bank holiday.
    assert due_on(ivh(cases.acknowledged(date(2026, 5, 13)))) == date(2026, 5, 28)


@pytest.mark.parametrize(
    "ending",
    [
        (cases.acknowledged(date(2026, 5, 13)), cases.answered(date(2026, 5, 20))),
        (cases.acknowledged(date(2026, 5, 13)), cases.answered(date(2026, 5, 20)), ComplaintClosed()),
        (ComplaintWithdrawn(withdrawn_on=date(2026, 5, 12)),),
    ],
    ids=["answered", "closed", "withdrawn"],
)
def test_nothing_is_owed_once_it_has_ended(ending: tuple[Event, ...]) -> None:
    assert due_on(ivh(*ending)) is None
    assert missed(ivh(*ending), date(2027, 1, 1)) == []


def test_a_limit_lasts_to_the_end_of_its_day() -> None:
    assert missed(ivh(), SATURDAY) == []
    assert missed(ivh(), date(2026, 5, 17)) == [(Key.ACKNOWLEDGE_STAGE_1, Basis.POLICY, SATURDAY)]


def test_policy_and_code_are_missed_apart_and_once() -> None:
    own = LimitMissed(key=Key.ACKNOWLEDGE_STAGE_1, basis=Basis.POLICY, due=SATURDAY)
    assert missed(ivh(own), MONDAY) == []
    assert missed(ivh(own), date(2026, 5, 19)) == [(Key.ACKNOWLEDGE_STAGE_1, Basis.CODE, MONDAY)]
    both = LimitMissed(key=Key.ACKNOWLEDGE_STAGE_1, basis=Basis.CODE, due=MONDAY)
    assert missed(ivh(own, both), date(2026, 6, 19)) == []


def test_an_extension_replaces_the_limit_on_both_bases() -> None:
    more_time = DeadlineExtended(
        stage=Stage.ONE,
        told_on=date(2026, 5, 20),
        old_due=date(2026, 5, 28),
        new_due=date(2026, 6, 4),
        reason=ExtensionReason.COMPLEX,
    )
    case = ivh(cases.acknowledged(date(2026, 5, 13)), more_time)
    assert due_on(case) == date(2026, 6, 4)
    assert missed(case, date(2026, 6, 4)) == []
    assert {due for _, _, due in missed(case, date(2026, 6, 5))} == {date(2026, 6, 4)}


def promised(*dues: date, stage: Stage = Stage.ONE) -> ResponseSent:
    return ResponseSent(
        stage=stage,
        sent_on=date(2026, 5, 20),
        sent_by=SentBy.EMAIL,
        finding=Finding.UPHELD,
        findings=(Finding.UPHELD,),
        remedies=tuple(RemedyTerms(kind=RemedyKind.ACT_ON_DELAY, owner_id=1, due=due) for due in dues),
        remedy_words=tuple(f"Repair {number}" for number, _ in enumerate(dues, start=1)),
    )


def test_remedies_are_numbered_over_both_stages_and_outlive_the_case() -> None:
    case = ivh(
        cases.acknowledged(date(2026, 5, 13)),
        promised(date(2026, 6, 1), date(2026, 7, 1)),
        cases.escalated(date(2026, 5, 21)),
        cases.acknowledged(date(2026, 5, 22), Stage.TWO),
        promised(date(2026, 8, 1), stage=Stage.TWO),
        ComplaintClosed(),
        RemedyCompleted(number=2, done_on=date(2026, 6, 30), evidence="A photo"),
    )
    assert [remedy.number for remedy in case.remedies] == [1, 2, 3]
    assert [remedy.number for remedy in case.open_remedies] == [1, 3]
    assert [remedy.overdue(date(2026, 6, 2)) for remedy in case.remedies] == [True, False, False]
    assert not case.remedies[0].overdue(date(2026, 6, 1))


def test_both_stages_keep_their_own_handler_and_dates() -> None:
    case = ivh(
        cases.assigned(1, "investigating_manager"),
        cases.acknowledged(date(2026, 5, 13)),
        cases.answered(date(2026, 5, 20)),
        cases.escalated(date(2026, 5, 21)),
    )
    assert case.handler_id is None
    assert case.stages[Stage.ONE].handlers == (1,)
    assert case.now.started_on == date(2026, 5, 21)
    assert case.flags == ()


def test_flags_of_the_complaint_and_of_the_request_are_told_together() -> None:
    case = cases.case_of(cases.received(RECEIVED, flags=(Flag.ANONYMOUS,)), landlord="ivh")
    assert case.flags == (Flag.ANONYMOUS,)


def test_an_unlawful_history_is_not_a_case() -> None:
    with pytest.raises(Refused, match="Acknowledge the complaint before"):
        cases.case_of(cases.received(RECEIVED), cases.answered(date(2026, 5, 20)))
    with pytest.raises(ValueError, match="has no events"):
        fold(cases.REFERENCE, "ids", [])
