"""Being in touch about a complaint other than by letter or message: a call, a visit, an email, a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, content, event


class ContactWay(StrEnum):
    CALL = "call"
    VISIT = "visit"
    EMAIL = "email"
    MEETING = "meeting"


class ContactBy(StrEnum):
    """Who got in touch with whom."""

    US = "us"
    THEM = "them"


@event("letter_handed_over")
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHandedOver(Event):
    """A letter that waited for the post was handed over by whoever recorded it. `handed_to`: to whom, in words."""

    letter_id: str
    handed_on: date
    handed_to: str = content()


@event("contact_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecorded(Event):
    """Somebody was spoken to, or written to by hand, or tried in vain where they were not `reached`.

    It was the resident, unless `member` or `representative` has a number or `somebody` a name.
    """

    way: ContactWay
    by: ContactBy
    contact_on: date
    reached: bool
    member: int | None = None
    representative: int | None = None
    somebody: str = content()
    companions: str = content()
    words: str = content()

    @property
    def with_resident(self) -> bool:
        return self.member is None and self.representative is None and not self.somebody
