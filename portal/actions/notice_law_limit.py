"""The portal itself notices that a date of the law has passed undone, and tells the resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.referral_events import LawLimitMissed
from portal.domain.referrals import Referral, to_notice
from portal.post.letters import write_about_referral
from portal.records.history import CaseFile, append, open_case


def notice_law_limit(session: Session, landlord: str, reference: str, *, now: datetime) -> bool:
    """Whether one is newly on record as missed. Each is recorded and told once; doing it again changes nothing."""
    portal = Actor(role=Role.SYSTEM, landlord=landlord)
    file = open_case(session, reference, portal, landlords.rules_for, for_update=True)
    noticed = [_notice(session, file, each, portal, now) for each in file.case.referrals]
    return True in noticed


def _notice(session: Session, file: CaseFile, referral: Referral, portal: Actor, now: datetime) -> bool:
    """One letter for all that passed at that moment: in an emergency two dates are the same hour."""
    passed = [each for each in to_notice(referral, file.rules.calendar) if each.missed(now)]
    for each in passed:
        missed = LawLimitMissed(number=referral.number, key=each.key, due=each.due, due_at=each.due_at)
        append(session, file, missed, by=portal, at=now)
    if passed and not referral.held_back:
        write_about_referral(session, file, LetterKind.LAW_LIMIT_MISSED, referral, by=portal, at=now)
    return bool(passed)
