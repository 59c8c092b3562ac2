"""What ties a handler to a complaint keeps them from it, at either stage, unless a second person overrides it."""

from __future__ import annotations

from datetime import date

import pytest

from portal import landlords
from portal.domain.case import Case
from portal.domain.events import Event, StaffNamed, Stage
from portal.domain.independence import (
    DECISIONS,
    Candidate,
    bars_of,
    can_be_overridden,
    has_declared,
    may_decide,
    may_decide_override,
    may_handle,
)
from portal.domain.interest_events import Bar, Conflict, InterestsDeclared, OverrideAsked, OverrideDecided
from portal.domain.joining_events import ComplaintTakenIn, TakingInUndone
from portal.domain.permissions import Action, Actor, Decision, Role
from tests.domain import cases

RECEIVED = date(2026, 6, 10)
HANDLER, ASKER, DECIDER = 1, 2, 3


def declared(conflict: Conflict | None, *, stage: Stage = Stage.ONE, by: int = HANDLER) -> Event:
    return InterestsDeclared(stage=stage, user_id=by, conflict=conflict)


def asked(*bars: Bar, about: int = HANDLER) -> Event:
    return OverrideAsked(stage=Stage.ONE, user_id=about, asked_by=ASKER, bars=bars)


def decided(*, approved: bool = True, about: int = HANDLER) -> Event:
    return OverrideDecided(stage=Stage.ONE, user_id=about, decided_by=DECIDER, approved=approved)


def given(*more: Event, landlord: str = "ids") -> Case:
    return cases.case_of(cases.received(RECEIVED), cases.assigned(HANDLER, "officer"), *more, landlord=landlord)


def decision(case: Case, user_id: int = HANDLER, rank: str | None = "officer") -> Decision:
    rules = cases.rules_of(case.landlord, RECEIVED)
    return may_handle(Candidate(user_id, rank), case, rules, landlords.landlord(case.landlord))


def work(case: Case, user_id: int = HANDLER) -> dict[Action, bool]:
    actor = Actor(Role.HANDLER, landlord="ids", user_id=user_id)
    return {action: bool(may_decide(actor, action, case)) for action in DECISIONS}


@pytest.mark.parametrize("conflict", Conflict)
def test_a_conflict_hands_the_stage_back_and_bars_from_both_stages(conflict: Conflict) -> None:
    case = given(declared(conflict))
    assert case.handler_id is None
    assert decision(case).reason == "They declared a conflict of interest (Code 5.8)."
    later = given(
        declared(conflict),
        cases.assigned(ASKER, "officer"),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 29)),
        cases.escalated(date(2026, 7, 2)),
    )
    assert decision(later, rank="smt").reason == "They declared a conflict of interest (Code 5.8)."


def test_nothing_is_decided_before_the_handler_said_that_nothing_ties_them_to_it() -> None:
    assert not any(work(given()).values())
    assert all(work(given(declared(None))).values())
    assert not has_declared(given(declared(None), cases.assigned(ASKER, "officer")))


def test_it_is_said_again_at_stage_2() -> None:
    second = given(
        declared(None),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 29)),
        cases.escalated(date(2026, 7, 2)),
        cases.assigned(ASKER, "smt", stage=Stage.TWO),
    )
    assert not has_declared(second)


def test_who_is_named_or_tied_to_it_decides_nothing_even_where_they_do_not_handle_it() -> None:
    assert not any(work(given(declared(None), StaffNamed(user_ids=(9,))), user_id=9).values())
    tied = given(declared(Conflict.KNOWS), cases.assigned(ASKER, "officer"))
    assert not any(work(tied).values())
    assert all(work(tied, user_id=9).values())


def test_an_approval_covers_what_was_asked_and_no_other_bar() -> None:
    tied = (declared(Conflict.OWN_WORK), asked(Bar.CONFLICT))
    assert not decision(given(*tied))
    assert not decision(given(*tied, decided(approved=False)))
    assert decision(given(*tied, decided()))
    named = given(*tied, decided(), StaffNamed(user_ids=(HANDLER,)))
    assert decision(named).reason == "They are named in the complaint (Code 5.8)."


def test_who_is_let_in_by_an_override_does_not_declare_it_once_more() -> None:
    case = given(declared(Conflict.KNOWS), asked(Bar.CONFLICT), decided(), cases.assigned(HANDLER, "officer"))
    assert has_declared(case)
    assert all(work(case).values())


def test_nobody_overrides_that_somebody_handled_stage_1() -> None:
    second = given(
        cases.acknowledged(date(2026, 6, 15)), cases.answered(date(2026, 6, 29)), cases.escalated(date(2026, 7, 2))
    )
    rules, landlord = cases.rules_of("ids", RECEIVED), landlords.landlord("ids")
    bars = bars_of(Candidate(HANDLER, "officer"), second, rules, landlord)
    assert set(bars) == {Bar.HANDLED_STAGE_1, Bar.RANK}
    assert not can_be_overridden(bars, frozenset())
    of_rank_alone = bars_of(Candidate(9, "officer"), second, rules, landlord)
    assert set(of_rank_alone) == {Bar.RANK}
    assert can_be_overridden(of_rank_alone, frozenset())
    assert not can_be_overridden(of_rank_alone, frozenset({Bar.RANK}))


@pytest.mark.parametrize("who", [HANDLER, ASKER, 4, 9])
def test_the_second_person_is_really_another_one(who: int) -> None:
    """Not whom it is about, not who asked, not who handles it now, not who is named."""
    case = given(declared(Conflict.KNOWS), cases.assigned(4, "officer"), StaffNamed(user_ids=(9,)), asked(Bar.CONFLICT))
    assert not may_decide_override(Actor(Role.LEAD, landlord="ids", user_id=who), case)
    assert may_decide_override(Actor(Role.LEAD, landlord="ids", user_id=DECIDER), case)


def test_what_was_decided_waits_no_longer() -> None:
    case = given(declared(Conflict.KNOWS), asked(Bar.CONFLICT), decided(approved=False))
    assert case.interests.to_decide(Stage.ONE) is None
    assert not may_decide_override(Actor(Role.LEAD, landlord="ids", user_id=DECIDER), case)


def test_who_is_tied_to_a_complaint_is_tied_to_the_one_in_which_it_goes_on() -> None:
    joined = ComplaintTakenIn(
        other_reference="H4KM-73QT", other_received_on=RECEIVED, joined_on=RECEIVED, tied_staff=(9,)
    )
    case = given(declared(None), joined)
    assert decision(case, 9).reason == "They declared a conflict of interest (Code 5.8)."
    assert not any(work(case, user_id=9).values())
    undone = given(declared(None), joined, TakingInUndone(other_reference="H4KM-73QT", undone_on=RECEIVED))
    assert decision(undone, 9)
