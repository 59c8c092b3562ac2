"""The date that a letter told is the one of its own stage, and the latest of them."""

from __future__ import annotations

from datetime import date

from portal.domain.events import DeadlineExtended, ExtensionReason, LetterWritten, Stage
from portal.domain.policy import Key, LetterKind
from portal.domain.promises import promised
from tests.domain.cases import acknowledged, answered, case_of, escalated, received

FIRST, LATER = date(2026, 1, 20), date(2026, 2, 10)


def letter(kind: LetterKind, told: date | None) -> LetterWritten:
    return LetterWritten(letter_id="made-up", letter=kind, digest="", promised=told)


EXTENDED = (
    received(date(2026, 1, 2)),
    acknowledged(date(2026, 1, 5)),
    letter(LetterKind.ACKNOWLEDGEMENT, FIRST),
    DeadlineExtended(
        stage=Stage.ONE, told_on=date(2026, 1, 9), old_due=FIRST, new_due=LATER, reason=ExtensionReason.COMPLEX
    ),
    letter(LetterKind.EXTENSION, LATER),
)


def test_the_latest_letter_counts() -> None:
    assert promised(case_of(*EXTENDED[:3]), Key.RESPOND_STAGE_1, Stage.ONE) == FIRST
    assert promised(case_of(*EXTENDED), Key.RESPOND_STAGE_1, Stage.ONE) == LATER


def test_what_no_letter_told_was_not_promised() -> None:
    assert promised(case_of(*EXTENDED), Key.ACKNOWLEDGE_STAGE_1, Stage.ONE) is None
    silent = case_of(received(date(2026, 1, 2)), letter(LetterKind.RECEIPT, None))
    assert promised(silent, Key.ACKNOWLEDGE_STAGE_1, Stage.ONE) is None


def test_an_extension_of_stage_1_promises_nothing_for_stage_2() -> None:
    case = case_of(*EXTENDED, answered(date(2026, 2, 9)), escalated(date(2026, 2, 11)))
    assert promised(case, Key.RESPOND_STAGE_2, Stage.TWO) is None
    assert promised(case, Key.RESPOND_STAGE_1, Stage.ONE) == LATER
