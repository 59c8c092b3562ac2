"""A resident asks for stage 2."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.escalation import can_ask_for_stage_2, escalation_flags, window_ends
from portal.domain.events import EscalationRequested, Stage
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append

HOLD_A_CODE = (Role.RESIDENT, Role.REPRESENTATIVE)


def request_escalation(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    words: str = "",
    channel: str = "online",
    requested_on: date | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Receive the request. Late or without a reason it is received and flagged, never refused (Code 6.10, 6.12).

    `requested_on` is the day on which staff were really asked; a request of the resident, or of somebody who decides
    for them, is of today.
    """
    action = Action.REQUEST_ESCALATION if actor.role in HOLD_A_CODE else Action.RECORD_ESCALATION
    file = open_for(session, actor, action, reference, version)
    asked_on = requested_on or now.date()
    _check_day(file, asked_on, now.date())
    event = EscalationRequested(
        requested_on=asked_on,
        channel=channel,
        flags=escalation_flags(file.case, file.rules, words, asked_on),
        window_ended=window_ends(file.case, file.rules) if file.case.stages[Stage.ONE].response else None,
        words=words,
    )
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, LetterKind.RECEIPT_STAGE_2, by=actor, at=now)
    return file


def _check_day(file: CaseFile, asked_on: date, today: date) -> None:
    decision = can_ask_for_stage_2(file.case, file.rules, asked_on)
    if not decision:
        raise Refused(decision.reason)
    if asked_on > today:
        raise Refused("The day of the request cannot be in the future", "requested_on")
    if asked_on < file.case.received.received_on:
        raise Refused("Stage 2 cannot have been asked for before the complaint was received", "requested_on")
    response = file.case.now.response
    if response and asked_on < response.sent_on:
        raise Refused("Stage 2 cannot have been asked for before the stage 1 answer", "requested_on")
