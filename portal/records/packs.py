"""What stands in the record of a complaint beside its words: for the audit extract of a pack."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.records.history import CaseFile
from portal.records.models import AccessEntry, EventRow

__all__ = ["AccessEntry", "EventRow", "chain_of", "looks_at"]


def chain_of(session: Session, file: CaseFile) -> Sequence[EventRow]:
    """The entries of the hash chain about an open case, in their order."""
    return session.scalars(select(EventRow).where(EventRow.complaint_id == file.row.id).order_by(EventRow.number)).all()


def looks_at(session: Session, actor: Actor, file: CaseFile) -> Sequence[AccessEntry]:
    """Who looked at an open case, for somebody who may see the access log; for others nothing."""
    if not may(actor, Action.SEE_ACCESS_LOG):
        return ()
    lines = select(AccessEntry).where(
        AccessEntry.landlord == file.row.landlord, AccessEntry.reference == file.row.reference
    )
    return session.scalars(lines.order_by(AccessEntry.id)).all()
