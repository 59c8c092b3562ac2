"""What somebody asked for without a complaint is decided, and they are told in writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustment_kinds import Outcome
from portal.domain.enquiries import EnquiryLetterKind, EnquiryStep, check_decision
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.post.enquiries import write_to_asker
from portal.records.adjustments import easier_request
from portal.records.enquiry_chain import record
from portal.records.history import NotFound
from portal.records.models import EasierRequest


def settle_easier_request(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    outcome: Outcome,
    decision: str = "",
    reason: str = "",
    alternative: str = "",
    now: datetime,
) -> EasierRequest:
    """Record the decision, and write to them what it is, why, what is offered instead and what they can do next."""
    allowed = may(actor, Action.SETTLE_EASIER_REQUEST)
    if not allowed:
        raise Refused(allowed.reason)
    request = easier_request(session, actor, reference, for_update=True)
    if request is None:
        raise NotFound(reference)
    if request.settled_at is not None:
        raise Refused("This has already been decided")
    check_decision(outcome, reason, alternative)
    request.outcome, request.decision = outcome, decision
    request.reason, request.alternative = reason, alternative
    request.settled_at, request.settled_by_id = now, actor.user_id
    said = {"decision": decision, "reason": reason, "alternative": alternative}
    record(session, request, EnquiryStep.SETTLED, by=actor, at=now, payload={"outcome": outcome}, words=said)
    write_to_asker(session, request, EnquiryLetterKind.EASIER_DECISION, by=actor, at=now)
    return request
