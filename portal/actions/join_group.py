"""Somebody joins a group that complains together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group import NewMember, check_member
from portal.domain.group_events import MemberJoined
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.post.letters import write_to_member
from portal.records.access import store_member_code
from portal.records.history import CaseFile, append


def join_group(
    session: Session,
    actor: Actor,
    reference: str,
    new: NewMember,
    *,
    code: str,
    channel: str = "online",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """They get a code of their own and a letter that says so. Nobody else of the group is told who it was."""
    action = Action.JOIN_GROUP if actor.role is Role.GROUP_MEMBER else Action.RECORD_GROUP
    file = open_for(session, actor, action, reference, version)
    check_member(new)
    if file.case.group is None:
        raise Refused("This complaint is not that of a group.")
    number = len(file.case.group.members) + 1
    event = MemberJoined(
        number=number,
        joined_on=now.date(),
        channel=channel,
        reply_by=new.reply_by,
        consent=new.consent,
        person=new.person,
        adjustments=new.adjustments,
        adjustment_words=new.adjustment_words,
        interpreting=new.interpreting,
        safe_contact=new.safe_contact,
    )
    append(session, file, event, by=actor, at=now)
    store_member_code(session, file.row, number, code, now)
    member = file.case.group.members[number - 1]
    write_to_member(session, file, LetterKind.MEMBER_JOINED, member, by=actor, at=now)
    return file
