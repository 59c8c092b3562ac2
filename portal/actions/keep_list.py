"""Somebody keeps a list of complaints under a name of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.actions.opening import keeper_of_lists
from portal.domain.own_lists import check_name, check_number
from portal.domain.permissions import Actor
from portal.records import own_lists
from portal.records.own_lists import OwnList


def keep_list(session: Session, actor: Actor, name: str, asked: str, *, begins: bool) -> OwnList:
    """Only they see it. `asked` is what the address of the queue says of it; `begins`: it is what they see first."""
    user_id = keeper_of_lists(actor)
    there = own_lists.lists_of(session, user_id)
    check_name(name, [each.name for each in there])
    check_number(len(there))
    kept = own_lists.add(session, user_id, name, asked)
    if begins:
        own_lists.begin_with(session, user_id, kept)
    return kept
