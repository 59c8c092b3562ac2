"""Somebody acts no more for a resident: the resident stops it, they stop by themselves, or staff record it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.joined import one_of
from portal.domain.permissions import Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import with_number
from portal.domain.representative_events import AuthorityEnded
from portal.domain.representative_kinds import WhyEnded
from portal.post.letters import write_letter, write_to_representative
from portal.records.access import revoke_representative_codes
from portal.records.history import CaseFile, append, open_case

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
    if file.case.joined_into:
        _end_where_it_goes_on(session, file, ended, by=actor, at=now)
        return file
    if actor.role is not Role.REPRESENTATIVE:
        write_to_representative(session, file, LetterKind.REPRESENTATIVE_ENDED, number, by=actor, at=now)
    if actor.role is not Role.RESIDENT:
        write_letter(session, file, LetterKind.WHO_ACTS, by=actor, at=now)
    return file


def _end_where_it_goes_on(session: Session, file: CaseFile, ended: AuthorityEnded, *, by: Actor, at: datetime) -> None:
    """Whoever is stopped in a complaint that was joined to another acts in that one no more either."""
    portal = Actor(Role.SYSTEM, landlord=file.row.landlord)
    into = file.case.joined_into.into_reference if file.case.joined_into else ""
    kept = open_case(session, into, portal, landlords.rules_for, for_update=True)
    number = one_of(kept.case.taken_in, file.row.reference).representatives[ended.number - 1]
    if with_number(kept.case.representatives, number).ended:
        return
    here = replace(ended, number=number)
    append(session, kept, here, by=by, at=at)
    revoke_representative_codes(session, kept.row, number, at)
    if kept.case.joined_into:
        _end_where_it_goes_on(session, kept, here, by=by, at=at)
    else:
        write_to_representative(session, kept, LetterKind.REPRESENTATIVE_ENDED, number, by=by, at=at)
