"""What a complaint is found by, of everything that was written in it.

Only what stands here, and nothing that some of the staff may not open: nobody finds a complaint by what was told of
somebody's health, by an adjustment and its reasons, by what was passed on, by how somebody was known again, or by what
the resident thought of it all; nor by another complaint, which some may not know of. A new event is found by nothing
until it stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.domain import events as of_cases
from portal.domain import group_events as of_groups
from portal.domain import representative_events as of_representatives
from portal.domain.contact_events import ContactRecorded
from portal.domain.events import EVENTS, Event, Person, PointAnswer
from portal.domain.evidence_events import EvidenceAdded
from portal.domain.feedback_events import RemedyReported
from portal.domain.message_events import (
    CallBackRequested,
    IssueDecided,
    IssueRaised,
    MessageReceived,
    MessageSent,
    MessagesRead,
)
from portal.domain.reach_events import ContactChanged, ContactConfirmed, PersonJoined, ResidentCalled
from portal.domain.referral_events import BuildingSafetyJudged, RequestLinked
from portal.domain.remedy_events import RemedyAdded
from portal.records.spelling import plain, sounds, squeezed, telephone

BETWEEN = " | "
"""Between two things that are not one: nothing that is typed spells like it."""

LONGEST = 200_000
"""Characters of what was written. PostgreSQL refuses to index far more, and then the event could not be stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one event says that a complaint can be found by."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is stored, in one spelling.

    `parts`: names, places and numbers, to find any part of them. `who`: the same as whole words, with how each name
    sounds. `words`: what was written.
    """

    parts: str
    who: str
    words: str


def can_be_found_by(event: Event) -> bool:
    """Whether anything in an event of this kind belongs into the entry."""
    return type(event) in _SAID


def finds(kind: str) -> bool:
    """The same of a kind of event, by its name."""
    return EVENTS[kind] in _SAID


def entry_of(reference: str, events: Iterable[Event]) -> Entry:
    """The entry of a complaint. The same after an erasure: what is erased is in no event any more."""
    said = [_SAID[type(each)](each) for each in events if type(each) in _SAID]
    names = _each(name for one in said for name in one.names)
    places = _each(place for one in said for place in one.places)
    numbers = _each([reference, *(number for one in said for number in one.numbers)])
    phones = _each(telephone(phone) for one in said for phone in one.phones)
    parts = _each([*map(plain, (*names, *places, *numbers)), *map(squeezed, numbers), *phones])
    heard = _each(way for name in names for word in sounds(name) for way in word)
    words = (plain(text) for one in said for text in one.words)
    return Entry(
        parts=f" {BETWEEN.join(parts)} ",
        who=" ".join([*parts, *heard])[:LONGEST],
        words=" ".join(filter(None, words))[:LONGEST],
    )


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, without empty ones."""
    return tuple(dict.fromkeys(filter(None, texts)))


def _person(person: Person) -> dict[str, tuple[str, ...]]:
    return {
        "names": (person.name,),
        "places": (person.address,),
        "numbers": (person.email, person.postcode),
        "phones": (person.phone,),
    }


def _received(event: of_cases.ComplaintReceived) -> Said:
    """A request for service that it came from is an earlier reference of it."""
    about = _person(event.person)
    return Said(
        **about | {"numbers": (*about["numbers"], event.from_request or "")},
        words=(event.what_happened, event.outcome_wanted),
    )


def _reached(event: ContactChanged | ContactConfirmed | of_groups.MemberContactChanged) -> Said:
    return Said(places=(event.address,), numbers=(event.email, event.postcode), phones=(event.phone,))


def _representative(event: of_representatives.RepresentativeAdded) -> Said:
    return Said(
        names=(event.name, event.organisation),
        places=(event.address,),
        numbers=(event.own_reference, event.email),
        phones=(event.phone,),
    )


def _answer(event: of_cases.ResponseSent) -> Said:
    answers = (text for each in event.answers for text in _of_answer(each))
    return Said(words=(*answers, *event.remedy_words, *event.remedy_impacts, event.changes_to_remedy))


def _of_answer(answer: PointAnswer) -> Iterator[str]:
    yield answer.point
    yield answer.reasons
    yield answer.law_and_policy


def _written(*names: str) -> Callable[[Any], Said]:
    """What stands in the fields with these names, each a text or several."""

    def said(event: Any) -> Said:
        found = (getattr(event, name) for name in names)
        return Said(words=tuple(text for each in found for text in ((each,) if isinstance(each, str) else each)))

    return said


def _called_back(event: CallBackRequested) -> Said:
    return Said(phones=(event.phone,), words=(event.words,))


_SAID: Mapping[type[Event], Callable[[Any], Said]] = {
    of_cases.ComplaintReceived: _received,
    PersonJoined: lambda event: Said(**_person(event.person)),
    ContactChanged: _reached,
    ContactConfirmed: _reached,
    of_cases.ComplaintAcknowledged: _written(
        "points", "outcomes", "responsible_for", "not_responsible_for", "why_still_dissatisfied"
    ),
    of_cases.DeadlineExtended: _written("explanation", "good_reason"),
    of_cases.ResponseSent: _answer,
    of_cases.EscalationRequested: _written("words"),
    of_cases.ComplaintDeclined: _written("evidence", "circumstances", "reasons"),
    of_cases.ComplaintWithdrawn: _written("words"),
    of_cases.ComplaintClosed: _written("learning"),
    of_cases.RemedyCompleted: _written("evidence"),
    RemedyReported: _written("words"),
    RemedyAdded: _written("words", "impact"),
    MessageReceived: _written("words"),
    CallBackRequested: _called_back,
    IssueRaised: _written("words"),
    IssueDecided: _written("reason"),
    MessageSent: _written("words"),
    MessagesRead: _written("words"),
    EvidenceAdded: _written("name"),
    ResidentCalled: _written("words"),
    ContactRecorded: _written("words"),
    of_groups.GroupFormed: lambda event: Said(numbers=(event.petition or "",), words=(event.matter,)),
    of_groups.MemberJoined: lambda event: Said(**_person(event.person)),
    of_groups.MemberContactChanged: _reached,
    of_representatives.RepresentativeAdded: _representative,
    BuildingSafetyJudged: lambda event: Said(places=(event.building,)),
    RequestLinked: lambda event: Said(numbers=(event.service_reference,)),
}
