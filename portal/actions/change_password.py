"""Somebody changes their own password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.domain.staff import Change, check_password
from portal.records import staff
from portal.records.accounts import User


def change_password(
    session: Session,
    actor: Actor,
    before: str,
    password: str,
    *,
    fits: Callable[[str, str], bool],
    hashed: Callable[[str], str],
    secret_key: str,
    now: datetime,
) -> User:
    """Everywhere else they are signed out. `fits` compares a password with what is stored of one."""
    decision = may(actor, Action.KEEP_OWN_ACCOUNT)
    if not decision:
        raise Forbidden(decision.reason)
    user = staff.member(session, actor.landlord or "", actor.user_id or 0, for_update=True)
    if user is None or not user.password or not fits(before, user.password):
        raise Refused("This is not your password", "before")
    check_password(password, user.email)
    user.password = hashed(password)
    staff.end_sessions(user)
    staff.record(session, user, Change.PASSWORD_CHANGED, by_id=user.id, at=now)
    staff.tell(session, secret_key, user, Change.PASSWORD_CHANGED, at=now)
    return user
