"""The portal itself notices that something promised was not done by its date, and tells whoever owns it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.actors import Role
from portal.domain.permissions import Actor
from portal.domain.remedies import Remedy, to_tell
from portal.domain.remedy_events import RemedyOverdue
from portal.records import staff
from portal.records.accounts import User
from portal.records.history import append, open_case

ABOUT = "remedy_overdue"
"""What the email to its owner is about. It names no complaint: an inbox may be read by others."""


def notice_overdue_remedy(session: Session, landlord: str, reference: str, *, secret_key: str, now: datetime) -> bool:
    """Whether one is newly on record as overdue. Its owner is told once for each, and again if it is opened again."""
    portal = Actor(role=Role.SYSTEM, landlord=landlord)
    file = open_case(session, reference, portal, landlords.rules_for, for_update=True)
    late = to_tell(file.case.remedies, now.date())
    for each in late:
        assert each.terms.due is not None, "what has no date is never overdue"
        append(session, file, RemedyOverdue(number=each.number, due=each.terms.due), by=portal, at=now)
    told = {user.id: user for each in late for user in _owners(session, landlord, each)}
    for user in told.values():
        staff.tell(session, secret_key, user, ABOUT, at=now)
    return bool(late)


def _owners(session: Session, landlord: str, remedy: Remedy) -> Sequence[User]:
    """Whoever owns it, or else the complaints officers: it must not wait for somebody who has left."""
    owner = staff.member(session, landlord, remedy.terms.owner_id) if remedy.terms.owner_id else None
    return [owner] if owner and owner.active else staff.holders(session, landlord, Role.LEAD)
