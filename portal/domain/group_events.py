"""What can happen to a group that complains together. `number` counts its members from 1; the lead is none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Event, Person, ReplyBy, SafeContact, content, event
from portal.domain.interpreting import Interpreting
from portal.domain.policy import LetterKind, SentBy
from portal.domain.reach_events import ContactPart


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfMember(Event):
    """Something about one member."""

    number: int


@event("group_formed")
@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFormed(Event):
    """The complaint is that of a group, whose lead is the person it came from. `matter` is what members are shown."""

    formed_on: date
    petition: str | None = None
    matter: str = content()


@event("member_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(_OfMember):
    """Somebody joined by their own word: that they are of the group, and that the lead speaks for it."""

    joined_on: date
    channel: str
    reply_by: ReplyBy
    consent: str = content()
    person: Person = content(Person())
    adjustments: tuple[Adjustment, ...] = content(())
    adjustment_words: str = content()
    interpreting: Interpreting = content(Interpreting())
    safe_contact: tuple[SafeContact, ...] = content(())


@event("member_contact_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberContactChanged(_OfMember):
    """A member is reached in another way from now on. All of it is here, `changed` says what is new."""

    changed_on: date
    changed: tuple[ContactPart, ...]
    reply_by: ReplyBy
    email: str = content()
    phone: str = content()
    address: str = content()
    postcode: str = content()
    safe_contact: tuple[SafeContact, ...] = content(())


@event("member_language_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLanguageChosen(_OfMember):
    """A member reads in this language from now on: letters to them are written in it."""

    chosen_on: date
    language: str = content()


@event("member_left")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(_OfMember):
    """A member left. Their code and what it opened end with it; the complaint goes on."""

    left_on: date
    words: str = content()


@event("lead_offered")
@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOffered(Event):
    """Whoever leads the group offers that to the member to whom they give a code, or (`holds` is false) no longer."""

    on: date
    holds: bool = True


@event("lead_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChanged(_OfMember):
    """This member leads the group from now on. Who led until now is the member `former`; None where nobody did."""

    changed_on: date
    former: int | None = None
    words: str = content()


@event("lead_left")
@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLeft(Event):
    """Whoever led the group has left it. The complaint goes on; nobody leads until a member does."""

    left_on: date
    words: str = content()


@event("member_letter")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLetter(_OfMember):
    """A letter was sealed for a member: what the lead is told too, or that they joined."""

    letter_id: str
    letter: LetterKind
    digest: str
    promised: date | None = None


@event("member_code_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCodeRequested(_OfMember):
    """Somebody gave the reference and something that this member gave us, and said that the code is lost.

    `sent_by` is empty where there was nowhere to send. The old code goes on working until its owner makes a new one.
    """

    sent_by: SentBy | None = None


@event("member_code_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCodeIssued(_OfMember):
    """A member got a new secret code; the one before is dead."""

    identity_check: str = content()
