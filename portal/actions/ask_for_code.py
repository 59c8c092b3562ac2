"""Somebody has lost the access code and gives the reference."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.events import CodeRequested
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.policy import LetterKind, SentBy
from portal.domain.refusal import Refused
from portal.post.letters import committed, way_to, write_letter
from portal.records import links
from portal.records.database import after_commit
from portal.records.history import CaseFile, append, open_case
from portal.records.models import Channel

SENT_BY = {Channel.EMAIL: SentBy.EMAIL, Channel.POST: SentBy.POST}


def ask_for_code(session: Session, actor: Actor, reference: str, *, secret_key: str, now: datetime) -> CaseFile:
    """Send a way to a new code to the contact on file, and nowhere else. The old code works until it is used.

    However often somebody asks, no second letter waits to be printed beside the first.
    Raises `NotFound` where the landlord has no such complaint; whoever asked is not to be told.
    """
    decision = may(actor, Action.ASK_FOR_CODE)
    if not decision:
        raise Refused(decision.reason)
    # The case is opened as its owner's, whom alone the outcome reaches.
    owner = Actor(role=Role.RESIDENT, landlord=actor.landlord, case_reference=reference)
    file = open_case(session, reference, owner, landlords.rules_for, for_update=True)
    channel, address = way_to(file.case)
    append(session, file, CodeRequested(sent_by=SENT_BY.get(channel)), by=actor, at=now)
    if channel is Channel.EMAIL:
        discreet = file.case.received.is_discreet
        links.for_new_code(session, secret_key, file.row, address, discreet=discreet, at=now)
        after_commit(session, committed.send)
    elif channel is Channel.POST and not links.slip_waits(session, file.row, at=now):
        letter = write_letter(session, file, LetterKind.CODE_SLIP, by=actor, at=now)
        links.for_slip(session, secret_key, file.row, letter, at=now)
    return file
