"""How what we write goes to a resident, and to which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.domain.case import Case
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.policy import LetterKind
from portal.records.models import Channel

WAYS: Mapping[ReplyBy, tuple[Channel, ...]] = {
    ReplyBy.EMAIL: (Channel.EMAIL, Channel.POST),
    ReplyBy.POST: (Channel.POST, Channel.EMAIL),
    ReplyBy.PHONE: (Channel.EMAIL, Channel.POST),
    ReplyBy.NONE: (),
}
"""How a letter goes: the first way for which we have an address, else it waits on the tracking page."""

UNSAFE = {SafeContact.NO_EMAIL: Channel.EMAIL, SafeContact.NO_POST: Channel.POST}
"""What must not be used because somebody said so: a letter then goes another way, or waits on the tracking page."""

GOES_UNCHECKED = frozenset({LetterKind.RECEIPT})
"""What goes to an address that somebody else gave as the resident's: it says no more than they have just told us."""


def way_to(case: Case) -> tuple[Channel, str]:
    """How letters about this case go to the resident, and the address: empty for the tracking page.

    Nothing goes to what somebody else gave as the resident's before it is checked: it may be their own.
    """
    return (Channel.PAGE, "") if case.contact_to_check else way_given(case)


def way_for(case: Case, kind: LetterKind) -> tuple[Channel, str]:
    """The same for a letter of one kind."""
    return way_given(case) if kind in GOES_UNCHECKED else way_to(case)


def is_held_back(case: Case, kind: LetterKind) -> bool:
    """Whether a letter waits until somebody has checked how the resident is reached."""
    return case.contact_to_check and kind not in GOES_UNCHECKED


def way_given(case: Case) -> tuple[Channel, str]:
    """The way by what we were told, whoever told us."""
    received = case.received
    return way_by(received.person, received.reply_by, received.safe_contact)


def way_by(person: Person, reply_by: ReplyBy, safe_contact: Iterable[SafeContact]) -> tuple[Channel, str]:
    """The first safe way for which there is an address, and the address; else the page, with none."""
    addresses = {Channel.EMAIL: person.email.strip(), Channel.POST: _postal_address(person)}
    unsafe = {UNSAFE.get(each) for each in safe_contact}
    ways = ((way, addresses[way]) for way in WAYS[reply_by] if way not in unsafe)
    return next((found for found in ways if found[1]), (Channel.PAGE, ""))


def goes_by_post(case: Case) -> bool:
    """Whether letters about this case are printed and posted."""
    return way_to(case)[0] is Channel.POST


def _postal_address(person: Person) -> str:
    """Name, address and postcode on lines of their own; nothing without an address."""
    lines = (person.name, person.address, person.postcode)
    return "\n".join(line.strip() for line in lines if line.strip()) if person.address.strip() else ""
