"""What is recorded of a pack: for whom it was made, what was put in that is usually left out, and its digest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.events import Event, content, event


class ForWhom(StrEnum):
    """Who gets it: the Ombudsman (Code 5.12), or somebody who asked what is kept about them (UK GDPR, Article 15)."""

    OMBUDSMAN = "ombudsman"
    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    MEMBER = "member"


class Restricted(StrEnum):
    """What goes into no pack unless somebody who may see it says so."""

    CONDITIONS = "conditions"
    VULNERABILITY = "vulnerability"
    IN_CONFIDENCE = "in_confidence"
    STAFF_TIES = "staff_ties"
    NOTES = "notes"
    FEEDBACK = "feedback"
    ORIGINALS = "originals"


@event("pack_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade(Event):
    """Somebody saved a pack of the complaint. `digest` is the SHA-256 of the ZIP file, `pieces` how many files are in
    it. `number` is that of the representative or member of the group who asked for it. `why`: for what reason
    something restricted was put in."""

    for_whom: ForWhom
    digest: str
    pieces: int
    restricted: tuple[Restricted, ...] = ()
    number: int | None = None
    why: str = content()
