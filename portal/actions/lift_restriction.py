"""A complaint that some people alone could see is shown to everybody again who sees complaints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.domain.sight_events import RestrictionLifted
from portal.records.history import CaseFile, append

NOT_RESTRICTED = say("Everybody who sees complaints sees this one already.")


def lift_restriction(
    session: Session, actor: Actor, reference: str, *, reason: str, now: datetime, version: int | None = None
) -> CaseFile:
    """End the restriction, with the reason."""
    file = open_for(session, actor, Action.RESTRICT_COMPLAINT, reference, version)
    if file.case.restricted_to is None:
        raise Refused(NOT_RESTRICTED)
    if not reason.strip():
        raise Refused("Write why everybody may see it again", "reason")
    append(session, file, RestrictionLifted(reason=reason), by=actor, at=now)
    return file
