"""What is recorded of what the resident, or somebody who acts for them, and we write to each other.

`number` counts over the whole case what the resident, and whoever acts for them, sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, content, event


class CallTime(StrEnum):
    """When a call is good."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    ANY_TIME = "any_time"


class IssueOutcome(StrEnum):
    """What becomes of a new issue (Code 6.8)."""

    ADDED = "added"
    SEPARATE = "separate"


@event("message_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Event):
    """The resident, or the representative with that number, wrote to whoever handles the complaint.

    `signed`: who it was of an office.
    """

    number: int
    representative: int | None = None
    signed: str = content()
    words: str = content()


@event("call_back_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRequested(Event):
    """The resident asked to be called: on this number, at these times. `voicemail`: a message may be left on it."""

    number: int
    times: tuple[CallTime, ...]
    voicemail: bool = False
    phone: str = content()
    words: str = content()


@event("issue_raised")
@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRaised(Event):
    """The resident told us of something else that is wrong. `raised_on` is day 0 if it becomes a complaint."""

    number: int
    raised_on: date
    words: str = content()


@event("issue_decided")
@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDecided(Event):
    """It is a part of this complaint, or a complaint of its own under `new_reference` (Code 6.8).

    The three answers that decided it: whether it is `related`, whether stage 1 was `answered`, and whether it would
    have delayed the answer, each None where it was not asked. `reason` is what the resident reads; the others are ours.
    """

    number: int
    outcome: IssueOutcome
    new_reference: str | None = None
    related: bool | None = None
    answered: bool | None = None
    delays: bool | None = None
    reason: str = content()
    why_related: str = content()
    why_delays: str = content()


@event("message_sent")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """We wrote to the resident, or to the representative with that number, having read what they sent to `read_to`."""

    read_to: int
    representative: int | None = None
    words: str = content()


@event("messages_read")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesRead(Event):
    """Everything up to `read_to` was read and needs no answer in writing: `words` say what was done instead."""

    read_to: int
    words: str = content()
