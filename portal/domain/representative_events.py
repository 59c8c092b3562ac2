"""What can happen about a representative. `number` counts them over the whole case, from 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, content, event
from portal.domain.policy import LetterKind, SentBy
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    ReplyTo,
    WhyEnded,
)


@event("representative_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeAdded(Event):
    """Somebody acts, or says that they act, for the resident. `submitted`: the complaint came from them.

    `office_id` is the office that they belong to, where it has users of its own here. `joined_from` is the complaint
    with which they came, where that was joined to this one: what they submitted stands there.
    """

    number: int
    added_on: date
    capacity: Capacity
    asked_by: AskedBy
    wants: tuple[AuthorityScope, ...] = ()
    reply_to: ReplyTo = ReplyTo.BOTH
    submitted: bool = False
    office_id: int | None = None
    joined_from: str | None = None
    name: str = content()
    organisation: str = content()
    email: str = content()
    phone: str = content()
    address: str = content()
    own_reference: str = content()
    language: str = content()

    @property
    def handed_it_in(self) -> bool:
        """Whether they wrote this complaint. Who came along with one that was joined to it wrote that one."""
        return self.submitted and not self.joined_from


@event("authority_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityAsked(Event):
    """Somebody was asked to confirm: the resident by a link, or an elected person at the official address."""

    number: int
    asked_on: date
    evidence: AuthorityEvidence
    sent_by: SentBy


@event("authority_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRecorded(Event):
    """What a representative may do from now on, on which basis, and until when. It takes the place of an earlier one.

    Who decided is whoever recorded it: the resident, a named member of staff, or the holder of an official address.
    """

    number: int
    basis: AuthorityBasis
    evidence: AuthorityEvidence
    scopes: tuple[AuthorityScope, ...]
    starts_on: date
    expires_on: date | None = None
    ground: Ground | None = None
    evidence_id: str | None = None
    words: str = content()


@event("authority_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityEnded(Event):
    """A representative acts no more. Their code and what it opened end with it."""

    number: int
    ended_on: date
    why: WhyEnded
    words: str = content()


@event("representative_code_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeCodeIssued(Event):
    """A representative got a secret code of their own; one before it is dead."""

    number: int
    identity_check: str = content()


@event("representative_language_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeLanguageChosen(Event):
    """A representative reads in this language from now on: letters to them are written in it."""

    number: int
    chosen_on: date
    language: str = content()


@event("letter_copied")
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCopied(Event):
    """A letter was sealed for a representative: a copy of `copy_of`, or, where that is empty, their own receipt."""

    number: int
    letter_id: str
    letter: LetterKind
    digest: str
    copy_of: str | None = None
