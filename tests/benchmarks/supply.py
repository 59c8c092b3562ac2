"""What both sides are told: when it is, who signs in, and which cases there are. It knows nothing of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

DATABASE = "PORTAL_BENCHMARK_DATABASE"
"""The variable that tells a server process its database."""

LANDLORD, ANSWERING = "ids", "ms"
NOW = datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "a-long-password-for-measuring"
SECRET_KEY = "the-secret-key-of-a-benchmark-alone"


@dataclass(frozen=True, slots=True)
class Supply:
    """What the units of work need to know of the data."""

    reference: str
    code: str
    lead: str
    handler: str
    to_answer: tuple[str, ...]
    drafts: tuple[str, ...]
