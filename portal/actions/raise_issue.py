"""The resident adds a new issue to a complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.message_events import IssueRaised
from portal.domain.messages import check_words, next_number, said_already
from portal.domain.permissions import Action, Actor
from portal.domain.saying import say
from portal.records.history import CaseFile, append


def raise_issue(session: Session, actor: Actor, reference: str, *, words: str, now: datetime) -> CaseFile:
    """Receive it at any stage. A person decides whether it is a part of this complaint (Code 6.8)."""
    file = open_for(session, actor, Action.RAISE_ISSUE, reference)
    check_words(words, say("Tell us what is wrong. A few words are enough"))
    event = IssueRaised(number=next_number(file.case.messages), raised_on=now.date(), words=words)
    if not said_already(file.case.messages, event):
        append(session, file, event, by=actor, at=now)
    return file
