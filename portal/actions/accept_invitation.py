"""Somebody who was invited chooses a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.refusal import Refused
from portal.domain.staff import Change, check_password
from portal.records import links, staff
from portal.records.accounts import User
from portal.records.models import Link

OVER = "This link has been used, or its time is over. Ask whoever looks after this service for another"


def accept_invitation(
    session: Session, link: Link, password: str, *, hashed: Callable[[str], str], now: datetime
) -> User:
    """The link is used up by it, and whoever had signed in as them before is signed out.

    `hashed` makes of a password what is stored of it.
    """
    held = links.held(session, link, at=now)
    user = staff.member(session, link.landlord, link.user_id or 0, for_update=True)
    if held is None or held.used_at is not None or user is None or not user.active:
        raise Refused(OVER)
    check_password(password, user.email)
    held.used_at = now
    user.password = hashed(password)
    staff.end_sessions(user)
    staff.record(session, user, Change.PASSWORD_CHOSEN, by_id=user.id, at=now)
    return user
