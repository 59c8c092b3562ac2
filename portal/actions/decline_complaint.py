"""A complaint, or its going to stage 2, is declined by a named person with reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_for
from portal.domain.decline import Decline, check_decline, dates_of
from portal.domain.events import ComplaintDeclined
from portal.domain.permissions import Action, Actor
from portal.domain.policy import Needs
from portal.domain.refusal import Refused
from portal.domain.response import DECLINE_LETTER
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append
from portal.records.queries import has_ended


def decline_complaint(
    session: Session,
    actor: Actor,
    reference: str,
    decline: Decline,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Decline on one ground, with evidence and the person's circumstances (Code 2.1 to 2.5, 5.11)."""
    file = open_for(session, actor, Action.DECLINE_COMPLAINT, reference, version)
    ground = check_decline(file.case, file.rules, decline, now.date())
    if ground.needs is Needs.CLOSED_CASE:
        _check_earlier(session, actor, file, decline.earlier_reference or "")
    happened, aware = dates_of(file.case, decline) if ground.needs is Needs.DATES else (None, None)
    event = ComplaintDeclined(
        stage=file.case.stage,
        ground=decline.ground,
        claim_filed_on=decline.claim_filed_on,
        earlier_reference=decline.earlier_reference,
        happened_on=happened,
        aware_on=aware,
        evidence=decline.evidence,
        circumstances=decline.circumstances,
        reasons=decline.reasons,
    )
    admit_lateness(session, file, now)
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, DECLINE_LETTER[event.stage], by=actor, at=now)
    return file


def _check_earlier(session: Session, actor: Actor, file: CaseFile, earlier: str) -> None:
    if earlier == file.row.reference or not has_ended(session, actor, earlier):
        raise Refused("Give the reference of another complaint that was answered and has ended", "earlier_reference")
