"""What can happen where contact with somebody is restricted. None of it moves the case, or keeps a complaint out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, content, event
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome


@event("contact_restricted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRestricted(Event):
    """Contact with the resident, or with the representative of that number, was restricted, and they were told why.

    `number` counts them over the whole case. It holds until `ends_on`, where there is one, and is looked at again by
    `review_on` (Code 5.14). `equality`: what was considered about disability and adjustments (Code 5.15).
    """

    number: int
    representative: int | None = None
    limits: tuple[ContactLimit, ...]
    decided_on: date
    decided_by: int | None
    review_on: date
    ends_on: date | None = None
    disability: Disability
    terms: str = content()
    reason: str = content()
    evidence: str = content()
    equality: str = content()


@event("contact_restriction_reviewed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRestrictionReviewed(Event):
    """It was looked at again: it goes on until the next review, or ended."""

    number: int
    outcome: RestrictionOutcome
    reviewed_on: date
    review_on: date | None = None
    words: str = content()


@event("contact_restriction_appealed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRestrictionAppealed(Event):
    """Whoever is restricted does not agree. Somebody else than who decided looks at it."""

    number: int
    appealed_on: date
    words: str = content()


@event("contact_appeal_decided")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAppealDecided(Event):
    """Somebody else decided about the appeal."""

    number: int
    outcome: RestrictionOutcome
    decided_on: date
    review_on: date | None = None
    words: str = content()
