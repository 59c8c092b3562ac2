"""An appeal against a restriction on contact is decided, by somebody else than who restricted it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Forbidden, Refused
from portal.domain.restriction_events import ContactAppealDecided
from portal.domain.restriction_kinds import RestrictionOutcome
from portal.domain.restrictions import longest_review, may_decide_appeal, next_review, one
from portal.post.letters import write_about_restriction
from portal.records.history import CaseFile, append


def decide_appeal(
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
    """Record the decision and tell them."""
    file = open_for(session, actor, Action.DECIDE_APPEAL, reference, version)
    restriction, today = one(file.case.contact_restrictions, number), now.date()
    if not restriction.appeal_waits:
        raise Refused("No appeal waits against this restriction", "which")
    if not (decision := may_decide_appeal(restriction, actor.user_id)):
        raise Forbidden(decision.reason)
    last_review = longest_review(file.rules.policy, file.rules.code, today)
    next_on = next_review(outcome, words, review_on, today, last_review)
    decided = ContactAppealDecided(number=number, outcome=outcome, decided_on=today, review_on=next_on, words=words)
    append(session, file, decided, by=actor, at=now)
    write_about_restriction(session, file, LetterKind.RESTRICTION_DECIDED, by=actor, at=now)
    return file
