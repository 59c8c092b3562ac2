"""The resident says that somebody may act for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.representation import NewAuthority, authority_of, check_authority, with_number
from portal.records.history import CaseFile, append


def confirm_authority(
    session: Session, actor: Actor, reference: str, number: int, wanted: NewAuthority, *, now: datetime
) -> CaseFile:
    """Record what the resident allows, and until when. The same said twice is recorded once."""
    file = open_for(session, actor, Action.CONFIRM_AUTHORITY, reference)
    one = with_number(file.case.representatives, number)
    event = authority_of(one, wanted, now.date())
    check_authority(one, event)
    if one.ended or one.authority != event:
        append(session, file, event, by=actor, at=now)
    return file
