"""What the first reading raises for the queue, and that it changes no limit (Code 6.1)."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.case import Case
from portal.domain.events import Event, Flag, Stage
from portal.domain.owed import deadlines_of, next_due
from portal.domain.triage_events import ComplaintTriaged, Complexity, Risk, VulnerabilityTold
from tests.domain import cases

RECEIVED = date(2026, 6, 10)


def read(**changes: object) -> Event:
    seen = {
        "stage": Stage.ONE,
        "triaged_on": RECEIVED,
        "early_answer": False,
        "complexity": Complexity.ORDINARY,
        "risk": Risk.SOME,
        "hazard": False,
    }
    return ComplaintTriaged(**{**seen, **changes})


def received(*more: Event) -> Case:
    return cases.case_of(cases.received(RECEIVED), *more)


@pytest.mark.parametrize(
    ("seen", "flags"),
    [
        ({}, ()),
        ({"risk": Risk.NONE_SEEN, "complexity": Complexity.COMPLEX}, ()),
        ({"risk": Risk.HIGH}, (Flag.HIGH_RISK,)),
        ({"early_answer": True}, (Flag.EARLY_ANSWER,)),
        ({"hazard": True}, (Flag.HAZARD,)),
    ],
)
def test_what_staff_weigh_in_the_queue(seen: dict[str, object], flags: tuple[Flag, ...]) -> None:
    assert received(read(**seen)).flags == flags


def test_the_latest_reading_counts_and_none_once_it_is_answered() -> None:
    assert received(read(risk=Risk.HIGH), read()).flags == ()
    answered = received(
        read(risk=Risk.HIGH, early_answer=True),
        cases.assigned(1),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 16)),
    )
    assert answered.flags == ()


def test_no_reading_changes_a_date_of_the_law() -> None:
    rules = cases.rules_of("ids", RECEIVED)
    plain, worst = received(), received(read(risk=Risk.HIGH, early_answer=True, hazard=True))
    assert deadlines_of(worst, rules) == deadlines_of(plain, rules)
    assert next_due(worst, rules) == next_due(plain, rules)


def test_what_makes_somebody_vulnerable_raises_nothing_that_others_see() -> None:
    case = received(read(), VulnerabilityTold(told_on=RECEIVED, words="A baby."))
    assert case.flags == ()
    assert [each.words for each in case.triage.vulnerability] == ["A baby."]
    assert received(VulnerabilityTold(told_on=RECEIVED)).triage.vulnerability == ()
