"""A printed letter about a petition was put in the post."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.history import NotFound
from portal.records.models import LetterState
from portal.records.petitions import Petition, petition, petition_letter


def post_petition_letter(session: Session, actor: Actor, reference: str, letter_id: UUID, *, now: datetime) -> Petition:
    """Record that it was posted today."""
    decision = may(actor, Action.RECORD_PETITION)
    if not decision:
        raise Refused(decision.reason)
    found = petition(session, actor, reference, for_update=True)
    letter = petition_letter(found, letter_id) if found else None
    if found is None or letter is None:
        raise NotFound(reference)
    if letter.state is not LetterState.TO_POST:
        raise Refused("This letter is not waiting to be posted")
    letter.state, letter.delivered_at = LetterState.POSTED, now
    return found
