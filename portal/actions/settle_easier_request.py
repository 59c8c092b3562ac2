"""What somebody asked for without a complaint is decided, and they have been told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Outcome
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.adjustments import easier_request
from portal.records.history import NotFound
from portal.records.models import EasierRequest


def settle_easier_request(
    session: Session, actor: Actor, reference: str, *, outcome: Outcome, decision: str, now: datetime
) -> EasierRequest:
    """Record what was decided and how the person was told. Declining needs a reason and an alternative in it."""
    allowed = may(actor, Action.SETTLE_EASIER_REQUEST)
    if not allowed:
        raise Refused(allowed.reason)
    request = easier_request(session, actor, reference, for_update=True)
    if request is None:
        raise NotFound(reference)
    if request.settled_at is not None:
        raise Refused("This has already been decided")
    if not decision.strip():
        raise Refused("Write what was decided, and how they were told", "decision")
    request.outcome, request.decision = outcome, decision
    request.settled_at, request.settled_by_id = now, actor.user_id
    return request
