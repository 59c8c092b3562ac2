"""Somebody does not agree with a restriction on contact. They may say so in any way, and to anybody here."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.restriction_events import ContactRestrictionAppealed
from portal.domain.restrictions import one
from portal.records.history import CaseFile, append


def record_appeal(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    appealed_on: date,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record it. No reason is asked for, and it waits in the queue from now on."""
    file = open_for(session, actor, Action.RECORD_APPEAL, reference, version)
    restriction = one(file.case.contact_restrictions, number)
    if restriction.ended_on is not None:
        raise Refused("This restriction has ended already", "which")
    if restriction.appeal_waits:
        raise Refused("An appeal against this restriction waits already", "which")
    if not restriction.event.decided_on <= appealed_on <= now.date():
        raise Refused("The day is between the restriction and today", "appealed_on")
    appealed = ContactRestrictionAppealed(number=number, appealed_on=appealed_on, words=words)
    append(session, file, appealed, by=actor, at=now)
    return file
