"""Somebody asks that a colleague may handle the stage in spite of what keeps them from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.independence import Candidate, bars_of, can_be_overridden
from portal.domain.interest_events import OverrideAsked
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append
from portal.records.queries import handler


def ask_for_override(
    session: Session,
    actor: Actor,
    reference: str,
    user_id: int,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Ask it of a second person, who decides with `decide_override`. Until then nothing changes (Code 5.8)."""
    file = open_for(session, actor, Action.ASK_FOR_OVERRIDE, reference, version)
    assert actor.user_id is not None, "only staff may ask"
    if file.case.interests.to_decide(file.case.stage):
        raise Refused("Something was asked already that nobody has decided. Decide it first.", "user_id")
    chosen = handler(session, file.row.landlord, user_id)
    if chosen is None:
        raise Refused("Choose a person from the list", "user_id")
    landlord = landlords.landlord(file.row.landlord)
    bars = bars_of(Candidate(chosen.id, chosen.rank, chosen.all_roles), file.case, file.rules, landlord)
    if not can_be_overridden(bars, file.case.interests.overridden(chosen.id, file.case.stage)):
        raise Refused("Nothing that keeps this person from it can be overridden.", "user_id")
    if not reason.strip():
        raise Refused("Write why it has to be this person", "reason")
    event = OverrideAsked(
        stage=file.case.stage, user_id=chosen.id, asked_by=actor.user_id, bars=tuple(bars), reason=reason
    )
    append(session, file, event, by=actor, at=now)
    return file
