"""The portal itself notices, on the day after, that a limit has passed, and tells the resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.owed import missed_limits
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Key, LetterKind
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append, open_case


def notice_missed_limit(session: Session, landlord: str, reference: str, *, now: datetime) -> bool:
    """Whether a limit of this case is newly on record as missed. Doing it again changes nothing.

    One case to a unit of work: a case that cannot be written to then stands in no other's way, and
    nobody waits for a case while holding the end of the chain.
    """
    portal = Actor(role=Role.SYSTEM, landlord=landlord)
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
