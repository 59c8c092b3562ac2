"""A representative gets a secret code of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.representative_events import RepresentativeCodeIssued
from portal.records.access import store_representative_code
from portal.records.history import CaseFile, append


def issue_representative_code(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    code: str,
    identity_check: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Store it after a recorded check of who is asking; one before it is dead. It opens what the authority allows.

    An office has none: whoever left it would go on reading with a code that they noted.
    """
    file = open_for(session, actor, Action.ISSUE_REPRESENTATIVE_CODE, reference, version)
    one = with_number(file.case.representatives, number)
    if one.added.office_id is not None:
        raise Refused("Their office signs in with a code to its official address")
    if not identity_check.strip():
        raise Refused("Say how you checked who is asking", "identity_check")
    issued = RepresentativeCodeIssued(number=number, identity_check=identity_check)
    append(session, file, issued, by=actor, at=now)
    store_representative_code(session, file.row, number, code, now)
    return file
