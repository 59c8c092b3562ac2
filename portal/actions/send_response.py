"""A stage is answered, point by point."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import admit_lateness, open_for
from portal.domain.events import ResponseSent, Stage
from portal.domain.independence import Candidate, may_handle
from portal.domain.permissions import Action, Actor
from portal.domain.policy import SentBy
from portal.domain.refusal import Forbidden, Refused
from portal.domain.response import RESPONSE_LETTER, Response, check_response, remedy_terms
from portal.domain.saying import say
from portal.domain.second_look import may_go_as_it_is
from portal.post.letters import write_letter
from portal.post.ways import goes_by_post
from portal.records.history import CaseFile, append


def send_response(
    session: Session,
    actor: Actor,
    reference: str,
    response: Response,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Send the answer of the present stage, signed by its handler (Code 6.7, 6.9, 6.13, 6.19)."""
    file = open_for(session, actor, Action.SEND_RESPONSE, reference, version)
    _still_independent(actor, file)
    admit_lateness(session, file, now)
    check_response(file.case, response, now.date(), file.rules.policy.compensation)
    event = _event(file, response, now.date())
    _seen_by_somebody_else(actor, file, event)
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, RESPONSE_LETTER[event.stage], by=actor, at=now)
    return file


def _still_independent(actor: Actor, file: CaseFile) -> None:
    """Asked again at the end: somebody may have been named in the complaint since the assignment."""
    assert actor.user_id is not None, "only the handler may answer"
    signer = Candidate(actor.user_id, file.case.now.handler_rank, actor.roles)
    decision = may_handle(signer, file.case, file.rules, landlords.landlord(file.row.landlord))
    if not decision:
        raise Forbidden(say("You cannot answer this stage. %(why)s", why=decision.reason))


def _seen_by_somebody_else(actor: Actor, file: CaseFile, event: ResponseSent) -> None:
    """Where the landlord's file asks for it, nothing goes but what a second person approved."""
    assert actor.user_id is not None, "only the handler may answer"
    decision = may_go_as_it_is(file.case, file.rules, event, actor.user_id)
    if not decision:
        raise Refused(decision.reason)


def _event(file: CaseFile, response: Response, today: date) -> ResponseSent:
    return ResponseSent(
        stage=file.case.stage,
        sent_on=today,
        sent_by=SentBy.POST if goes_by_post(file.case) else SentBy.EMAIL,
        finding=response.finding,
        findings=tuple(answer.finding for answer in response.answers),
        remedies=remedy_terms(response),
        own_delay=response.own_delay,
        answers=response.answers,
        remedy_words=tuple(remedy.words for remedy in response.remedies),
        remedy_impacts=tuple(remedy.impact for remedy in response.remedies),
        own_delay_reason=response.own_delay_reason,
        changes_to_remedy=response.changes_to_remedy if file.case.stage is Stage.TWO else "",
    )
