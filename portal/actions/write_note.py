"""A member of staff writes something about a complaint for colleagues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.records.history import open_case
from portal.records.note_tables import Note


def write_note(session: Session, actor: Actor, reference: str, *, words: str, now: datetime) -> None:
    """Keep it beside the complaint, in which nothing happens by it: nobody's page is overtaken.

    Raises `NotFound` where the actor may not know of the complaint, and `Forbidden` where they may write nothing in it.
    """
    file = open_case(session, reference, actor, landlords.rules_for)
    decision = may(actor, Action.WRITE_NOTE, file.case)
    if not decision or actor.user_id is None:
        raise Forbidden(decision.reason)
    if not words.strip():
        raise Refused("Write the note", "words")
    session.add(Note(complaint_id=file.row.id, at=now, by_id=actor.user_id, words=words))
