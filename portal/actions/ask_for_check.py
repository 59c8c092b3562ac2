"""A handler asks somebody else to read the answer before it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.check_events import CheckAsked
from portal.domain.lifecycle import Status
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.response import Response, check_response, remedy_terms
from portal.domain.too_late import NO_ANSWER_TO_CHECK
from portal.records.history import CaseFile, append


def ask_for_check(
    session: Session,
    actor: Actor,
    reference: str,
    response: Response,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Keep the whole answer as it is, for `decide_check`. What was shown before is overtaken."""
    file = open_for(session, actor, Action.ASK_FOR_CHECK, reference, version)
    assert actor.user_id is not None, "only the handler may ask"
    if file.case.status is not Status.ACKNOWLEDGED:
        raise Refused(NO_ANSWER_TO_CHECK)
    check_response(file.case, response, now.date(), file.rules.policy.compensation)
    event = CheckAsked(
        stage=file.case.stage,
        asked_by=actor.user_id,
        findings=tuple(each.finding for each in response.answers),
        remedies=remedy_terms(response),
        own_delay=response.own_delay,
        answers=response.answers,
        remedy_words=tuple(each.words for each in response.remedies),
        remedy_impacts=tuple(each.impact for each in response.remedies),
        own_delay_reason=response.own_delay_reason,
        changes_to_remedy=response.changes_to_remedy,
    )
    append(session, file, event, by=actor, at=now)
    return file
