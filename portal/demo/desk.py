"""What the pages of the demonstration ask for: its guide, its clock and its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal import landlords
from portal.demo import letters
from portal.demo.clock import STEPS, DemoClock, mornings
from portal.demo.guide import Guide
from portal.demo.morning import notice_news
from portal.post import formats
from portal.records.database import Database
from portal.records.models import LetterRow
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Some letters, and where the next page begins."""

    letters: Sequence[LetterRow]
    rest: str | None


class Desk:
    """One demonstration, while it runs."""

    steps = STEPS

    def __init__(self, guide: Guide, clock: DemoClock, database: Database, settings: Settings) -> None:
        self.guide = guide
        self._clock = clock
        self._database = database
        self._settings = settings

    def move_on(self, step: str) -> None:
        """Go forward, and do at once what the worker would have done on each morning that was passed over."""
        before, after = self._clock.move_on(step)
        late: dict[str, frozenset[str]] = {}
        with self._database.unit_of_work() as session:
            for morning in mornings(before, after):
                for key in landlords.keys():
                    late[key] = notice_news(session, key, morning, late.get(key, frozenset()))

    def letters(self, landlord: str | None, after: str | None) -> LetterPage:
        """Newest first. Raises ValueError where `after` is not the end of a page."""
        place = letters.Place.read(after) if after else None
        with self._database.session() as session:
            found, rest = letters.newest(session, landlord, place)
        return LetterPage(found, str(rest) if rest else None)

    def asked_for(self, landlord: str | None) -> Sequence[letters.Sent]:
        """Links and codes that still work, which are no letters and are kept nowhere."""
        base_url, secret_key = self._settings.base_url, self._settings.secret_key
        with self._database.session() as session:
            now = self._clock.now()
            return letters.asked_for(session, landlord, now, base_url=base_url, secret_key=secret_key)

    def letter(self, letter_id: UUID) -> LetterRow | None:
        with self._database.session() as session:
            return letters.one(session, letter_id)

    def as_text(self, letter: LetterRow) -> str:
        """As it reads in a mail reader without HTML."""
        return formats.plain_text(letter.body)
