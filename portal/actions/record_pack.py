"""A pack of a complaint was made, and goes to whoever asked for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.pack_events import PackMade
from portal.domain.packing import MAKES
from portal.domain.permissions import Actor
from portal.records.history import CaseFile, append


def record_pack(session: Session, actor: Actor, reference: str, made: PackMade, *, now: datetime) -> CaseFile:
    """What stands in the record can be held against the file later, by its digest."""
    file = open_for(session, actor, MAKES[made.for_whom], reference)
    append(session, file, made, by=actor, at=now)
    return file
