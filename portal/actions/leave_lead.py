"""Whoever leads a group leaves it without handing the lead to anybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import ConditionTold
from portal.domain.group_events import LeadLeft
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import acting_now
from portal.post.letters import write_to_member
from portal.records.access import end_lead_offers, revoke_codes
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append, erase
from portal.records.links import end_links


def leave_lead(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Their code ends at once, and the complaint of the others goes on. They are told that any of them can lead it.

    Where nobody else is in the group there is nobody to go on: whoever wants no answer withdraws the complaint.
    """
    own = actor.role is Role.RESIDENT
    file = open_for(session, actor, Action.LEAVE_LEAD if own else Action.RECORD_GROUP, reference, version)
    group = file.case.group
    if group is None or group.lead is None:
        raise Refused("Nobody leads a group here.")
    if not group.present:
        raise Refused("Nobody else is in the group. The complaint can be withdrawn instead.")
    if not own and not words.strip():
        raise Refused("Say how they told us", "words")
    if acting_now(file.case.representatives, now.date()):
        raise Refused("Somebody acts for whoever leads the group. End that first.")
    append(session, file, LeadLeft(left_on=now.date(), words=words), by=actor, at=now)
    end_links(session, file.row, now)
    end_lead_offers(session, file.row, now)
    revoke_codes(session, file.row, now)
    erase(session, file, ConditionTold, at=now)
    remember(session, file.row, file.case.received.person, lasting=False)
    for member in file.case.members:
        write_to_member(session, file, LetterKind.LEAD_CHANGED, member, by=actor, at=now)
    return file
