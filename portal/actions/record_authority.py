"""A member of staff records what a representative may do, on which evidence or ground."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import (
    BY_THE_RESIDENT,
    STOPPED,
    NewAuthority,
    authority_of,
    check_authority,
    with_number,
)
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def record_authority(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    wanted: NewAuthority,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record it. It takes the place of an earlier authority of the same representative."""
    file = open_for(session, actor, Action.RECORD_AUTHORITY, reference, version)
    one = with_number(file.case.representatives, number)
    if wanted.evidence in BY_THE_RESIDENT:
        raise Refused("Only the resident can do this. Record the call or the paper instead", "evidence")
    if one.ended and one.ended.why in STOPPED:
        raise Refused("The resident stopped them. Only the resident can let them act again", "evidence")
    if not wanted.words.strip():
        raise Refused("Say what you were told or shown, and how you know who it is from", "words")
    if wanted.evidence_id and wanted.evidence_id not in {str(each.id) for each in file.case.authority_papers(number)}:
        raise Refused("This file does not show that they may act. Add it as what shows it first", "paper")
    event = authority_of(one, wanted, now.date())
    check_authority(one, event)
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, LetterKind.WHO_ACTS, by=actor, at=now)
    return file
