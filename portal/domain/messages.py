"""What the resident and we write to each other within a complaint, and what nobody has seen to yet.

Messages move no case: they are received at any stage, after its end too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.domain import events
from portal.domain.events import Recorded
from portal.domain.refusal import Refused
from portal.domain.saying import say

FromResident = events.MessageReceived | events.CallBackRequested | events.IssueRaised | events.RemedyReported
FromUs = events.MessageSent | events.IssueDecided
AboutMessages = FromResident | FromUs | events.MessagesRead

LONGEST = 20_000
"""Characters in one message."""

LEAST_DIGITS = 5
"""Of a telephone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that the resident sent. A new issue is seen to only by deciding what becomes of it."""

    event: FromResident
    seen_to: bool = False
    decided: events.IssueDecided | None = None

    @property
    def number(self) -> int:
        return self.event.number

    @property
    def is_issue(self) -> bool:
        return isinstance(self.event, events.IssueRaised)


def after(messages: tuple[Message, ...], event: AboutMessages) -> tuple[Message, ...]:
    """The messages once one more event has happened to them."""
    if isinstance(event, FromResident):
        return (*messages, Message(event=event, seen_to=_needs_nobody(event)))
    if isinstance(event, events.IssueDecided):
        return tuple(
            replace(each, seen_to=True, decided=event) if each.number == event.number else each for each in messages
        )
    return tuple(
        replace(each, seen_to=True) if each.number <= event.read_to and not each.is_issue else each for each in messages
    )


def _needs_nobody(event: FromResident) -> bool:
    """Word that a remedy was done asks nothing of us."""
    return isinstance(event, events.RemedyReported) and event.done


def next_number(messages: tuple[Message, ...]) -> int:
    return len(messages) + 1


def waiting(messages: Iterable[Message]) -> tuple[Message, ...]:
    """What nobody has answered, read or decided yet."""
    return tuple(each for each in messages if not each.seen_to)


def issues_to_decide(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(each for each in waiting(messages) if each.is_issue)


def said_already(messages: tuple[Message, ...], event: FromResident) -> bool:
    """Whether this is a second press of the same button: the very same, straight after and not yet seen to."""
    if not messages or messages[-1].seen_to:
        return False
    last = messages[-1].event
    return type(last) is type(event) and replace(event, number=last.number) == last


def check_words(words: str, otherwise: str) -> None:
    """Raises `Refused` where there is nothing to read, or more than fits."""
    if not words.strip():
        raise Refused(otherwise, "words")
    if len(words) > LONGEST:
        raise Refused(
            say("A message has at most %(most)s characters. Send the rest in another one", most=LONGEST), "words"
        )


def check_phone(phone: str) -> None:
    if sum(sign.isdigit() for sign in phone) < LEAST_DIGITS:
        raise Refused("Enter the phone number that we should call, like 01632 960 001", "phone")


def conversation(recorded: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """What was written, in its order. What staff noted for themselves is no part of it."""
    return tuple(each for each in recorded if isinstance(each.event, FromResident | FromUs))
