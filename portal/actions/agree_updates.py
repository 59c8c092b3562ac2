"""How often a resident hears from us while their answer is late, agreed with them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.update_events import UpdatesAgreed
from portal.domain.updates import check_interval
from portal.records.history import CaseFile, append


def agree_updates(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    every_working_days: int,
    agreed_on: date,
    channel: str,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record what the resident agreed to, in place of what was agreed before (Code 5.9)."""
    file = open_for(session, actor, Action.AGREE_UPDATES, reference, version)
    check_interval(every_working_days, agreed_on, now.date())
    if agreed_on < file.case.now.started_on:
        raise Refused("This stage had not begun on that day", "agreed_on")
    event = UpdatesAgreed(
        stage=file.case.stage,
        agreed_on=agreed_on,
        every_working_days=every_working_days,
        channel=channel,
        words=words,
    )
    append(session, file, event, by=actor, at=now)
    return file
