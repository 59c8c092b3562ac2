"""How every action begins: the case, locked, for somebody who may do this to it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, open_case


def open_for(session: Session, actor: Actor, action: Action, reference: str, version: int | None = None) -> CaseFile:
    """The case, ready to be changed.

    Raises `NotFound` where the actor may not know of it, `StaleVersion` where it has changed since
    `version`, and `Refused` where the actor may see it but not do this.
    """
    file = open_case(session, reference, actor, landlords.rules_for, for_update=True, version=version)
    decision = may(actor, action, file.case)
    if not decision:
        raise Refused(decision.reason)
    return file
