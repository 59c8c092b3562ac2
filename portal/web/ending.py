"""When what somebody has open here ends by itself, so that each of its pages can warn before (WCAG 2.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import g


@dataclass(frozen=True, slots=True)
class Ending:
    """It ends in so many seconds unless it goes on at `stay`. `until` is set where no page that is opened delays it."""

    seconds: int
    stay: str
    until: datetime | None = None


def ends_in(seconds: float, stay: str, until: datetime | None = None) -> None:
    """Let this page say so."""
    g.ending = Ending(max(0, int(seconds)), stay, until)
