"""How a resident is reached, and changing that while a complaint is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import AdjustmentRecord, holding
from portal.domain.events import ComplaintReceived, Flag, Link, ReplyBy, SafeContact
from portal.domain.permissions import Decision
from portal.domain.reach_events import ContactChanged, ContactConfirmed, ContactPart, PersonJoined
from portal.domain.refusal import Refused

UNSAFE: Mapping[ReplyBy, SafeContact] = {ReplyBy.EMAIL: SafeContact.NO_EMAIL, ReplyBy.POST: SafeContact.NO_POST}
"""What contradicts a way of replying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Every part of it."""

    reply_by: ReplyBy
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    safe_contact: tuple[SafeContact, ...] = ()


def contact_of(received: ComplaintReceived) -> Contact:
    person = received.person
    return Contact(
        reply_by=received.reply_by,
        email=person.email,
        phone=person.phone,
        address=person.address,
        postcode=person.postcode,
        safe_contact=received.safe_contact,
    )


def both(kept: tuple[SafeContact, ...], asked: tuple[SafeContact, ...]) -> tuple[SafeContact, ...]:
    """What was asked for before and what is asked for now."""
    return tuple(each for each in SafeContact if each in kept or each in asked)


def is_called(received: ComplaintReceived, adjustments: Iterable[AdjustmentRecord]) -> bool:
    """Whether news has to be told by phone: they want to hear so, and not to be called is not what they asked for."""
    kinds = {each.adjustment for each in holding(adjustments)}
    wants = received.reply_by is ReplyBy.PHONE or Adjustment.PHONE_ONLY in kinds
    return wants and bool(received.person.phone.strip()) and Adjustment.NO_PHONE not in kinds


def changed_parts(old: Contact, new: Contact) -> tuple[ContactPart, ...]:
    """What is new. A postcode is a part of the address."""
    differs = {
        ContactPart.REPLY_BY: old.reply_by is not new.reply_by,
        ContactPart.EMAIL: old.email != new.email,
        ContactPart.PHONE: old.phone != new.phone,
        ContactPart.ADDRESS: (old.address, old.postcode) != (new.address, new.postcode),
        ContactPart.SAFE_CONTACT: set(old.safe_contact) != set(new.safe_contact),
    }
    return tuple(part for part, new_here in differs.items() if new_here)


def check_contact(new: Contact) -> None:
    """Raises `Refused` where the way that was chosen has no details, or is said to be unsafe."""
    needed = {ReplyBy.EMAIL: "email", ReplyBy.PHONE: "phone", ReplyBy.POST: "address"}.get(new.reply_by)
    if needed and not getattr(new, needed).strip():
        raise Refused("This is how we are to reply: it cannot be empty", needed)
    if UNSAFE.get(new.reply_by) in new.safe_contact:
        raise Refused("You chose this way for our reply. Choose another way, or take this tick away", "safe_contact")


def can_be_confirmed(to_check: bool) -> Decision:
    """Whether somebody has to check how the resident is reached: what they told us themselves needs no check."""
    return Decision(to_check, "How the resident is reached was checked, or they told us themselves.")


def confirmed(received: ComplaintReceived, now: Contact, on: date, how: str = "") -> ContactConfirmed:
    """That the resident is reached in this way, and what of it was told otherwise by whoever gave it."""
    return ContactConfirmed(
        confirmed_on=on,
        changed=changed_parts(contact_of(received), now),
        reply_by=now.reply_by,
        email=now.email,
        phone=now.phone,
        address=now.address,
        postcode=now.postcode,
        safe_contact=now.safe_contact,
        how=how,
    )


def reached_as(received: ComplaintReceived, event: ContactChanged | ContactConfirmed) -> ComplaintReceived:
    """What was received, with the contact that holds from now on. The first event keeps the old one."""
    person = replace(
        received.person, email=event.email, phone=event.phone, address=event.address, postcode=event.postcode
    )
    return replace(received, person=person, reply_by=event.reply_by, safe_contact=event.safe_contact)


def joined_to(received: ComplaintReceived, event: PersonJoined) -> ComplaintReceived:
    """What was received, as from this person. The first event stays as it was, with its day.

    What must not be done, so that somebody is safe, is added to and never lost by this: to take it back is an act of
    its own (`ContactChanged`).
    """
    if not event.person.can_be_known:  # what is erased of it is not known any more
        return received
    language = event.person.language or received.person.language
    return replace(
        received,
        person=replace(event.person, language=language),
        reply_by=event.reply_by,
        safe_contact=both(received.safe_contact, event.safe_contact),
        link=event.link if event.link is not Link.NOT_SAID else received.link,
        link_from=event.link_from or received.link_from,
        link_until=event.link_until or received.link_until,
        flags=tuple(each for each in received.flags if each is not Flag.ANONYMOUS),
    )
