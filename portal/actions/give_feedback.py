"""The resident tells how it went, once the complaint has ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.feedback_events import FeedbackGiven, Rating
from portal.domain.messages import LONGEST
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.records.history import CaseFile, append


def give_feedback(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    easy: Rating | None,
    listened: Rating | None,
    words: str = "",
    now: datetime,
) -> CaseFile:
    """Record it once. Every question may be left out, but not all of them."""
    file = open_for(session, actor, Action.GIVE_FEEDBACK, reference)
    if not file.case.has_ended:
        raise Refused("You can tell us how it went once your complaint has ended")
    if file.case.feedback:
        raise Refused("You have told us already. Thank you")
    if easy is None and listened is None and not words.strip():
        raise Refused("Answer one of the questions, or write something", "easy")
    if len(words) > LONGEST:
        raise Refused(say("This can have at most %(most)s characters", most=LONGEST), "words")
    event = FeedbackGiven(given_on=now.date(), easy=easy, listened=listened, words=words)
    append(session, file, event, by=actor, at=now)
    return file
