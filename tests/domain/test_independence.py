"""Who may handle a stage: nobody who is named, nobody twice, and the rank that the policy asks for."""

from __future__ import annotations

from datetime import date

import pytest

from portal import landlords
from portal.domain.case import Case
from portal.domain.events import StaffNamed, Stage
from portal.domain.independence import Candidate, may_handle
from portal.domain.permissions import Decision, Role
from tests.domain import cases

RECEIVED = date(2026, 6, 10)
NAMED = 9
FIRST = 1


def at_stage_1(landlord: str) -> Case:
    return cases.case_of(cases.received(RECEIVED), StaffNamed(user_ids=(NAMED,)), landlord=landlord)


def at_stage_2(landlord: str, first_rank: str | None) -> Case:
    return cases.case_of(
        cases.received(RECEIVED),
        StaffNamed(user_ids=(NAMED,)),
        cases.assigned(FIRST, first_rank),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 29)),
        cases.escalated(date(2026, 7, 2)),
        landlord=landlord,
    )


def decision(case: Case, user_id: int, rank: str | None) -> Decision:
    rules = cases.rules_of(case.landlord, RECEIVED)
    return may_handle(Candidate(user_id, rank), case, rules, landlords.landlord(case.landlord))


@pytest.mark.parametrize("landlord", landlords.keys())
def test_nobody_who_is_named_handles_either_stage(landlord: str) -> None:
    for rank in (each.key for each in landlords.landlord(landlord).ranks):
        for case in (at_stage_1(landlord), at_stage_2(landlord, None)):
            refused = decision(case, NAMED, rank)
            assert not refused
            assert refused.reason == "They are named in the complaint (Code 5.8)."


@pytest.mark.parametrize("landlord", landlords.keys())
def test_nobody_handles_both_stages(landlord: str) -> None:
    for rank in (each.key for each in landlords.landlord(landlord).ranks):
        refused = decision(at_stage_2(landlord, rank), FIRST, rank)
        assert refused.reason == "They handled stage 1 (Code 6.13)."


@pytest.mark.parametrize("landlord", landlords.keys())
def test_a_reviewer_answers_at_stage_2_alone(landlord: str) -> None:
    rules, policy = cases.rules_of(landlord, RECEIVED), landlords.landlord(landlord)
    for rank in (each.key for each in policy.ranks):
        reviewer, handler = Candidate(2, rank, (Role.REVIEWER,)), Candidate(2, rank, (Role.HANDLER,))
        assert may_handle(reviewer, at_stage_1(landlord), rules, policy).reason == "They answer at stage 2 alone."
        second = at_stage_2(landlord, None)
        assert may_handle(reviewer, second, rules, policy) == may_handle(handler, second, rules, policy)
        both = Candidate(2, rank, (Role.HANDLER, Role.REVIEWER))
        first = at_stage_1(landlord)
        assert may_handle(both, first, rules, policy) == may_handle(handler, first, rules, policy)


def test_nobody_who_handled_stage_1_for_a_while_either() -> None:
    passed_on = cases.case_of(
        cases.received(RECEIVED),
        cases.assigned(FIRST, "officer"),
        cases.assigned(2, "officer"),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 29)),
        cases.escalated(date(2026, 7, 2)),
    )
    assert not decision(passed_on, FIRST, "smt")
    assert not decision(passed_on, 2, "smt")
    assert decision(passed_on, 3, "smt")


@pytest.mark.parametrize(
    ("landlord", "first_rank", "rank", "allowed"),
    [
        # IDS 6.3.2: the senior team leads stage 2, and the corporate team where the senior team answered stage 1.
        ("ids", "officer", "smt", True),
        ("ids", "officer", "cmt", False),
        ("ids", "officer", "manager", False),
        ("ids", "smt", "smt", False),
        ("ids", "smt", "cmt", True),
        ("ids", "cmt", "smt", False),
        ("ids", "cmt", "cmt", True),
        # IH L101: the second review is for a Director, another one where a Director took the first.
        ("ih", "board_member", "director", True),
        ("ih", "director", "director", True),
        ("ih", "director", "board_member", False),
        ("ivh", "investigating_manager", "head_of_service", True),
        ("ivh", "investigating_manager", "investigating_manager", False),
        ("hs", None, "business_manager", True),
    ],
)
def test_the_rank_that_takes_stage_2(landlord: str, first_rank: str | None, rank: str, allowed: bool) -> None:
    assert bool(decision(at_stage_2(landlord, first_rank), 2, rank)) is allowed


def test_a_policy_without_ranks_takes_anyone_who_is_independent() -> None:
    for rank in (None, *(each.key for each in landlords.landlord("ms").ranks)):
        assert decision(at_stage_2("ms", None), 2, rank)


def test_a_first_review_is_for_a_board_member_or_director_who_is_not_named() -> None:
    case = at_stage_1("ih")
    assert decision(case, 2, "board_member")
    assert decision(case, 2, "director")
    assert not decision(case, NAMED, "board_member")
    assert not decision(case, 2, None)


def test_a_refusal_names_the_rank_and_the_rule_in_the_landlords_words() -> None:
    refused = decision(at_stage_2("ids", "smt"), 2, "smt")
    assert refused.reason == "This stage is for: Member of the Corporate Management Team (IDS 6.3.2)."


def test_stage_1_needs_no_rank_where_the_policy_names_none() -> None:
    assert at_stage_1("ids").stage is Stage.ONE
    assert decision(at_stage_1("ids"), 2, None)
