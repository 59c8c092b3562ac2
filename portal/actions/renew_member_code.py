"""A member of a group who holds what was sent to their contact on file makes a new secret code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group import with_number
from portal.domain.group_events import MemberCodeIssued
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_to_member
from portal.records.access import code_opens, store_member_code
from portal.records.history import CaseFile, append
from portal.records.links import end_links, held
from portal.records.models import Link

HOW = "Through what was sent to the contact on file."


def renew_member_code(session: Session, actor: Actor, link: Link, *, code: str, now: datetime) -> CaseFile | None:
    """Replace their code, once. The old one and its sessions end at once, and they alone are told by letter.

    A second press finds the first one's code still in force and changes nothing; None where it is not.
    """
    file = open_for(session, actor, Action.RENEW_MEMBER_CODE, actor.case_reference or "")
    member, held_link = with_number(file.case.group, actor.member), held(session, link, at=now)
    if held_link is None or member.left:
        return None
    if held_link.used_at is not None:
        return file if code_opens(session, file.row.landlord, file.row.reference, code, now.date()) else None
    held_link.used_at = now
    end_links(session, file.row, now, member=member.number)
    store_member_code(session, file.row, member.number, code, now)
    append(session, file, MemberCodeIssued(number=member.number, identity_check=HOW), by=actor, at=now)
    write_to_member(session, file, LetterKind.CODE_CHANGED, member, by=actor, at=now)
    return file
