"""An agreed adjustment is looked at again: after six months, and when stage 2 has begun."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentReviewed
from portal.domain.adjustment_kinds import ReviewOutcome
from portal.domain.adjustments import lasting, one, review_day
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append, forget_conditions


def review_adjustment(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    outcome: ReviewOutcome,
    words: str,
    review_on: date | None = None,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Keep it until the next review, or end it with a reason.

    With the last of them ends the need to know about anybody's health: what was told of it is erased.
    """
    file = open_for(session, actor, Action.REVIEW_ADJUSTMENT, reference, version)
    if not one(as_reader(file.case, member).adjustments, number).is_agreed:
        raise Refused("Only an adjustment that was agreed and has not ended can be reviewed")
    if outcome is ReviewOutcome.ENDED and not words.strip():
        raise Refused("Say why it ends, and what the resident said about it", "words")
    if review_on is not None and review_on <= now.date():
        raise Refused("The next review must be after today", "review_on")
    kept = outcome is ReviewOutcome.KEPT
    event = AdjustmentReviewed(
        number=number,
        member=member,
        outcome=outcome,
        reviewed_on=now.date(),
        review_on=(review_on or review_day(now.date())) if kept else None,
        words=words,
    )
    append(session, file, event, by=actor, at=now)
    if member is not None:
        return file
    remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
    forget_conditions(session, file, at=now)
    return file
