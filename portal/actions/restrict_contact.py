"""Contact with somebody is restricted after behaviour that cannot be accepted. No complaint is ever kept out by it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.restriction_events import ContactRestricted
from portal.domain.restrictions import RestrictionWish, check_wish, longest_review
from portal.post.letters import write_about_restriction
from portal.records.history import CaseFile, append


def restrict_contact(
    session: Session, actor: Actor, reference: str, wish: RestrictionWish, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Restrict it, and tell them why, until when and how to appeal (Code 5.14, 5.15)."""
    file = open_for(session, actor, Action.RESTRICT_CONTACT, reference, version)
    today = now.date()
    last_review = longest_review(file.rules.policy, file.rules.code, today)
    check_wish(wish, file.case.adjustments if wish.representative is None else (), today, last_review)
    if wish.representative is not None and with_number(file.case.representatives, wish.representative).ended:
        raise Refused("They act in this complaint no more", "whose")
    append(session, file, _event(file, actor, wish, now), by=actor, at=now)
    write_about_restriction(session, file, LetterKind.CONTACT_RESTRICTED, by=actor, at=now)
    return file


def _event(file: CaseFile, actor: Actor, wish: RestrictionWish, now: datetime) -> ContactRestricted:
    assert wish.review_on is not None, "check_wish asks for it"
    assert wish.disability is not None, "check_wish asks for it"
    return ContactRestricted(
        number=len(file.case.contact_restrictions) + 1,
        representative=wish.representative,
        limits=wish.limits,
        decided_on=now.date(),
        decided_by=actor.user_id,
        review_on=wish.review_on,
        ends_on=wish.ends_on,
        disability=wish.disability,
        terms=wish.terms,
        reason=wish.reason,
        evidence=wish.evidence,
        equality=wish.equality,
    )
