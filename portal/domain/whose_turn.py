"""Whose turn it is while we owe an answer: what the queue tells apart, and what moves no date.

A limit runs on whoever is waited for: more time is an extension, told before the limit (Code 6.4, 6.15).
"""

from __future__ import annotations

from portal.domain.case import Case
from portal.domain.checked import latest
from portal.domain.events import ExtensionReason, Flag
from portal.domain.message_events import MessageSent

RESIDENTS_REASONS = frozenset({ExtensionReason.RESIDENT_ASKED, ExtensionReason.RESIDENT_UNAVAILABLE})


def waits_for_resident(case: Case) -> bool:
    """Whether the last word is ours, or the answer was put off because of the resident, and we still owe it."""
    return case.is_open and (_last_word_is_ours(case) or _put_off_for_resident(case))


def answer_is_known(case: Case) -> bool:
    """Whether the letter alone is missing: an answer was written and nobody sent it back, or it can be given early.

    It goes when the answer is known, not when everything is done that it promises (Code 6.6, 6.17).
    """
    if not case.is_open:
        return False
    written = latest(case.checks, case.stage)
    return Flag.EARLY_ANSWER in case.flags or (written is not None and (not written.decided or written.approved))


def _last_word_is_ours(case: Case) -> bool:
    last = case.last_from_us
    return isinstance(last, MessageSent) and all(each.number <= last.read_to for each in case.messages)


def _put_off_for_resident(case: Case) -> bool:
    extensions = case.now.extensions
    return bool(extensions) and extensions[-1].reason in RESIDENTS_REASONS
