"""A handler says what ties them to the complaint, before their first work on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.interest_events import Conflict, InterestsDeclared
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def declare_interests(
    session: Session,
    actor: Actor,
    reference: str,
    conflict: Conflict | None,
    *,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record that nothing ties the handler to it, or the conflict, which hands the stage back at once (Code 5.8)."""
    file = open_for(session, actor, Action.DECLARE_INTERESTS, reference, version)
    assert actor.user_id is not None, "only the handler may say it"
    if conflict is Conflict.OTHER and not words.strip():
        raise Refused("Say what ties you to it", "words")
    event = InterestsDeclared(stage=file.case.stage, user_id=actor.user_id, conflict=conflict, words=words)
    append(session, file, event, by=actor, at=now)
    return file
