"""A complaint becomes that of a group, led by whoever it came from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group_events import GroupFormed
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.records.access import store_invitation
from portal.records.history import CaseFile, append
from portal.records.petitions import petition as find_petition


def form_group(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    matter: str,
    invitation: str,
    petition: str | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Others can join with the `invitation`, which the lead hands round. They are shown `matter`, and no other words.

    `petition` is the reference of the one that it came of, which is then linked to the complaint.
    """
    action = Action.FORM_GROUP if actor.role is Role.RESIDENT else Action.RECORD_GROUP
    file = open_for(session, actor, action, reference, version)
    if not matter.strip():
        raise Refused("Say what the group complains of", "matter")
    event = GroupFormed(formed_on=now.date(), petition=petition, matter=matter)
    append(session, file, event, by=actor, at=now)
    store_invitation(session, file.row, invitation, now)
    handed_in = find_petition(session, actor, petition, for_update=True) if petition else None
    if handed_in:
        handed_in.complaint_reference = reference
    return file
