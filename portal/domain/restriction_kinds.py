"""What there is to choose from where contact is restricted after unacceptable behaviour (Code 5.14, 5.15)."""

from __future__ import annotations

from enum import StrEnum


class ContactLimit(StrEnum):
    """How contact is restricted. None of them is that nobody may complain: that cannot be chosen."""

    IN_WRITING = "in_writing"
    ONE_PERSON = "one_person"
    CALLS_AT_SET_TIMES = "calls_at_set_times"
    VISITS_BY_TWO = "visits_by_two"
    MATTER_ANSWERED = "matter_answered"


class Disability(StrEnum):
    """Whether a disability may be behind what happened (Equality Act 2010, section 15)."""

    MAY_BE = "may_be"
    NO_SIGN = "no_sign"


class RestrictionOutcome(StrEnum):
    """What came of a review or of an appeal."""

    KEPT = "kept"
    ENDED = "ended"
