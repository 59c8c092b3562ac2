"""A member leaves a group that complains together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group import with_number
from portal.domain.group_events import MemberLeft
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.records.access import revoke_member_codes
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def leave_group(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Their code ends at once, and the complaint goes on. Members give no reason; staff say who told them so."""
    own = actor.role is Role.GROUP_MEMBER
    file = open_for(session, actor, Action.LEAVE_GROUP if own else Action.RECORD_GROUP, reference, version)
    if own and actor.member != number:
        raise Refused("You may not leave for somebody else.")
    if not own and not words.strip():
        raise Refused("Say how they told us", "words")
    if with_number(file.case.group, number).left:
        return file
    append(session, file, MemberLeft(number=number, left_on=now.date(), words=words), by=actor, at=now)
    revoke_member_codes(session, file.row, number, now)
    end_links(session, file.row, now, member=number)
    return file
