"""A complaint without a name: always received (Code 1.2), and joined to a person who makes themselves known later."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.case import Case
from portal.domain.contact import Contact, both, check_contact
from portal.domain.events import Link, Person, ReplyBy, SafeContact
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Decision
from portal.domain.refusal import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom the complaint is from, as they have now made themselves known."""

    person: Person
    reply_by: ReplyBy
    identity_check: str
    link: Link = Link.NOT_SAID
    link_from: PartialDate | None = None
    link_until: PartialDate | None = None
    safe_contact: tuple[SafeContact, ...] = ()


def can_be_joined(case: Case) -> Decision:
    """Whether the case has no name yet, so that one can be joined to it."""
    nobodys = not case.received.person.name.strip() and not case.is_without_lead
    return Decision(nobodys, "We know whom this complaint is from.")


def check_known(known: Known, kept: tuple[SafeContact, ...] = ()) -> None:
    """Raises `Refused` where it is not said who it is, how that was checked, or how they are reached.

    `kept` is what was asked for before: it holds for the way that is chosen now.
    """
    if not known.person.name.strip():
        raise Refused("Enter the name of the person", "name")
    if not known.identity_check.strip():
        raise Refused("Say how you checked that it is their complaint", "identity_check")
    person = known.person
    check_contact(
        Contact(
            reply_by=known.reply_by,
            email=person.email,
            phone=person.phone,
            address=person.address,
            postcode=person.postcode,
            safe_contact=both(kept, known.safe_contact),
        )
    )
