"""Somebody becomes the handler of the present stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.events import HandlerAssigned
from portal.domain.independence import Candidate, has_declared, may_handle
from portal.domain.interest_events import InterestsDeclared
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Forbidden, Refused
from portal.domain.saying import say
from portal.records.history import CaseFile, append
from portal.records.queries import handler


def assign_handler(
    session: Session,
    actor: Actor,
    reference: str,
    handler_id: int,
    *,
    no_conflict: bool,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Assign the stage, if that person may handle it and was asked for conflicts of interest (Code 5.8, 6.13).

    They say so themselves before their first work, with `declare_interests`; whoever takes it on says so with this.
    """
    file = open_for(session, actor, Action.ASSIGN_HANDLER, reference, version)
    chosen = handler(session, file.row.landlord, handler_id)
    if chosen is None:
        raise Refused("Choose a person from the list", "handler_id")
    landlord = landlords.landlord(file.row.landlord)
    decision = may_handle(Candidate(chosen.id, chosen.rank, chosen.all_roles), file.case, file.rules, landlord)
    if not decision:
        raise Forbidden(
            say("%(name)s cannot handle this stage. %(why)s", name=chosen.name, why=decision.reason), "handler_id"
        )
    if not no_conflict:
        raise Refused("Confirm that this person has no conflict of interest (Code 5.8)", "no_conflict")
    stage = file.case.stage
    append(session, file, HandlerAssigned(stage=stage, handler_id=chosen.id, rank=chosen.rank), by=actor, at=now)
    if chosen.id == actor.user_id and not has_declared(file.case):
        append(session, file, InterestsDeclared(stage=stage, user_id=chosen.id, conflict=None), by=actor, at=now)
    return file
