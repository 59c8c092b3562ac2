"""A part of a complaint is passed on to somebody else, and the resident told. The complaint goes on beside it."""

from __future__ import annotations

from datetime import date, datetime

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
    """Record it with an owner of its own, at any stage and after the end too. No date of the complaint changes.

    The resident is told in a letter, unless it is held back: the record then says why.
    """
    file = open_for(session, actor, Action.REFER_PART, reference, version)
    terms = landlords.terms_for(file.row.landlord, file.row.received_on)
    check_wish(wish, terms.routes, now)
    is_hazard = wish.route is Route.HAZARD
    event = PartReferred(
        number=len(file.case.referrals) + 1,
        route=wish.route,
        referred_on=now.date(),
        told_on=None if wish.held_back else now.date(),
        received_on=_day_0(wish, file),
        hazard=wish.hazard if is_hazard else None,
        aware_at=wish.aware_at if is_hazard else None,
        owner=wish.owner,
        reached_by=wish.reached_by,
        part=wish.part,
        note=wish.note,
        why_not_told=wish.why_not_told,
    )
    append(session, file, event, by=actor, at=now)
    if not wish.held_back:
        write_letter(session, file, LetterKind.REFERRAL, by=actor, at=now)
    return file


def _day_0(wish: Wish, file: CaseFile) -> date:
    """What the law counts from: a complaint about personal data may have been raised later than the rest."""
    later = wish.raised_on if wish.route is Route.DATA_PROTECTION_COMPLAINT else None
    return later or file.row.received_on
