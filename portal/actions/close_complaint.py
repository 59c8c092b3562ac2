"""Nothing more is to be answered; what was promised stays open until it is done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import ComplaintClosed
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def close_complaint(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    learning: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Close an answered complaint, with what was learned from it (Code 6.6, 9.1)."""
    file = open_for(session, actor, Action.CLOSE_COMPLAINT, reference, version)
    append(session, file, ComplaintClosed(learning=learning), by=actor, at=now)
    write_letter(session, file, LetterKind.CLOSING, by=actor, at=now)
    return file
