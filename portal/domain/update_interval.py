"""How often a resident agreed to hear from us, and when they last did: folded from the events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from portal.domain.contact_events import ContactRecorded
from portal.domain.events import DeadlineExtended, LetterWritten, Recorded, Stage
from portal.domain.message_events import MessageSent
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ResidentCalled
from portal.domain.update_events import UpdatesAgreed

LONDON = ZoneInfo("Europe/London")

TELL_HOW_IT_STANDS = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.ACKNOWLEDGEMENT_STAGE_2, LetterKind.EXTENSION})
"""Letters in which somebody says how the complaint stands. One that goes by itself, as when a limit passes, is none."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often, since when, and how it was agreed; `channel` is empty where an extension said it."""

    stage: Stage
    every_working_days: int
    agreed_on: date
    channel: str = ""


def interval_of(event: UpdatesAgreed | DeadlineExtended) -> Interval | None:
    """What an event agrees with the resident, if it does."""
    if isinstance(event, UpdatesAgreed):
        return Interval(event.stage, event.every_working_days, event.agreed_on, event.channel)
    if event.update_every_working_days is None:
        return None
    return Interval(event.stage, event.update_every_working_days, event.told_on)


def told_on(recorded: Recorded) -> date | None:
    """The day on which the resident heard how it stands, where this told them: a message, a letter, or a contact."""
    event = recorded.event
    if isinstance(event, ResidentCalled):
        return event.called_on if event.reached else None
    if isinstance(event, ContactRecorded):
        return event.contact_on if event.reached and event.with_resident else None
    is_letter = isinstance(event, LetterWritten) and event.letter in TELL_HOW_IT_STANDS
    return recorded.at.astimezone(LONDON).date() if is_letter or isinstance(event, MessageSent) else None
