"""Which parts a letter has, in which order. Code and policy may ask for more: each gets its place."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.policy import LetterKind, Part, Policy

ORDER = (
    Part.REFERENCE,
    Part.STAGE,
    Part.DECISION,
    Part.NEW_DATE,
    Part.EXTENSION_REASON,
    Part.UPDATE_INTERVAL,
    Part.DEFINITION,
    Part.WHY_STILL_DISSATISFIED,
    Part.OUTCOMES,
    Part.RESPONSIBILITIES,
    Part.HANDLER,
    Part.POINTS_ANSWERED,
    Part.REASONS,
    Part.LAW_AND_POLICY,
    Part.EVIDENCE,
    Part.CIRCUMSTANCES,
    Part.REMEDY,
    Part.CHANGES_TO_REMEDY,
    Part.ACTIONS,
    Part.HOW_TO_ESCALATE,
    Part.SECOND_REVIEW_RIGHT,
    Part.COPY_OF_POLICY,
    Part.HOW_FAR_IT_CAN_GO,
    Part.OMBUDSMAN_RIGHT,
    Part.OMBUDSMAN,
)

_DEFINITION = {Part.DEFINITION, Part.OUTCOMES, Part.RESPONSIBILITIES, Part.HANDLER}
_DECLINE = {Part.DECISION, Part.REASONS, Part.EVIDENCE, Part.CIRCUMSTANCES, Part.OMBUDSMAN_RIGHT}
_ANSWER = {
    Part.STAGE,
    Part.DECISION,
    Part.DEFINITION,
    Part.POINTS_ANSWERED,
    Part.REASONS,
    Part.LAW_AND_POLICY,
    Part.REMEDY,
    Part.ACTIONS,
}

USUAL: Mapping[LetterKind, set[Part]] = {
    LetterKind.RECEIPT: set(),
    LetterKind.ACKNOWLEDGEMENT: _DEFINITION,
    LetterKind.EXTENSION: {Part.NEW_DATE, Part.EXTENSION_REASON, Part.UPDATE_INTERVAL},
    LetterKind.DECLINE: _DECLINE,
    LetterKind.RESPONSE_STAGE_1: _ANSWER | {Part.HOW_TO_ESCALATE},
    LetterKind.RECEIPT_STAGE_2: set(),
    LetterKind.ACKNOWLEDGEMENT_STAGE_2: _DEFINITION | {Part.WHY_STILL_DISSATISFIED},
    LetterKind.RESPONSE_STAGE_2: _ANSWER | {Part.CHANGES_TO_REMEDY},
    LetterKind.DECLINE_STAGE_2: _DECLINE,
    LetterKind.LIMIT_MISSED: set(),
    LetterKind.WITHDRAWAL: {Part.ACTIONS},
    LetterKind.CLOSING: {Part.ACTIONS},
    LetterKind.CODE_SLIP: set(),
    LetterKind.CODE_CHANGED: set(),
    LetterKind.ADJUSTMENT: set(),
    LetterKind.MESSAGE: set(),
    LetterKind.CONTACT_CHANGED: set(),
    LetterKind.PERSON_JOINED: set(),
    LetterKind.COMPLAINTS_JOINED: {Part.DEFINITION, Part.OUTCOMES},
    LetterKind.MOVED_BY_JOINING: set(),
    LetterKind.JOINING_UNDONE: set(),
    LetterKind.REPRESENTATIVE_RECEIPT: set(),
    LetterKind.REPRESENTATIVE_ENDED: set(),
    LetterKind.WHO_ACTS: set(),
    LetterKind.MEMBER_JOINED: set(),
    LetterKind.REFERRAL: set(),
    LetterKind.LAW_LIMIT_MISSED: set(),
    LetterKind.LEAD_CHANGED: set(),
    LetterKind.REMEDY: set(),
    LetterKind.CONTACT_RESTRICTED: set(),
    LetterKind.RESTRICTION_DECIDED: set(),
    LetterKind.DIRECTED: set(),
}
"""What each kind says wherever there is something to say, beside the two parts of every letter."""

IN_EVERY_LETTER = frozenset({Part.REFERENCE, Part.OMBUDSMAN})

TOLD_POINT_BY_POINT = frozenset({Part.REASONS, Part.LAW_AND_POLICY})
"""In an answer these stand with the point that they belong to, not in sections of their own."""


def parts_of(kind: LetterKind, policy: Policy, code: Policy) -> tuple[Part, ...]:
    """The parts of a letter in the order in which it says them."""
    required = {each.part for each in policy.parts_of(kind, code)}
    return tuple(part for part in ORDER if part in USUAL[kind] | required | IN_EVERY_LETTER)


assert set(ORDER) == set(Part), f"no place in a letter for {set(Part) - set(ORDER)}"
