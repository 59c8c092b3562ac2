"""Something has come of a petition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.history import NotFound
from portal.records.petitions import Petition, petition


def settle_petition(session: Session, actor: Actor, reference: str, *, outcome: str, now: datetime) -> Petition:
    """Record what was done about it, and how its organiser was told."""
    decision = may(actor, Action.SETTLE_PETITION)
    if not decision:
        raise Refused(decision.reason)
    found = petition(session, actor, reference, for_update=True)
    if found is None:
        raise NotFound(reference)
    if found.settled_at is not None:
        raise Refused("What came of it has already been recorded")
    if not outcome.strip():
        raise Refused("Write what came of it, and how they were told", "outcome")
    found.outcome, found.settled_at, found.settled_by_id = outcome, now, actor.user_id
    return found
