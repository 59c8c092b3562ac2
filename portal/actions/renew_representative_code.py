"""Whoever acts, and holds what was sent to their contact on file, makes a new secret code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.representation import with_number
from portal.domain.representative_events import RepresentativeCodeIssued
from portal.post.letters import write_to_representative
from portal.records.access import code_opens, store_representative_code
from portal.records.history import CaseFile, append
from portal.records.links import end_links, held
from portal.records.models import Link

HOW = "Through what was sent to the contact on file."


def renew_representative_code(
    session: Session, actor: Actor, link: Link, *, code: str, now: datetime
) -> CaseFile | None:
    """Replace their code, once. The old one and its sessions end at once; the resident's, and other people's, go on.

    A second press finds the first one's code still in force and changes nothing; None where it is not, or where their
    authority is over.
    """
    file = open_for(session, actor, Action.RENEW_CODE, actor.case_reference or "")
    one, held_link = with_number(file.case.representatives, actor.representative or 0), held(session, link, at=now)
    if held_link is None or not one.scopes(now.date()):
        return None
    if held_link.used_at is not None:
        return file if code_opens(session, file.row.landlord, file.row.reference, code, now.date()) else None
    held_link.used_at = now
    end_links(session, file.row, now, representative=one.number)
    store_representative_code(session, file.row, one.number, code, now)
    append(session, file, RepresentativeCodeIssued(number=one.number, identity_check=HOW), by=actor, at=now)
    write_to_representative(session, file, LetterKind.CODE_CHANGED, one.number, by=actor, at=now)
    return file
