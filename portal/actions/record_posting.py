"""A printed letter was put in the post."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile
from portal.records.letters import mark_posted
from portal.records.queries import letter


def record_posting(
    session: Session,
    actor: Actor,
    reference: str,
    letter_id: UUID,
    *,
    posted_on: date,
    now: datetime,
) -> CaseFile:
    """Record the day of posting; a letter that waits to be printed is not yet sent."""
    file = open_for(session, actor, Action.RECORD_POSTING, reference)
    if posted_on > now.date():
        raise Refused("The day of posting cannot be in the future", "posted_on")
    written_on = letter(session, file, letter_id).written_at.astimezone(now.tzinfo).date()
    if posted_on < written_on:
        raise Refused("It cannot have been posted before it was written", "posted_on")
    if not mark_posted(session, file.row, letter_id, posted_on):
        raise Refused("This letter is not waiting to be posted")
    return file
