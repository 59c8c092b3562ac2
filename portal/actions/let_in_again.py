"""An administrator lets somebody in again who was kept out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import account_for
from portal.domain.permissions import Actor
from portal.domain.staff import Change
from portal.records import staff
from portal.records.accounts import User


def let_in_again(session: Session, actor: Actor, user_id: int, *, now: datetime) -> User:
    """With the password that they had, and what they were there for."""
    user = account_for(session, actor, user_id)
    if not user.active:
        user.active = True
        staff.record(session, user, Change.LET_IN_AGAIN, by_id=actor.user_id, at=now)
    return user
