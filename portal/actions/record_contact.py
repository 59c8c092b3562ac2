"""Somebody was spoken to about a complaint, or tried in vain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.contact_events import ContactRecorded
from portal.domain.contacts import check_contact
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def record_contact(
    session: Session,
    actor: Actor,
    reference: str,
    contact: ContactRecorded,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Put it on record. Raises `Refused` where it cannot have been so."""
    file = open_for(session, actor, Action.RECORD_CONTACT, reference, version)
    check_contact(file.case, contact, now.date())
    append(session, file, contact, by=actor, at=now)
    return file
