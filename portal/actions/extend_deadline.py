"""More time is taken for an answer, and the resident is told before the limit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import DeadlineExtended
from portal.domain.extension import Extension, check_extension, needs_good_reason
from portal.domain.owed import next_due
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_letter
from portal.records.history import CaseFile, append


def extend_deadline(
    session: Session,
    actor: Actor,
    reference: str,
    wanted: Extension,
    *,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Extend within the rules, or with a good reason and agreed updates beyond them (Code 5.9, 6.4, 6.15)."""
    file = open_for(session, actor, Action.EXTEND_DEADLINE, reference, version)
    check_extension(file.case, file.rules, wanted, now.date())
    due = next_due(file.case, file.rules)
    assert due is not None, "check_extension refuses where nothing is due"
    event = DeadlineExtended(
        stage=file.case.stage,
        told_on=now.date(),
        old_due=due.on,
        new_due=wanted.new_due,
        reason=wanted.reason,
        beyond_cap=needs_good_reason(file.case, file.rules, wanted.new_due),
        update_every_working_days=wanted.update_every_working_days,
        agreed=wanted.agreed,
        explanation=wanted.explanation,
        good_reason=wanted.good_reason,
    )
    append(session, file, event, by=actor, at=now)
    write_letter(session, file, LetterKind.EXTENSION, by=actor, at=now)
    return file
