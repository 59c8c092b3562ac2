"""What can be asked for to make things easier, and the words in which it is recorded (Equality Act 2010, section 20).

Nobody is asked why, and no proof is asked for: the choices are offered to everyone (Code 5.10).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Adjustment(StrEnum):
    """What would make things easier."""

    LARGE_PRINT = "large_print"
    PLAIN_TEXT = "plain_text"
    EASY_READ = "easy_read"
    BRAILLE_OR_AUDIO = "braille_or_audio"
    COLOURED_PAPER = "coloured_paper"
    INTERPRETER = "interpreter"
    BSL = "bsl"
    PHONE_ONLY = "phone_only"
    NO_PHONE = "no_phone"
    ONE_CONTACT = "one_contact"
    MORE_TIME = "more_time"
    CALL_TIMES = "call_times"
    HOME_VISIT = "home_visit"
    VISITING = "visiting"
    ADVOCATE = "advocate"
    READ_AND_WRITE = "read_and_write"
    SUMMARY_FIRST = "summary_first"
    ONE_ISSUE = "one_issue"
    OTHER = "other"


class Group(StrEnum):
    """The groups in which the choices are shown."""

    FORMAT = "format"
    LANGUAGE = "language"
    CHANNEL = "channel"
    TIME = "time"
    VISITS = "visits"
    SUPPORT = "support"
    CONTENT = "content"
    OTHER = "other"


GROUPS: Mapping[Group, tuple[Adjustment, ...]] = {
    Group.FORMAT: (
        Adjustment.LARGE_PRINT,
        Adjustment.PLAIN_TEXT,
        Adjustment.EASY_READ,
        Adjustment.BRAILLE_OR_AUDIO,
        Adjustment.COLOURED_PAPER,
    ),
    Group.LANGUAGE: (Adjustment.INTERPRETER, Adjustment.BSL),
    Group.CHANNEL: (Adjustment.PHONE_ONLY, Adjustment.NO_PHONE, Adjustment.ONE_CONTACT),
    Group.TIME: (Adjustment.MORE_TIME, Adjustment.CALL_TIMES),
    Group.VISITS: (Adjustment.HOME_VISIT, Adjustment.VISITING),
    Group.SUPPORT: (Adjustment.ADVOCATE, Adjustment.READ_AND_WRITE),
    Group.CONTENT: (Adjustment.SUMMARY_FIRST, Adjustment.ONE_ISSUE),
    Group.OTHER: (Adjustment.OTHER,),
}

assert {kind for kinds in GROUPS.values() for kind in kinds} == set(Adjustment)

BY_ITSELF = frozenset({Adjustment.LARGE_PRINT, Adjustment.PLAIN_TEXT, Adjustment.SUMMARY_FIRST, Adjustment.NO_PHONE})
"""What the portal does by itself. It does so from the day of asking: nobody waits for a decision to be able to read."""

MADE_BY_HAND = frozenset({Adjustment.EASY_READ, Adjustment.BRAILLE_OR_AUDIO, Adjustment.COLOURED_PAPER})
"""Formats that a person has to make. Once one is agreed, a letter waits for that person."""

SIZES = (14, 16, 18, 20, 24, 28, 36)
"""Type sizes that can be asked for, in points."""

LARGE = 18
"""Large print in points where no size was said: the size that the RNIB calls large print begins at 16."""


class AdjustmentScope(StrEnum):
    """How far it reaches."""

    THIS_COMPLAINT = "this_complaint"
    ALL_CONTACT = "all_contact"


class RequestedBy(StrEnum):
    """Who raised it: anybody may, at any time."""

    RESIDENT = "resident"
    HOUSEHOLD = "household"
    ADVOCATE = "advocate"
    STAFF = "staff"


class Outcome(StrEnum):
    """What was decided about a request."""

    AGREED = "agreed"
    ALTERNATIVE = "alternative"
    DECLINED = "declined"


class ReviewOutcome(StrEnum):
    """What a review found."""

    KEPT = "kept"
    ENDED = "ended"
