"""What letters have told the resident: the date of each thing that we owe, as it was promised.

A later holiday or policy moves what is computed, never what was told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from portal.domain.case import ACKNOWLEDGE, Case
from portal.domain.events import LetterWritten, Stage
from portal.domain.policy import Key, LetterKind

TOLD_BY: Mapping[Key, frozenset[LetterKind]] = {
    Key.ACKNOWLEDGE_STAGE_1: frozenset({LetterKind.RECEIPT}),
    Key.RESPOND_STAGE_1: frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.EXTENSION}),
    Key.ACKNOWLEDGE_STAGE_2: frozenset({LetterKind.RECEIPT_STAGE_2}),
    Key.RESPOND_STAGE_2: frozenset({LetterKind.ACKNOWLEDGEMENT_STAGE_2, LetterKind.EXTENSION}),
}
"""The letters that tell the date by which we will do something."""

PROMISING = frozenset(kind for kinds in TOLD_BY.values() for kind in kinds) | {LetterKind.DIRECTED}
"""Letters that tell the resident a date by which we will act."""


def promised(case: Case, key: Key, stage: Stage) -> date | None:
    """The date of `key`, which is of `stage`, that the latest letter told, or None where none did."""
    told = [letter.promised for letter in _of(case, stage) if _told(case, letter, key, stage)]
    return told[-1] if told else _by_directed(case, key, stage)


def _of(case: Case, stage: Stage) -> Sequence[LetterWritten]:
    """What was promised before the Ombudsman opened a stage again is of that stage no more."""
    record = case.stages.get(stage)
    return case.letters[record.letters_before :] if record else ()


def _by_directed(case: Case, key: Key, stage: Stage) -> date | None:
    """Of a stage that the Ombudsman opened the first letter tells when it will be acknowledged."""
    record, letters = case.stages.get(stage), _of(case, stage)
    begins = record is not None and record.directed and key is ACKNOWLEDGE[stage]
    return letters[0].promised if begins and letters else None


def _told(case: Case, letter: LetterWritten, key: Key, stage: Stage) -> bool:
    if letter.promised is None or letter.letter not in TOLD_BY.get(key, ()):
        return False
    # One kind of letter extends both stages: whose date it told is known by the extension itself.
    is_extension = letter.letter is LetterKind.EXTENSION
    return not is_extension or letter.promised in {each.new_due for each in case.stages[stage].extensions}
