"""Somebody no longer keeps a list of theirs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.actions.opening import own_list
from portal.domain.permissions import Actor


def forget_list(session: Session, actor: Actor, list_id: int) -> None:
    """Its complaints are as they were. Raises `NotFound` for a list of somebody else, or one that is gone."""
    session.delete(own_list(session, actor, list_id))
