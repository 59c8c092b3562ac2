"""Somebody is asked whether a representative may act: the resident, or an elected person at the official address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.saying import say
from portal.post.asking import ask_whoever_can_be
from portal.records.history import CaseFile

NO_ADDRESS = say("There is no safe email address for the resident. Call them and record what they say")
NOT_CHECKED = say(
    "Check first how the resident is reached: whoever acts for them told us, and could answer in their place"
)


def ask_for_authority(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    secret_key: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Send a link. One that was sent before for the same representative ends."""
    file = open_for(session, actor, Action.ASK_FOR_AUTHORITY, reference, version)
    one = with_number(file.case.representatives, number)
    if not ask_whoever_can_be(session, file, one, secret_key=secret_key, by=actor, at=now):
        raise Refused(NOT_CHECKED if file.case.contact_to_check else NO_ADDRESS, "number")
    return file
