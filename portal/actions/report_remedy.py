"""The resident says whether a promised remedy was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.feedback_events import RemedyReported
from portal.domain.messages import LONGEST, next_number
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.records.history import CaseFile, append


def report_remedy(
    session: Session, actor: Actor, reference: str, remedy: int, *, done: bool, words: str = "", now: datetime
) -> CaseFile:
    """Record it. A "no" waits for staff like a message; a "yes" completes nothing, which takes evidence (Code 7.3)."""
    file = open_for(session, actor, Action.REPORT_REMEDY, reference)
    found = next((each for each in file.case.remedies if each.number == remedy), None)
    if found is None or not found.can_be_reported(now.date()):
        raise Refused("You can tell us about this once its date has come", "which")
    if len(words) > LONGEST:
        raise Refused(say("This can have at most %(most)s characters", most=LONGEST), "words")
    said = found.reported
    if said and (said.done, said.words, said.reported_on) == (done, words, now.date()):
        return file
    event = RemedyReported(
        number=next_number(file.case.messages), remedy=remedy, done=done, reported_on=now.date(), words=words
    )
    append(session, file, event, by=actor, at=now)
    return file
