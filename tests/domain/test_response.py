"""An answer that goes answers every point and promises nothing vague."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.domain.events import Finding, PointAnswer, RemedyKind
from portal.domain.policy import LetterKind, Part, RequiredPart
from portal.domain.refusal import Refused
from portal.domain.response import (
    ACKNOWLEDGEMENT_LETTER,
    DECLINE_LETTER,
    PART_LABELS,
    RESPONSE_LETTER,
    Incomplete,
    RemedyOffer,
    Response,
    check_response,
    missing_from,
    remedy_terms,
)
from tests.domain import cases

TODAY = date(2026, 6, 29)
POINTS = ("The roof leaks", "Nobody called back")
CASE = cases.case_of(cases.received(date(2026, 6, 10)), cases.acknowledged(date(2026, 6, 15), points=POINTS))

LEAK = PointAnswer(point=POINTS[0], finding=Finding.UPHELD, reasons="The gutter was broken.")
CALLS = PointAnswer(point=POINTS[1], finding=Finding.NOT_UPHELD, reasons="We called on 11 June.")
WHOLE = Response(answers=(LEAK, CALLS))


def offer(kind: RemedyKind = RemedyKind.ACT_ON_DELAY, **more: Any) -> RemedyOffer:
    promised = {"words": "Repair the gutter", "owner_id": 3, "due": date(2026, 7, 10)}
    return RemedyOffer(kind=kind, **{**promised, **more})


def refused_field(response: Response) -> str | None:
    with pytest.raises(Refused) as refused:
        check_response(CASE, response, TODAY)
    return refused.value.field


def test_a_whole_answer_may_go() -> None:
    check_response(CASE, replace(WHOLE, remedies=(offer(),)), TODAY)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ((), "answers"),
        ((LEAK,), "answers"),
        ((CALLS, LEAK), "answers"),
        ((LEAK, CALLS, CALLS), "answers"),
        ((LEAK, replace(CALLS, point="Something else")), "answers"),
        ((LEAK, replace(CALLS, reasons=" ")), "answers-1-reasons"),
    ],
    ids=["none", "one missing", "mixed up", "one too many", "another point", "no reasons"],
)
def test_every_point_is_answered_with_reasons(answers: tuple[PointAnswer, ...], field: str) -> None:
    assert refused_field(Response(answers=answers)) == field


@pytest.mark.parametrize(
    ("remedy", "field"),
    [
        (offer(words=""), "remedies-0-words"),
        (offer(owner_id=None), "remedies-0-owner"),
        (offer(due=None), "remedies-0-due"),
        (offer(due=date(2026, 6, 28)), "remedies-0-due"),
        (offer(RemedyKind.MONEY), "remedies-0-amount"),
        (offer(RemedyKind.MONEY, amount_pence=0), "remedies-0-amount"),
    ],
    ids=["no words", "no owner", "no date", "date passed", "no amount", "no money"],
)
def test_a_remedy_has_words_an_owner_and_a_date(remedy: RemedyOffer, field: str) -> None:
    assert refused_field(replace(WHOLE, remedies=(remedy,))) == field


@pytest.mark.parametrize("kind", [RemedyKind.APOLOGY, RemedyKind.ADMIT_FAULT, RemedyKind.EXPLANATION])
def test_what_the_letter_itself_does_needs_neither_owner_nor_date(kind: RemedyKind) -> None:
    check_response(CASE, replace(WHOLE, remedies=(offer(kind, owner_id=None, due=None),)), TODAY)


@pytest.mark.parametrize(
    ("findings", "whole"),
    [
        ((Finding.UPHELD, Finding.UPHELD), Finding.UPHELD),
        ((Finding.NOT_UPHELD, Finding.NOT_UPHELD), Finding.NOT_UPHELD),
        ((Finding.UPHELD, Finding.NOT_UPHELD), Finding.PARTLY_UPHELD),
        ((Finding.PARTLY_UPHELD, Finding.PARTLY_UPHELD), Finding.PARTLY_UPHELD),
        ((Finding.UPHELD, Finding.PARTLY_UPHELD), Finding.PARTLY_UPHELD),
    ],
)
def test_the_decision_on_the_whole(findings: tuple[Finding, ...], whole: Finding) -> None:
    assert Response(answers=tuple(replace(LEAK, finding=each) for each in findings)).finding is whole


def test_what_is_promised_is_kept_without_its_words() -> None:
    (terms,) = remedy_terms(replace(WHOLE, remedies=(offer(RemedyKind.MONEY, amount_pence=5000),)))
    assert (terms.kind, terms.owner_id, terms.due, terms.amount_pence) == (
        RemedyKind.MONEY,
        3,
        date(2026, 7, 10),
        5000,
    )


def test_a_letter_is_missing_what_it_says_with_blanks_alone() -> None:
    required = (RequiredPart(Part.REASONS, "IDS 6.2.3"), RequiredPart(Part.REMEDY, "IDS 6.2.3"))
    missing = missing_from(required, {Part.REASONS: " \n", Part.REMEDY: "We will repair it."})
    assert [each.part for each in missing] == [Part.REASONS]
    assert "the reasons for each decision (IDS 6.2.3)" in Incomplete(missing).message


def test_every_part_of_a_letter_can_be_named_in_a_refusal() -> None:
    assert set(PART_LABELS) == set(Part)


def test_each_stage_has_its_own_letters() -> None:
    by_stage = (ACKNOWLEDGEMENT_LETTER, RESPONSE_LETTER, DECLINE_LETTER)
    letters = [letter for table in by_stage for letter in table.values()]
    assert len(letters) == len(set(letters)) == 6
    assert set(letters) < set(LetterKind)
