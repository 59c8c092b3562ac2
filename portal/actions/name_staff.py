"""Who of the staff a complaint is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import StaffNamed
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append
from portal.records.queries import handler


def name_staff(
    session: Session,
    actor: Actor,
    reference: str,
    user_ids: Iterable[int],
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record the whole list, in place of any earlier one. Whoever is on it handles no stage (Code 5.8)."""
    file = open_for(session, actor, Action.NAME_STAFF, reference, version)
    named = tuple(sorted(set(user_ids)))
    if any(handler(session, file.row.landlord, user_id) is None for user_id in named):
        raise Refused("Choose people from the list", "user_ids")
    newly_named = set(named) - set(file.case.named_staff)
    if file.case.is_open and file.case.handler_id in newly_named:
        raise Refused("This person handles the complaint now. Assign somebody else first.", "user_ids")
    append(session, file, StaffNamed(user_ids=named), by=actor, at=now)
    return file
