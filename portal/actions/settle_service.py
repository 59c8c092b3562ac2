"""What became of a request for service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.enquiries import EnquiryLetterKind, EnquiryStep
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.post.enquiries import write_to_asker
from portal.records.enquiry_chain import record
from portal.records.models import ServiceRequest
from portal.records.service_requests import service_request


def settle_service(session: Session, actor: Actor, reference: str, *, outcome: str, now: datetime) -> ServiceRequest:
    """Record what was done, and write it to them. A complaint about it goes on by itself (Code 1.5)."""
    found = _open(session, actor, reference)
    if found.done_at is not None:
        raise Refused("What became of this request is on record already")
    if not outcome.strip():
        raise Refused("Write what was done. They are told it", "outcome")
    found.outcome, found.done_at, found.done_by_id = outcome, now, actor.user_id
    record(session, found, EnquiryStep.SETTLED, by=actor, at=now, words={"outcome": outcome})
    write_to_asker(session, found, EnquiryLetterKind.SERVICE_OUTCOME, by=actor, at=now)
    return found


def _open(session: Session, actor: Actor, reference: str) -> ServiceRequest:
    decision = may(actor, Action.SETTLE_SERVICE_REQUEST)
    if not decision:
        raise Refused(decision.reason)
    found = service_request(session, actor.landlord or "", reference, for_update=True)
    if found is None:
        raise Refused("There is no such request")
    return found
