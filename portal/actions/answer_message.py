"""A member of staff writes to the resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import MessageSent
from portal.domain.messages import check_words
from portal.domain.permissions import Action, Actor
from portal.domain.saying import say
from portal.post.letters import write_message_letter
from portal.records.history import CaseFile, append


def answer_message(
    session: Session, actor: Actor, reference: str, *, words: str, now: datetime, version: int | None = None
) -> CaseFile:
    """Put it on the resident's page and tell them that it is there. What they sent before is answered with it."""
    file = open_for(session, actor, Action.ANSWER_MESSAGE, reference, version)
    check_words(words, say("Write the message"))
    append(session, file, MessageSent(read_to=len(file.case.messages), words=words), by=actor, at=now)
    write_message_letter(session, file, by=actor, at=now)
    return file
