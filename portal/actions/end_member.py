"""Somebody of an office may sign in no more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records import offices
from portal.records.history import NotFound
from portal.records.models import OfficeMember


def end_member(
    session: Session, actor: Actor, office_id: int, member_id: int, *, why: str, now: datetime
) -> OfficeMember:
    """Their access ends at once, and they are signed out wherever they are. A second press changes nothing."""
    decision = may(actor, Action.KEEP_OFFICES)
    if not decision:
        raise Refused(decision.reason)
    member = offices.member(session, actor, office_id, member_id)
    if member is None:
        raise NotFound(str(member_id))
    if offices.has_access(member, now):
        member.ends_at, member.ended_by_id, member.why_ended = now, actor.user_id, why
        offices.end_sessions(session, [member])
    return member
