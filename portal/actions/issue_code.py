"""A resident who has lost the secret code gets a new one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import CodeIssued
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.access import store_code
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def issue_code(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    code: str,
    identity_check: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Replace the code after a recorded check of who is asking. The old code and its sessions end at once.

    So do a link and a slip that are on their way: somebody else may hold them.
    """
    file = open_for(session, actor, Action.ISSUE_CODE, reference, version)
    if not file.case.received.person.can_be_known:
        raise Refused("Nobody is known to be its owner. Record first whom the complaint is from.")
    if not identity_check.strip():
        raise Refused("Say how you checked who is asking", "identity_check")
    end_links(session, file.row, now)
    store_code(session, file.row, code, now)
    append(session, file, CodeIssued(identity_check=identity_check), by=actor, at=now)
    return file
