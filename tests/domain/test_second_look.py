"""Where a landlord's file asks for it, an answer goes only as somebody else approved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal import landlords
from portal.domain.actors import Actor, Role
from portal.domain.case import Case, Rules
from portal.domain.check_events import CheckAsked, CheckDecided
from portal.domain.events import Event, Finding, PointAnswer, ResponseSent, StaffNamed, Stage
from portal.domain.independence import Candidate, may_handle
from portal.domain.policy import SecondCheck, SentBy
from portal.domain.second_look import may_check, may_go, may_go_as_it_is
from tests.domain import cases

RECEIVED, DAY = date(2026, 6, 10), date(2026, 6, 16)
WRITER, CHECKER = 1, 2
ANSWER = PointAnswer(point="The roof leaks", finding=Finding.UPHELD, reasons="We were slow.\nWe are sorry.")


def asked(answer: PointAnswer = ANSWER, *, stage: Stage = Stage.ONE) -> CheckAsked:
    return CheckAsked(stage=stage, asked_by=WRITER, findings=(answer.finding,), answers=(answer,))


def decided(*, approved: bool = True) -> CheckDecided:
    return CheckDecided(stage=Stage.ONE, decided_by=CHECKER, approved=approved, words="Say why.")


def response(answer: PointAnswer = ANSWER) -> ResponseSent:
    return ResponseSent(
        stage=Stage.ONE,
        sent_on=DAY,
        sent_by=SentBy.EMAIL,
        finding=answer.finding,
        findings=(answer.finding,),
        answers=(answer,),
    )


def acknowledged(*more: Event) -> Case:
    return cases.case_of(
        cases.received(RECEIVED), cases.assigned(WRITER, "officer"), cases.acknowledged(date(2026, 6, 15)), *more
    )


def rules(*, check: SecondCheck | None = None) -> Rules:
    """Those of a landlord whose file asks for a check at stage 1."""
    made = cases.rules_of("ids", RECEIVED)
    wanted = check or SecondCheck(rule="2.1")
    return replace(made, policy=replace(made.policy, stage_1=replace(made.policy.stage_1, second_check=wanted)))


def test_none_of_the_five_policies_asks_for_it() -> None:
    for key in landlords.keys():
        policy = landlords.policy_for(key, RECEIVED)
        assert policy.stage_1.second_check is None
        assert policy.stage_2.second_check is None
    assert may_go(acknowledged(), cases.rules_of("ids", RECEIVED))


@pytest.mark.parametrize(
    ("so_far", "goes"),
    [
        ((), False),
        ((asked(),), False),
        ((asked(), decided(approved=False)), False),
        ((asked(), decided()), True),
        ((asked(), decided(), asked()), False),
        ((asked(), decided(approved=False), asked(), decided()), True),
    ],
)
def test_it_goes_once_what_was_shown_last_is_approved(so_far: tuple[Event, ...], goes: bool) -> None:
    case = acknowledged(*so_far)
    assert bool(may_go(case, rules())) is goes
    assert bool(may_go_as_it_is(case, rules(), response(), WRITER)) is goes


def test_the_refusal_names_the_rule_of_the_landlord() -> None:
    assert "IDS 2.1" in may_go(acknowledged(), rules(check=SecondCheck(rule="IDS 2.1"))).reason


@pytest.mark.parametrize(
    "change",
    [
        {"finding": Finding.PARTLY_UPHELD},
        {"reasons": "We were slow."},
        {"law_and_policy": "Repairs policy 4"},
    ],
)
def test_a_change_after_the_approval_needs_a_new_one(change: dict[str, Any]) -> None:
    case = acknowledged(asked(), decided())
    changed = response(replace(ANSWER, **change))
    assert not may_go_as_it_is(case, rules(), changed, WRITER)


def test_how_a_browser_breaks_lines_is_no_change() -> None:
    sent = response(replace(ANSWER, reasons="We were slow.\r\nWe are sorry. "))
    assert may_go_as_it_is(acknowledged(asked(), decided()), rules(), sent, WRITER)


def test_whoever_approved_it_does_not_sign_it() -> None:
    case = acknowledged(asked(), decided())
    assert not may_go_as_it_is(case, rules(), response(), CHECKER)


@pytest.mark.parametrize(
    ("user_id", "rank", "allowed"),
    [(CHECKER, "manager", True), (CHECKER, "officer", False), (WRITER, "manager", False), (9, "manager", False)],
)
def test_whose_eyes_they_may_be(user_id: int, rank: str, allowed: bool) -> None:
    case = acknowledged(StaffNamed(user_ids=(9,)), asked())
    actor = Actor(Role.HANDLER, landlord="ids", user_id=user_id, rank=rank)
    of_managers = rules(check=SecondCheck(rule="2.1", ranks=("manager",)))
    assert bool(may_check(actor, case, of_managers, landlords.landlord("ids"))) is allowed


def test_who_checked_the_stage_1_answer_does_not_handle_stage_2() -> None:
    case = acknowledged(asked(), decided(), cases.answered(date(2026, 6, 29)), cases.escalated(date(2026, 7, 2)))
    decision = may_handle(Candidate(CHECKER, "smt"), case, rules(), landlords.landlord("ids"))
    assert decision.reason == "They checked the stage 1 answer (Code 5.8)."
