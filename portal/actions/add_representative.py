"""Somebody acts for the resident: staff are told so, by whom it is or by the resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import NewRepresentative, first_events
from portal.post.letters import write_letter
from portal.records import offices
from portal.records.history import CaseFile, append


def add_representative(
    session: Session,
    actor: Actor,
    reference: str,
    new: NewRepresentative,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record who acts, as what and at whose wish. What they may be told is another matter (`record_authority`)."""
    file = open_for(session, actor, Action.ADD_REPRESENTATIVE, reference, version)
    if not new.name.strip():
        raise Refused("Say who acts for the resident", "name")
    new = offices.as_known(session, actor, new, at=now)
    for event in first_events(new, len(file.case.representatives) + 1, now.date()):
        append(session, file, event, by=actor, at=now)
    write_letter(session, file, LetterKind.WHO_ACTS, by=actor, at=now)
    return file
