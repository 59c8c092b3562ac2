"""The portal itself notices, on the day after, that a limit has passed, and tells the resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.case import missed_limits
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Key, LetterKind
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append, open_case
from portal.records.queries import overdue_references


def notice_missed_limits(session: Session, landlord: str, *, now: datetime) -> int:
    """How many cases have a limit newly on record as missed. Doing it again changes nothing."""
    portal = Actor(role=Role.SYSTEM, landlord=landlord)
    references = overdue_references(session, landlord, now.date())
    return sum(_notice(session, portal, reference, now) for reference in references)


def _notice(session: Session, portal: Actor, reference: str, now: datetime) -> bool:
    file = open_case(session, reference, portal, landlords.rules_for, for_update=True)
    missed = missed_limits(file.case, file.rules, now.date())
    for each in missed:
        first = not _on_record(file, each.key)
        append(session, file, each, by=portal, at=now)
        if first:
            write_letter(session, file, LetterKind.LIMIT_MISSED, by=portal, at=now)
    return bool(missed)


def _on_record(file: CaseFile, key: Key) -> bool:
    """Whether this answer is already known to be late, on the other basis: one letter is enough."""
    return any(known == key for known, _ in file.case.missed)
