"""Something became of what was passed on: taken on, looked into, made safe, completed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.referral_events import LawLimitMissed, ReferralMoved, ReferralStep
from portal.domain.referrals import TOLD, check_move, law_limits, may_look_inside, one
from portal.domain.refusal import Refused
from portal.post.letters import write_about_referral
from portal.records.history import CaseFile, append


def move_referral(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    step: ReferralStep,
    on: date,
    words: str,
    owner: str = "",
    at: datetime | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record it. What was found and what came of it go to the resident in a letter, unless it is confidential."""
    file = open_for(session, actor, Action.MOVE_REFERRAL, reference, version)
    referral = one(file.case.referrals, number)
    if not may_look_inside(actor, referral, file.case):
        raise Refused("There is no such referral in this complaint", "which")
    check_move(referral, step, on, words, now, at)
    tells = step in TOLD and not referral.confidential
    told_on = now.date() if tells else None
    event = ReferralMoved(number=number, step=step, on=on, told_on=told_on, at=at, owner=owner, words=words)
    append(session, file, event, by=actor, at=now)
    _admit_lateness(session, file, number, actor, now)
    if tells:
        write_about_referral(session, file, LetterKind.REFERRAL, referral, by=actor, at=now)
    return file


def _admit_lateness(session: Session, file: CaseFile, number: int, actor: Actor, now: datetime) -> None:
    """Put on record that what was done came after its date of the law, even if nobody noticed that in time."""
    referral = one(file.case.referrals, number)
    for each in law_limits(referral, file.rules.calendar):
        if each.done_on and each.missed(now) and each.key not in referral.missed:
            missed = LawLimitMissed(number=number, key=each.key, due=each.due, due_at=each.due_at)
            append(session, file, missed, by=actor, at=now)
