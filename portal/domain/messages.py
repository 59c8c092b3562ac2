"""What the resident, whoever acts for them, and we write to each other, and what nobody has seen to yet.

A representative reads what is between them and us. The resident reads all of it: it is written about their complaint.

Messages move no case: they are received at any stage, after its end too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.domain.events import Recorded
from portal.domain.feedback_events import RemedyReported
from portal.domain.message_events import (
    CallBackRequested,
    IssueDecided,
    IssueRaised,
    MessageReceived,
    MessageSent,
    MessagesRead,
)
from portal.domain.refusal import Refused
from portal.domain.saying import say

FromOutside = MessageReceived | CallBackRequested | IssueRaised | RemedyReported
FromUs = MessageSent | IssueDecided
AboutMessages = FromOutside | FromUs | MessagesRead

LONGEST = 20_000
"""Characters in one message."""

LEAST_DIGITS = 5
"""Of a telephone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that reached us. A new issue is seen to only by deciding what becomes of it."""

    event: FromOutside
    seen_to: bool = False
    decided: IssueDecided | None = None

    @property
    def number(self) -> int:
        return self.event.number

    @property
    def representative(self) -> int | None:
        """The number of whoever sent it for the resident; None for the resident."""
        return whose(self.event)

    @property
    def is_issue(self) -> bool:
        return isinstance(self.event, IssueRaised)


def after(messages: tuple[Message, ...], event: AboutMessages) -> tuple[Message, ...]:
    """The messages once one more event has happened to them."""
    if isinstance(event, FromOutside):
        return (*messages, Message(event=event, seen_to=_needs_nobody(event)))
    if isinstance(event, IssueDecided):
        return tuple(
            replace(each, seen_to=True, decided=event) if each.number == event.number else each for each in messages
        )
    return tuple(replace(each, seen_to=True) if _seen_with(event, each) else each for each in messages)


def _seen_with(event: MessageSent | MessagesRead, message: Message) -> bool:
    """An answer is one to whoever gets it; what was read is read, whoever sent it."""
    answered = isinstance(event, MessagesRead) or event.representative == message.representative
    return answered and message.number <= event.read_to and not message.is_issue


def whose(event: FromOutside | FromUs) -> int | None:
    """The number of the representative with whom something was exchanged; None for the resident."""
    return event.representative if isinstance(event, MessageReceived | MessageSent) else None


def _needs_nobody(event: FromOutside) -> bool:
    """Word that a remedy was done asks nothing of us."""
    return isinstance(event, RemedyReported) and event.done


def next_number(messages: tuple[Message, ...]) -> int:
    return len(messages) + 1


def waiting(messages: Iterable[Message]) -> tuple[Message, ...]:
    """What nobody has answered, read or decided yet."""
    return tuple(each for each in messages if not each.seen_to)


def issues_to_decide(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(each for each in waiting(messages) if each.is_issue)


def said_already(messages: tuple[Message, ...], event: FromOutside) -> bool:
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
    return tuple(each for each in recorded if isinstance(each.event, FromOutside | FromUs))


def last_message_to(recorded: Iterable[Recorded], representative: int) -> Recorded | None:
    """What we wrote to a representative last, where they have written nothing since."""
    said = conversation_with(recorded, representative)
    return said[-1] if said and isinstance(said[-1].event, MessageSent) else None


def conversation_with(recorded: Iterable[Recorded], representative: int) -> tuple[Recorded, ...]:
    """What one representative and we wrote to each other."""
    said = (MessageReceived, MessageSent)
    return tuple(
        each for each in recorded if isinstance(each.event, said) and each.event.representative == representative
    )
