"""A part of a complaint is passed on to somebody else, and the resident told. The complaint goes on beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.referral_events import PartReferred
from portal.domain.referrals import Wish, check_wish
from portal.domain.routes import Route
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def refer_part(
    session: Session, actor: Actor, reference: str, wish: Wish, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Record it with an owner of its own, at any stage and after the end too. No date of the complaint changes."""
    file = open_for(session, actor, Action.REFER_PART, reference, version)
    terms = landlords.terms_for(file.row.landlord, file.row.received_on)
    check_wish(wish, terms.routes, now)
    is_hazard = wish.route is Route.HAZARD
    event = PartReferred(
        number=len(file.case.referrals) + 1,
        route=wish.route,
        referred_on=now.date(),
        told_on=now.date(),
        received_on=file.row.received_on,
        hazard=wish.hazard if is_hazard else None,
        aware_at=wish.aware_at if is_hazard else None,
        owner=wish.owner,
        reached_by=wish.reached_by,
        part=wish.part,
        note=wish.note,
    )
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, LetterKind.REFERRAL, by=actor, at=now)
    return file
