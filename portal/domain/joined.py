"""What becomes of the parts of a case to which another was joined, and of those of the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from portal.domain.contact import both, contact_of
from portal.domain.events import ComplaintAcknowledged, ComplaintReceived
from portal.domain.joining_events import ComplaintTakenIn, TakingInUndone
from portal.domain.refusal import Refused

LISTS = ("points", "outcomes", "responsible_for", "not_responsible_for")
"""What a definition sets out, and what of another complaint's is added to it."""


def one_of(taken_in: Iterable[ComplaintTakenIn], reference: str) -> ComplaintTakenIn:
    """The joining of that complaint. Raises `Refused` where it is not joined to this one."""
    for each in taken_in:
        if each.other_reference == reference:
            return each
    raise Refused("This complaint is not joined to that one.")


def with_lists(definition: ComplaintAcknowledged | None, event: ComplaintTakenIn) -> ComplaintAcknowledged | None:
    """The definition with what the other complaint adds to it."""
    if definition is None:
        return None
    lists: dict[str, Any] = {name: (*getattr(definition, name), *getattr(event, name)) for name in LISTS}
    return replace(definition, point_count=definition.point_count + len(event.points), **lists)


def without_lists(definition: ComplaintAcknowledged | None, event: ComplaintTakenIn) -> ComplaintAcknowledged | None:
    """The definition without it again."""
    if definition is None:
        return None
    lists: dict[str, Any] = {
        name: tuple(each for each in getattr(definition, name) if each not in getattr(event, name)) for name in LISTS
    }
    return replace(definition, point_count=len(lists["points"]), **lists)


def reached_after(received: ComplaintReceived, event: ComplaintTakenIn) -> ComplaintReceived:
    """How the resident is reached once the other complaint was joined.

    What must not be done, so that somebody is safe, is added to and never lost by this.
    """
    safe = both(received.safe_contact, event.safe_contact)
    if not event.contact_taken or event.reply_by is None or not event.person.can_be_known:
        return replace(received, safe_contact=safe)
    return replace(received, person=event.person, reply_by=event.reply_by, safe_contact=safe)


def says_the_same(received: ComplaintReceived, event: ComplaintTakenIn) -> bool:
    """Whether the resident is reached there in the very way that somebody else gave here.

    Anybody can type a name and an address: where the two differ, somebody has to check which is the resident's.
    """
    here, there = contact_of(received), contact_of(reached_after(received, event))
    return event.contact_taken and replace(here, safe_contact=()) == replace(there, safe_contact=())


def reached_again(received: ComplaintReceived, event: TakingInUndone) -> ComplaintReceived:
    """How they are reached once that is undone."""
    if event.reply_by is None or not event.person.can_be_known:
        return received
    return replace(received, person=event.person, reply_by=event.reply_by, safe_contact=event.safe_contact)
