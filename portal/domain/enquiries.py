"""What reaches us and is no complaint: petitions, requests for service, adjustments that are asked for without one.

Whoever asks is answered in writing in the way and the format that they asked for, as in a complaint (Code 5.10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.adjustment_kinds import BY_ITSELF, LARGE, MADE_BY_HAND, Adjustment, Outcome
from portal.domain.adjustments import LetterFormat
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.permissions import Action
from portal.domain.refusal import Refused


class EnquiryKind(StrEnum):
    """What it is. Its value is written into the record, and is never changed."""

    PETITION = "petition"
    SERVICE = "service_request"
    EASIER = "easier_request"


class EnquiryLetterKind(StrEnum):
    """The letters that belong to no complaint."""

    PETITION_ACKNOWLEDGEMENT = "petition_acknowledgement"
    CHIEF_EXECUTIVE = "chief_executive"
    PETITION_OUTCOME = "petition_outcome"
    SERVICE_ACKNOWLEDGEMENT = "service_acknowledgement"
    SERVICE_OUTCOME = "service_outcome"
    EASIER_DECISION = "easier_decision"


class EnquiryStep(StrEnum):
    """What can happen to an enquiry."""

    RECEIVED = "received"
    LETTER_WRITTEN = "letter_written"
    POSTED = "posted"
    CALLED = "called"
    SETTLED = "settled"


SEEN_BY = {
    EnquiryKind.PETITION: Action.SEE_PETITIONS,
    EnquiryKind.SERVICE: Action.SEE_SERVICE_REQUESTS,
    EnquiryKind.EASIER: Action.SEE_EASIER_REQUESTS,
}
"""What whoever reads a letter about it has to be allowed. An adjustment can say something about somebody's health."""

SENT_UNREAD = frozenset({EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT, EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT})
"""What goes out before a person has seen what was typed: by email it repeats none of it, no name either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whoever asked: how they are reached, and what makes it easier for them to read or hear the answer."""

    person: Person = Person()
    reply_by: ReplyBy = ReplyBy.NONE
    safe_contact: tuple[SafeContact, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    print_size: int | None = None

    @property
    def is_discreet(self) -> bool:
        """Whether nothing that others may see should say who it is from or what it is about."""
        return SafeContact.DISCREET in self.safe_contact

    @property
    def is_called(self) -> bool:
        """Whether they hear by phone: they asked for it, and not to be called is not what they asked for."""
        wants = self.reply_by is ReplyBy.PHONE or Adjustment.PHONE_ONLY in self.adjustments
        return wants and self.can_be_called

    @property
    def can_be_called(self) -> bool:
        return bool(self.person.phone.strip()) and Adjustment.NO_PHONE not in self.adjustments


def format_for(asker: Asker) -> LetterFormat:
    """How their letters are made. Nobody waits for a decision to be able to read: what was asked for holds at once.

    What only a person can make waits for that person.
    """
    kinds = set(asker.adjustments)
    return LetterFormat(
        points=(asker.print_size or LARGE) if Adjustment.LARGE_PRINT in kinds else None,
        plain_text=Adjustment.PLAIN_TEXT in kinds & BY_ITSELF,
        summary_first=Adjustment.SUMMARY_FIRST in kinds & BY_ITSELF,
        by_hand=tuple(kind for kind in Adjustment if kind in kinds & MADE_BY_HAND),
    )


def check_decision(outcome: Outcome, reason: str, alternative: str) -> None:
    """Raises `Refused`. Not to agree to what was asked for needs a reason and an alternative: both are told."""
    if outcome is not Outcome.AGREED and not reason.strip():
        raise Refused("Give the reason. They are told it", "reason")
    if outcome is not Outcome.AGREED and not alternative.strip():
        raise Refused("Say what you offer instead. They are told it", "alternative")


def check_day(on: date, written_on: date, today: date, field: str) -> None:
    """Raises `Refused` for a day on which a letter cannot have been posted or told."""
    if on > today:
        raise Refused("The day cannot be in the future", field)
    if on < written_on:
        raise Refused("The day cannot be before the letter was written", field)
