"""A member of staff has read messages that need no answer in writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.message_events import MessagesRead
from portal.domain.messages import waiting
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def read_messages(
    session: Session, actor: Actor, reference: str, *, words: str, now: datetime, version: int | None = None
) -> CaseFile:
    """Record what was done about them: a call that was made, a file that was looked at."""
    file = open_for(session, actor, Action.READ_MESSAGES, reference, version)
    if all(each.is_issue for each in waiting(file.case.messages)):
        raise Refused("There is no unread message in this complaint")
    if not words.strip():
        raise Refused("Say what was done, so that others need not ask", "words")
    append(session, file, MessagesRead(read_to=len(file.case.messages), words=words), by=actor, at=now)
    return file
