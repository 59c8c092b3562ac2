"""A member of staff writes to the resident, or to somebody who acts for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.message_events import MessageSent
from portal.domain.messages import check_words
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.saying import say
from portal.post.letters import write_message_letter, write_message_to_representative
from portal.records.history import CaseFile, append


def answer_message(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    words: str,
    to: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Put it on their page and tell them that it is there. What they sent before is answered with it.

    `to` is the number of a representative. The resident reads it too: it is about their complaint.
    """
    file = open_for(session, actor, Action.ANSWER_MESSAGE, reference, version)
    check_words(words, say("Write the message"))
    if to is not None and not with_number(file.case.representatives, to).scopes(now.date()):
        raise Refused("They act for the resident no more. Write to the resident", "to")
    append(
        session, file, MessageSent(read_to=len(file.case.messages), representative=to, words=words), by=actor, at=now
    )
    if to is None:
        write_message_letter(session, file, by=actor, at=now)
    else:
        write_message_to_representative(session, file, to, by=actor, at=now)
    return file
