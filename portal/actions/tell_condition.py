"""A resident chooses to tell something about their health. Nobody asks for it, and nothing depends on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import ConditionTold
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def tell_condition(
    session: Session, actor: Actor, reference: str, words: str, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Store it apart from the adjustments, for those alone who need it."""
    action = Action.TELL_CONDITION if actor.role is Role.RESIDENT else Action.RECORD_CONDITION
    file = open_for(session, actor, action, reference, version)
    if not words.strip():
        raise Refused("Write what you want to tell, or go back", "condition")
    append(session, file, ConditionTold(told_on=now.date(), words=words), by=actor, at=now)
    return file
