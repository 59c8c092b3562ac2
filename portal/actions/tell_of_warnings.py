"""Administrators are told of what looks like an attack on an account, and so is its owner."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.actors import Role
from portal.domain.staff import Warned
from portal.records import staff


def tell_of_warnings(session: Session, *, secret_key: str, now: datetime) -> int:
    """How many there were. Of an address that nobody has, the page alone tells: an email would say nothing to do."""
    untold = staff.untold_warnings(session)
    for warning in untold:
        warning.told_at = now
        if warning.user_id is None and warning.warned is Warned.PASSWORDS:
            continue
        administrators = staff.holders(session, warning.landlord, Role.ADMINISTRATOR)
        owner = staff.member(session, warning.landlord, warning.user_id) if warning.user_id else None
        for each in {each.id: each for each in (*administrators, *([owner] if owner else ()))}.values():
            staff.tell(session, secret_key, each, warning.warned, at=now)
    return len(untold)
