"""A member of a group who has lost their secret code gets a new one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group import with_number
from portal.domain.group_events import MemberCodeIssued
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.access import store_member_code
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def issue_member_code(
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
    """Replace their code after a recorded check of who is asking."""
    file = open_for(session, actor, Action.RECORD_GROUP, reference, version)
    with_number(file.case.group, number)
    if not identity_check.strip():
        raise Refused("Say how you checked who is asking", "identity_check")
    issued = MemberCodeIssued(number=number, identity_check=identity_check)
    append(session, file, issued, by=actor, at=now)
    store_member_code(session, file.row, number, code, now)
    end_links(session, file.row, now, member=number)
    return file
