"""An administrator says what somebody is there for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import account_for
from portal.domain.actors import Role
from portal.domain.permissions import Actor
from portal.domain.staff import Change, Duties, check_duties, check_left_over, duties_in_words
from portal.records import staff
from portal.records.accounts import User


def change_duties(session: Session, actor: Actor, user_id: int, name: str, duties: Duties, *, now: datetime) -> User:
    """From their next page on they may do this and nothing else. What it was before stays on record."""
    user = account_for(session, actor, user_id)
    check_duties(duties, landlords.landlord(user.landlord or ""))
    if Role.ADMINISTRATOR not in duties.roles:
        check_left_over([each.id for each in staff.holders(session, user.landlord or "", Role.ADMINISTRATOR)], user.id)
    before = staff.duties_of(user)
    user.name = name.strip() or user.name
    if duties != before:
        staff.give(user, duties)
        staff.record(
            session,
            user,
            Change.DUTIES_CHANGED,
            by_id=actor.user_id,
            at=now,
            details=f"{duties_in_words(before)} > {duties_in_words(duties)}",
        )
    return user
