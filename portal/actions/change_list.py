"""Somebody gives a list of theirs another name, or begins with it, or no longer does."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.actions.opening import own_list
from portal.domain.own_lists import check_name
from portal.domain.permissions import Actor
from portal.records import own_lists
from portal.records.own_lists import OwnList


def change_list(session: Session, actor: Actor, list_id: int, name: str, *, begins: bool) -> OwnList:
    """What it lists stays. Raises `NotFound` for a list of somebody else."""
    changed = own_list(session, actor, list_id)
    others = own_lists.lists_of(session, changed.user_id)
    check_name(name, [each.name for each in others if each.id != changed.id])
    changed.name = name
    if begins:
        own_lists.begin_with(session, changed.user_id, changed)
    elif changed.begins:
        own_lists.begin_with(session, changed.user_id, None)
    return changed
