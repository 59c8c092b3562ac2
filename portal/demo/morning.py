"""What the worker does each morning, in one unit of work: nobody else writes while a demonstration is played."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.notice_law_limit import notice_law_limit
from portal.actions.notice_missed_limit import notice_missed_limit
from portal.actions.notice_overdue_remedy import notice_overdue_remedy
from portal.records.queries import late_by_law, late_remedies, overdue_references


def notice_overdue(session: Session, landlord: str, now: datetime) -> None:
    """Put every limit of the landlord that has passed by `now` on record."""
    for reference in overdue_references(session, landlord, now.date()):
        notice_missed_limit(session, landlord, reference, now=now)
    notice_late_by_law(session, landlord, now)


def notice_late_by_law(session: Session, landlord: str, now: datetime) -> None:
    """The same of what was passed on, by the dates of the law, and of what was promised."""
    for whose, reference in late_by_law(session, now):
        if whose == landlord:
            notice_law_limit(session, landlord, reference, now=now)
    notice_late_remedies(session, landlord, now)


def notice_late_remedies(session: Session, landlord: str, now: datetime) -> None:
    """The same of what was promised. The links in these emails open nothing, so that any key will do."""
    for reference in late_remedies(session, landlord, now.date()):
        notice_overdue_remedy(session, landlord, reference, secret_key=secrets.token_hex(), now=now)


def notice_news(session: Session, landlord: str, now: datetime, known: frozenset[str]) -> frozenset[str]:
    """The same, but only if a complaint is late that is not among those `known` to be; returns all late now."""
    overdue = frozenset(overdue_references(session, landlord, now.date()))
    if overdue - known:
        notice_overdue(session, landlord, now)
    else:
        notice_late_by_law(session, landlord, now)
    return overdue
