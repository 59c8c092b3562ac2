"""Something has come of a petition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.enquiries import EnquiryLetterKind, EnquiryStep
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.post.enquiries import write_to_asker
from portal.records.enquiry_chain import record
from portal.records.history import NotFound
from portal.records.petitions import Petition, petition


def settle_petition(session: Session, actor: Actor, reference: str, *, outcome: str, now: datetime) -> Petition:
    """Record what was done about it, and write that to its organiser."""
    decision = may(actor, Action.SETTLE_PETITION)
    if not decision:
        raise Refused(decision.reason)
    found = petition(session, actor, reference, for_update=True)
    if found is None:
        raise NotFound(reference)
    if found.settled_at is not None:
        raise Refused("What came of it has already been recorded")
    if not outcome.strip():
        raise Refused("Write what came of it. They are told it", "outcome")
    found.outcome, found.settled_at, found.settled_by_id = outcome, now, actor.user_id
    record(session, found, EnquiryStep.SETTLED, by=actor, at=now, words={"outcome": outcome})
    write_to_asker(session, found, EnquiryLetterKind.PETITION_OUTCOME, by=actor, at=now)
    return found
