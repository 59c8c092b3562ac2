"""The files of the demonstration: small texts that say what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.records import evidence
from portal.records.files import Store, digest_of, name_of


@dataclass(frozen=True, slots=True)
class Sample:
    """A file with what was found when it was looked at."""

    name: str
    words: str
    kind: FileKind = FileKind.TEXT
    state: FileState = FileState.CLEAN
    why: WhyRefused | None = None


LOG = Sample("calls I made.txt", "2 March, 9:10, no answer.\n5 March, 14:00, told that somebody would call back.\n")
BROKEN = Sample("photo.jpg", "half a photo", FileKind.JPEG, FileState.REFUSED, WhyRefused.UNREADABLE)
WRONG = Sample("shopping list.txt", "Bread, milk, light bulbs.\n", state=FileState.CHECKING)
REPORT = Sample(
    "visit notes.txt", "Visited and measured. To be dried out before it is painted.\n", state=FileState.UNSCANNED
)


def bring(session: Session, store: Store, landlord: str, sample: Sample, dice: Random, now: datetime) -> UUID:
    """Put it where files wait that belong to nothing yet."""
    source = BytesIO(sample.words.encode())
    digest, size = digest_of(source)
    evidence_id = UUID(int=dice.getrandbits(128), version=4)
    evidence.arrive(session, evidence_id, landlord, sample.name, sample.kind, size, digest, now)
    session.flush()
    store.put(name_of(evidence_id, digest), source)
    return evidence_id
