"""An administrator sends somebody another invitation: the first was lost, or a password is forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import account_for
from portal.domain.permissions import Actor
from portal.domain.refusal import Refused
from portal.domain.staff import Change
from portal.records import identities, staff
from portal.records.accounts import User


def invite_again(session: Session, actor: Actor, user_id: int, *, secret_key: str, now: datetime) -> User:
    """Earlier links end. A password that there is works until another is chosen.

    Who they were to the provider of identities is forgotten: they come through it anew, or choose a password.
    """
    user = account_for(session, actor, user_id)
    if not user.active:
        raise Refused("This person cannot sign in. Let them in again first")
    if user.provider_subject:
        identities.forget(user)
        staff.end_sessions(user)
        staff.record(session, user, Change.PROVIDER_UNBOUND, by_id=actor.user_id, at=now)
    staff.record(session, user, Change.INVITED, by_id=actor.user_id, at=now)
    staff.invite(session, secret_key, user, at=now)
    return user
