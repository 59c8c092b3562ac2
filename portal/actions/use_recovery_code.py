"""Somebody without their telephone signs in with a code that they kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.staff import Change
from portal.records import staff


def use_recovery_code(
    session: Session, landlord: str, user_id: int, code: str, *, secret_key: str, now: datetime
) -> bool:
    """Whether it was one of theirs, which it is no more. They are told, for it may not be they who used it."""
    user = staff.member(session, landlord, user_id, for_update=True)
    if user is None or not staff.spend_code(session, user_id, code):
        return False
    staff.record(session, user, Change.CODE_USED, by_id=user.id, at=now)
    staff.tell(session, secret_key, user, Change.CODE_USED, at=now)
    return True
