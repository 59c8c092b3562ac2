"""What is recorded of who the resident is and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, Link, Person, ReplyBy, SafeContact, content, event
from portal.domain.partial_date import PartialDate


class ContactPart(StrEnum):
    """A part of how somebody is reached."""

    REPLY_BY = "reply_by"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    SAFE_CONTACT = "safe_contact"


@event("contact_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """The resident is reached in another way from now on. All of it is here, `changed` says what is new."""

    changed_on: date
    changed: tuple[ContactPart, ...]
    reply_by: ReplyBy
    email: str = content()
    phone: str = content()
    address: str = content()
    postcode: str = content()
    safe_contact: tuple[SafeContact, ...] = content(())


@event("contact_confirmed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConfirmed(Event):
    """The resident is known to be reached in this way: somebody else gave it, and staff or the resident checked it.

    All of it is here; `changed` says what turned out to be otherwise than was told.
    """

    confirmed_on: date
    changed: tuple[ContactPart, ...]
    reply_by: ReplyBy
    email: str = content()
    phone: str = content()
    address: str = content()
    postcode: str = content()
    safe_contact: tuple[SafeContact, ...] = content(())
    how: str = content()


@event("language_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(Event):
    """The resident reads in this language from now on: letters to them are written in it."""

    chosen_on: date
    language: str = content()


@event("person_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Event):
    """Somebody was shown to be whom an anonymous complaint is from. The day on which it was received stays."""

    joined_on: date
    reply_by: ReplyBy
    link: Link
    link_from: PartialDate | None = None
    link_until: PartialDate | None = None
    identity_check: str = content()
    person: Person = content(Person())
    safe_contact: tuple[SafeContact, ...] = content(())


@event("resident_called")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentCalled(Event):
    """We called to tell what a letter says. Where nobody was `reached`, the letter goes on waiting for a call."""

    letter_id: str
    called_on: date
    reached: bool
    words: str = content()
