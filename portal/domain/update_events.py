"""How often a resident hears from us once the answer is late by the Code (5.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, Stage, content, event


@event("updates_agreed")
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatesAgreed(Event):
    """The resident agreed to hear from us every so many working days, on that day and by that channel."""

    stage: Stage
    agreed_on: date
    every_working_days: int
    channel: str
    words: str = content()
