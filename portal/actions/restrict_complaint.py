"""A complaint is shown to some people alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.sight_events import ComplaintRestricted
from portal.records.history import CaseFile, append
from portal.records.queries import who_sees_cases


def restrict_complaint(
    session: Session,
    actor: Actor,
    reference: str,
    user_ids: Iterable[int],
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Let in these people, in place of any let in before, beside complaints officers and whoever handles it."""
    file = open_for(session, actor, Action.RESTRICT_COMPLAINT, reference, version)
    let_in = tuple(sorted(set(user_ids)))
    if not set(let_in) <= {each.id for each in who_sees_cases(session, file.row.landlord)}:
        raise Refused("Choose people from the list", "user_ids")
    if not reason.strip():
        raise Refused("Write why only some people may see it", "reason")
    append(session, file, ComplaintRestricted(user_ids=let_in, reason=reason), by=actor, at=now)
    return file
