"""A second pair of eyes: an answer is approved, or sent back with words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.check_events import CheckDecided
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Forbidden, Refused
from portal.domain.second_look import may_check
from portal.records.history import CaseFile, append


def decide_check(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    approved: bool,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Approve the answer that waits, by somebody else than its writer; sent back, it needs to be told why."""
    file = open_for(session, actor, Action.CHECK_RESPONSE, reference, version)
    decision = may_check(actor, file.case, file.rules, landlords.landlord(file.row.landlord))
    if not decision:
        raise Forbidden(decision.reason)
    if not approved and not words.strip():
        raise Refused("Write what has to change", "words")
    assert actor.user_id is not None, "only staff check"
    event = CheckDecided(stage=file.case.stage, decided_by=actor.user_id, approved=approved, words=words)
    append(session, file, event, by=actor, at=now)
    return file
