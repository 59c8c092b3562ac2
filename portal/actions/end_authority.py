"""Somebody acts no more for a resident: the resident stops it, they stop by themselves, or staff record it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.representative_events import AuthorityEnded
from portal.domain.representative_kinds import WhyEnded
from portal.post.letters import write_letter, write_to_representative
from portal.records.access import revoke_representative_codes
from portal.records.history import CaseFile, append

ACTIONS = {Role.RESIDENT: Action.STOP_REPRESENTATIVE, Role.REPRESENTATIVE: Action.LEAVE_REPRESENTATION}


def end_authority(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    *,
    why: WhyEnded,
    now: datetime,
    words: str = "",
    version: int | None = None,
) -> CaseFile:
    """End it: the representative's very next request is refused, and the resident's own code goes on.

    A resident gives no reason. Staff do: nobody loses a representative without one. A second press changes nothing.
    """
    action = ACTIONS.get(actor.role, Action.END_AUTHORITY)
    file = open_for(session, actor, action, reference, version)
    one = with_number(file.case.representatives, number)
    if actor.role is Role.REPRESENTATIVE and actor.representative != number:
        raise Refused("You may not stop somebody else.")
    if action is Action.END_AUTHORITY and not words.strip():
        raise Refused("Say why, and who said so", "words")
    if one.ended:
        return file
    ended = AuthorityEnded(number=number, ended_on=now.date(), why=why, words=words)
    append(session, file, ended, by=actor, at=now)
    revoke_representative_codes(session, file.row, number, now)
    if actor.role is not Role.REPRESENTATIVE:
        write_to_representative(session, file, LetterKind.REPRESENTATIVE_ENDED, number, by=actor, at=now)
    if actor.role is not Role.RESIDENT:
        write_letter(session, file, LetterKind.WHO_ACTS, by=actor, at=now)
    return file
