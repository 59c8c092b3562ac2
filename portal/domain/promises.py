"""What letters have told the resident: the date of each thing that we owe, as it was promised.

A later holiday or policy moves what is computed, never what was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.domain.case import Case
from portal.domain.events import LetterWritten, Stage
from portal.domain.policy import Key, LetterKind

TOLD_BY: Mapping[Key, frozenset[LetterKind]] = {
    Key.ACKNOWLEDGE_STAGE_1: frozenset({LetterKind.RECEIPT}),
    Key.RESPOND_STAGE_1: frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.EXTENSION}),
    Key.ACKNOWLEDGE_STAGE_2: frozenset({LetterKind.RECEIPT_STAGE_2}),
    Key.RESPOND_STAGE_2: frozenset({LetterKind.ACKNOWLEDGEMENT_STAGE_2, LetterKind.EXTENSION}),
}
"""The letters that tell the date by which we will do something."""

PROMISING = frozenset(kind for kinds in TOLD_BY.values() for kind in kinds)
"""Letters that tell the resident a date by which we will act."""


def promised(case: Case, key: Key, stage: Stage) -> date | None:
    """The date of `key`, which is of `stage`, that the latest letter told, or None where none did."""
    told = [letter.promised for letter in case.letters if _told(case, letter, key, stage)]
    return told[-1] if told else None


def _told(case: Case, letter: LetterWritten, key: Key, stage: Stage) -> bool:
    if letter.promised is None or letter.letter not in TOLD_BY.get(key, ()):
        return False
    # One kind of letter extends both stages: whose date it told is known by the extension itself.
    is_extension = letter.letter is LetterKind.EXTENSION
    return not is_extension or letter.promised in {each.new_due for each in case.stages[stage].extensions}
