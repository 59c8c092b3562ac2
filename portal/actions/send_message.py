"""The resident, or whoever acts for them, writes to whoever handles the complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.message_events import MessageReceived
from portal.domain.messages import check_words, next_number, said_already
from portal.domain.permissions import Action, Actor
from portal.domain.saying import say
from portal.records.history import CaseFile, append


def send_message(session: Session, actor: Actor, reference: str, *, words: str, now: datetime) -> CaseFile:
    """Receive it at any stage, and after the end. A second press of the button changes nothing."""
    file = open_for(session, actor, Action.SEND_MESSAGE, reference)
    check_words(words, say("Write your message"))
    number, signed = next_number(file.case.messages), actor.name if actor.office_id else ""
    event = MessageReceived(number=number, representative=actor.representative, signed=signed, words=words)
    if not said_already(file.case.messages, event):
        append(session, file, event, by=actor, at=now)
    return file
