"""Who led a group when: what was written to the lead is for whoever led then, and for nobody before or after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.domain.events import LetterWritten, Recorded
from portal.domain.group import FIRST_LEAD
from portal.domain.group_events import LeadChanged, LeadLeft, MemberLetter


@dataclass(frozen=True, slots=True)
class Term:
    """From the event with this number on it is this member who leads, or `FIRST_LEAD`, or nobody."""

    since: int
    lead: int | None


def terms(recorded: Iterable[Recorded]) -> list[Term]:
    """Everybody who has led, in their order. The first lead has the number under which they are a member since."""
    changes = [(each.number, each.event) for each in recorded if isinstance(each.event, LeadChanged | LeadLeft)]
    first = next((each.former for _, each in changes[:1] if isinstance(each, LeadChanged)), None)
    found = [Term(0, first or FIRST_LEAD)]
    for number, event in changes:
        found.append(Term(number, event.number if isinstance(event, LeadChanged) else None))
    return found


def letters_to(recorded: Sequence[Recorded], member: int | None) -> list[Any]:
    """The letters to the member with this number, or to the lead of now: what they were sent as the one and the other.

    What came while nobody led is for whoever did next.
    """
    every = terms(recorded)
    reader = every[-1].lead if member is None else member
    return [each for each in recorded if _goes_to(each, reader, every)]


def _goes_to(recorded: Recorded, reader: int | None, every: list[Term]) -> bool:
    if isinstance(recorded.event, MemberLetter):
        return recorded.event.number == reader
    return isinstance(recorded.event, LetterWritten) and _lead_at(recorded.number, every) == reader


def _lead_at(number: int, every: list[Term]) -> int | None:
    """Who led at that event, or led first after it."""
    at = max(place for place, term in enumerate(every) if term.since <= number)
    return next((each.lead for each in every[at:] if each.lead is not None), None)
