"""Whoever made an anonymous complaint has made themselves known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustments import lasting
from portal.domain.anonymous import Known, can_be_joined, check_known
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.reach_events import PersonJoined
from portal.domain.refusal import Refused
from portal.post.letters import moved, release_held_back, write_letter, write_to_old_address
from portal.records.access import store_code
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def join_person(
    session: Session,
    actor: Actor,
    reference: str,
    known: Known,
    *,
    code: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """The complaint is theirs from now on, with every date as it was, a code of their own, and a letter that says so.

    Letters that had nobody to go to are on their page. A code from before opens nothing any more. Where letters went
    somewhere else until now, that address is told.
    """
    file = open_for(session, actor, Action.JOIN_PERSON, reference, version)
    decision = can_be_joined(file.case)
    if not decision:
        raise Refused(decision.reason)
    check_known(known, file.case.received.safe_contact)
    before = file.case
    event = PersonJoined(
        joined_on=now.date(),
        reply_by=known.reply_by,
        link=known.link,
        link_from=known.link_from,
        link_until=known.link_until,
        identity_check=known.identity_check,
        person=known.person,
        safe_contact=known.safe_contact,
    )
    append(session, file, event, by=actor, at=now)
    end_links(session, file.row, now)
    store_code(session, file.row, code, now)
    remember(session, file.row, known.person, lasting=bool(lasting(file.case.adjustments)))
    release_held_back(session, file, by=actor, at=now)
    write_letter(session, file, LetterKind.PERSON_JOINED, by=actor, at=now)
    if moved(before, file.case):
        write_to_old_address(session, file, before, by=actor, at=now)
    return file
