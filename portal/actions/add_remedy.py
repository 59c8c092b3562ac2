"""Something is offered outside an answer: before it, after it, or after the close (Code 5.13)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.offers import RemedyOffer, check_offer
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.remedy_events import RemedyAdded
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def add_remedy(
    session: Session, actor: Actor, reference: str, offer: RemedyOffer, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Offer it in a letter of its own. It is followed like every other until it is done."""
    file = open_for(session, actor, Action.ADD_REMEDY, reference, version)
    check_offer(offer, now.date(), file.rules.policy.compensation)
    added = RemedyAdded(
        number=len(file.case.remedies) + 1,
        during=file.case.stage,
        offered_on=now.date(),
        terms=offer.terms,
        words=offer.words,
        impact=offer.impact,
    )
    append(session, file, added, by=actor, at=now)
    write_letter(session, file, LetterKind.REMEDY, by=actor, at=now)
    return file
