"""The lists of complaints that members of staff keep for themselves: nobody reads or changes those of another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.records.staff_tables import OwnList

__all__ = ["OwnList", "add", "begin_with", "lists_of", "one"]

LARGEST_ID = 2**31 - 1


def lists_of(session: Session, user_id: int) -> Sequence[OwnList]:
    """Somebody's lists, by name."""
    return session.scalars(_THEIRS, {"keeper": user_id}).all()


def one(session: Session, user_id: int, list_id: int) -> OwnList | None:
    """One of theirs, or None: also where it is somebody else's."""
    if list_id > LARGEST_ID:
        return None
    return session.scalar(select(OwnList).where(OwnList.id == list_id, OwnList.user_id == user_id))


def add(session: Session, user_id: int, name: str, asked: str) -> OwnList:
    """A new list of theirs, with which they do not begin yet."""
    kept = OwnList(user_id=user_id, name=name, asked=asked, begins=False)
    session.add(kept)
    session.flush()
    return kept


def begin_with(session: Session, user_id: int, chosen: OwnList | None) -> None:
    """They begin with this list from now on, and with no other; with None they begin with all open complaints."""
    for each in lists_of(session, user_id):
        each.begins = each is chosen


_THEIRS = select(OwnList).where(OwnList.user_id == bindparam("keeper")).order_by(OwnList.name, OwnList.id)
