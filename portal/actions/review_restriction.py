"""A restriction on contact is looked at again: it goes on until the next review, or ends."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.restriction_events import ContactRestrictionReviewed
from portal.domain.restriction_kinds import RestrictionOutcome
from portal.domain.restrictions import longest_review, next_review, one
from portal.post.letters import write_about_restriction
from portal.records.history import CaseFile, append


def review_restriction(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    outcome: RestrictionOutcome,
    words: str,
    review_on: date | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record what came of it and tell them. One that goes on needs the day of its next review (Code 5.14)."""
    file = open_for(session, actor, Action.REVIEW_RESTRICTION, reference, version)
    today = now.date()
    if one(file.case.contact_restrictions, number).ended_on is not None:
        raise Refused("This restriction has ended already", "which")
    last_review = longest_review(file.rules.policy, file.rules.code, today)
    next_on = next_review(outcome, words, review_on, today, last_review)
    reviewed = ContactRestrictionReviewed(
        number=number, outcome=outcome, reviewed_on=today, review_on=next_on, words=words
    )
    append(session, file, reviewed, by=actor, at=now)
    write_about_restriction(session, file, LetterKind.RESTRICTION_DECIDED, by=actor, at=now)
    return file
