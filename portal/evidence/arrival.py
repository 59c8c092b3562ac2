"""A file comes in: what it is, whether it is taken, and into the store."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from portal.domain.evidence import FORMATS, FileKind, WhyRefused, ending_in, file_name
from portal.evidence.kinds import kind_of
from portal.evidence.verdict import Unfit
from portal.records import evidence
from portal.records.database import Database
from portal.records.files import Store, digest_of, name_of


def take_in(
    database: Database, store: Store, landlord: str, told_name: str, source: BinaryIO, *, now: datetime
) -> UUID:
    """Store a file that belongs to nothing yet. Raises `Unfit` for one that is not taken, `StoreAway`.

    Its row comes first and its content second, so that whatever is in the store can be found and deleted.
    """
    digest, size = digest_of(source)
    kind = _taken(source, size)
    name = file_name(told_name) or ending_in(FORMATS[kind].ending, "")
    evidence_id = uuid4()
    with database.unit_of_work() as session:
        evidence.arrive(session, evidence_id, landlord, name, kind, size, digest, now)
    store.put(name_of(evidence_id, digest), source)
    return evidence_id


def _taken(source: BinaryIO, size: int) -> FileKind:
    if not size:
        raise Unfit(WhyRefused.EMPTY)
    kind = kind_of(source)
    if kind is None:
        raise Unfit(WhyRefused.UNKNOWN_KIND)
    if size > FORMATS[kind].largest:
        raise Unfit(WhyRefused.TOO_LARGE)
    return kind
