"""A second person decides whether somebody may handle the stage in spite of what keeps them from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.independence import may_decide_override
from portal.domain.interest_events import OverrideDecided
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Forbidden, Refused
from portal.records.history import CaseFile, append


def decide_override(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    approved: bool,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Approve or refuse what was asked last. Only then may that person be assigned, and only if it was approved."""
    file = open_for(session, actor, Action.DECIDE_OVERRIDE, reference, version)
    decision = may_decide_override(actor, file.case)
    if not decision:
        raise Forbidden(decision.reason)
    if not reason.strip():
        raise Refused("Write why you decide so", "reason")
    asked = file.case.interests.to_decide(file.case.stage)
    assert asked, "may_decide_override has looked"
    assert actor.user_id is not None, "only staff decide"
    event = OverrideDecided(
        stage=file.case.stage, user_id=asked.user_id, decided_by=actor.user_id, approved=approved, reason=reason
    )
    append(session, file, event, by=actor, at=now)
    return file
