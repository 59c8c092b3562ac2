"""Whoever holds what was sent to an official address confirms it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import by_official_address, check_authority, with_number
from portal.domain.representative_kinds import Standing
from portal.records.history import CaseFile, append


def confirm_address(session: Session, actor: Actor, reference: str, *, now: datetime) -> CaseFile:
    """An elected person whom the resident asked is told from now on; no form is asked of them.

    A second press changes nothing.
    """
    file = open_for(session, actor, Action.CONFIRM_ADDRESS, reference)
    one = with_number(file.case.representatives, actor.representative or 0)
    if one.standing(now.date()) is Standing.IN_FORCE:
        return file
    event = by_official_address(one.added, now.date())
    check_authority(one, event)
    if one.authority is not None:
        raise Refused("This was decided before.")
    append(session, file, event, by=actor, at=now)
    return file
