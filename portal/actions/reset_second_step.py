"""An administrator resets the second step of somebody whose telephone is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import account_for
from portal.domain.permissions import Actor
from portal.domain.refusal import Refused
from portal.domain.staff import Change
from portal.records import staff
from portal.records.accounts import User


def reset_second_step(session: Session, actor: Actor, user_id: int, *, secret_key: str, now: datetime) -> User:
    """They set it up anew when they sign in next. They are told, for it may not be they who asked."""
    user = account_for(session, actor, user_id)
    if user.id == actor.user_id:
        raise Refused("Ask another administrator to reset your own: otherwise an open computer would be enough")
    staff.forget_second_step(session, user)
    staff.end_sessions(user)
    staff.record(session, user, Change.SECOND_STEP_RESET, by_id=actor.user_id, at=now)
    staff.tell(session, secret_key, user, Change.SECOND_STEP_RESET, at=now)
    return user
