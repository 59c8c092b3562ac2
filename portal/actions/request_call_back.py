"""The resident asks to be called."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.message_events import CallBackRequested, CallTime
from portal.domain.messages import LONGEST, check_phone, next_number, said_already
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.records.history import CaseFile, append


def request_call_back(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    phone: str,
    times: tuple[CallTime, ...],
    voicemail: bool,
    words: str = "",
    now: datetime,
) -> CaseFile:
    """Receive it, with the number for this call.

    Somebody who asked for no phone calls may still ask for one: what they asked for then holds for every other call.
    """
    file = open_for(session, actor, Action.REQUEST_CALL_BACK, reference)
    check_phone(phone)
    if not times:
        raise Refused("Choose when a call is good", "times")
    if len(words) > LONGEST:
        raise Refused(say("This can have at most %(most)s characters", most=LONGEST), "words")
    event = CallBackRequested(
        number=next_number(file.case.messages), phone=phone, times=times, voicemail=voicemail, words=words
    )
    if not said_already(file.case.messages, event):
        append(session, file, event, by=actor, at=now)
    return file
