"""Somebody is signed out wherever they are signed in: a telephone is lost, or a computer was left open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import account_for
from portal.domain.permissions import Actor
from portal.domain.staff import Change
from portal.records import staff
from portal.records.accounts import User


def end_staff_sessions(session: Session, actor: Actor, user_id: int, *, now: datetime) -> User:
    """They can sign in again at once."""
    user = account_for(session, actor, user_id)
    staff.end_sessions(user)
    staff.record(session, user, Change.SESSIONS_ENDED, by_id=actor.user_id, at=now)
    return user
