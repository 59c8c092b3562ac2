"""An administrator keeps somebody out who has left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import account_for
from portal.domain.actors import Role
from portal.domain.permissions import Actor
from portal.domain.staff import Change, check_left_over
from portal.records import staff
from portal.records.accounts import User

WORK_LEFT = "work_left"


def disable_staff(session: Session, actor: Actor, user_id: int, *, secret_key: str, now: datetime) -> User:
    """Nothing opens for them any more, links and open pages included. What they did stays on record.

    Complaints officers are told by email where complaints are left without a handler who is there.
    """
    user = account_for(session, actor, user_id)
    landlord = user.landlord or ""
    check_left_over([each.id for each in staff.holders(session, landlord, Role.ADMINISTRATOR)], user.id)
    user.active = False
    staff.end_sessions(user)
    staff.end_invitations(session, user, now)
    staff.record(session, user, Change.DISABLED, by_id=actor.user_id, at=now)
    if staff.open_cases(session, user):
        for officer in staff.holders(session, landlord, Role.LEAD):
            if officer.id != user.id:
                staff.tell(session, secret_key, officer, WORK_LEFT, at=now)
    return user
