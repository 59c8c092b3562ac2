"""Whoever holds what was sent to the contact on file makes a new access code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import CodeIssued
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_letter
from portal.records.access import code_opens, store_code
from portal.records.history import CaseFile, append
from portal.records.links import end_links, held
from portal.records.models import Link

HOW = "Through what was sent to the contact on file."


def renew_code(session: Session, actor: Actor, link: Link, *, code: str, now: datetime) -> CaseFile | None:
    """Replace the code, once. The old code and its sessions end at once, and its owner is told by letter.

    A second press finds the first one's code still in force and changes nothing; None where it is not.
    """
    file = open_for(session, actor, Action.RENEW_CODE, actor.case_reference or "")
    held_link = held(session, link, at=now)
    if held_link is None:
        return None  # a code from staff, or another link, came first
    if held_link.used_at is not None:
        return file if code_opens(session, file.row.landlord, file.row.reference, code, now.date()) else None
    held_link.used_at = now
    end_links(session, file.row, now)
    store_code(session, file.row, code, now)
    append(session, file, CodeIssued(identity_check=HOW), by=actor, at=now)
    write_letter(session, file, LetterKind.CODE_CHANGED, by=actor, at=now)
    return file
