"""A resident chooses to tell something about their health. Nobody asks for it, and no adjustment depends on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentRequested, ConditionTold
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, RequestedBy
from portal.domain.adjustments import all_have_ended, next_number
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def tell_condition(
    session: Session, actor: Actor, reference: str, words: str, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Store it apart from the adjustments, for those alone who need it.

    It is kept for as long as there is something that it may explain (UK GDPR, Article 5(1)(e)). Where nothing is asked
    for, to tell it is to ask: somebody has to find out what would help, and decide.
    """
    action = Action.TELL_CONDITION if actor.role is Role.RESIDENT else Action.RECORD_CONDITION
    file = open_for(session, actor, action, reference, version)
    if not words.strip():
        raise Refused("Write what you want to tell, or go back", "condition")
    if all_have_ended(file.case.adjustments):
        append(session, file, _to_find_out(file, actor, now), by=actor, at=now)
    append(session, file, ConditionTold(told_on=now.date(), words=words), by=actor, at=now)
    return file


def _to_find_out(file: CaseFile, actor: Actor, now: datetime) -> AdjustmentRequested:
    return AdjustmentRequested(
        number=next_number(file.case.adjustments),
        requested_on=now.date(),
        requested_by=RequestedBy.RESIDENT if actor.role is Role.RESIDENT else RequestedBy.STAFF,
        scope=AdjustmentScope.THIS_COMPLAINT,
        adjustment=Adjustment.OTHER,
    )
