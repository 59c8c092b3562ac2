"""Adjustments that were agreed for all contact go on in the same person's new complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentDecided, AdjustmentRequested
from portal.domain.adjustment_kinds import Outcome
from portal.domain.adjustments import AdjustmentRecord, lasting, next_number
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.post.letters import write_letter
from portal.records.adjustments import earlier_with_adjustments, remember
from portal.records.history import CaseFile, append, open_case


def carry_adjustments(
    session: Session,
    actor: Actor,
    reference: str,
    earlier: str,
    *,
    identity_check: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """A member of staff confirms that it is the same person, and says how they know. Each keeps its review date.

    A household may share a telephone, and anybody can type an email address: that both are the same proves nothing.
    """
    file = open_for(session, actor, Action.DECIDE_ADJUSTMENT, reference, version)
    person = file.case.received.person
    if earlier not in earlier_with_adjustments(session, actor, file.row, person):
        raise Refused("That complaint has no adjustments that go on in this one")
    if not identity_check.strip():
        raise Refused("Say how you made sure that it is the same person", "identity_check")
    had = {each.carried_from for each in file.case.adjustments}
    if earlier in had:
        raise Refused("The adjustments of that complaint are in this one already")
    for each in lasting(open_case(session, earlier, actor, landlords.rules_for).case.adjustments):
        _carry(session, file, each, earlier, identity_check, actor, now)
    remember(session, file.row, person, lasting=True)
    write_letter(session, file, LetterKind.ADJUSTMENT, by=actor, at=now)
    return file


def _carry(
    session: Session,
    file: CaseFile,
    record: AdjustmentRecord,
    earlier: str,
    identity_check: str,
    actor: Actor,
    now: datetime,
) -> None:
    number = next_number(file.case.adjustments)
    asked = AdjustmentRequested(
        number=number,
        requested_on=record.requested_on,
        requested_by=record.requested_by,
        scope=record.scope,
        carried_from=earlier,
        adjustment=record.adjustment,
        print_size=record.print_size,
        detail=record.detail,
        interpreting=record.interpreting,
        confirmed=identity_check,
    )
    agreed = AdjustmentDecided(
        number=number,
        outcome=Outcome.AGREED,
        scope=record.scope,
        decided_on=now.date(),
        told_on=now.date(),
        starts_on=now.date(),
        review_on=record.review_on,
        adjustment=record.adjustment,
        print_size=record.print_size,
    )
    append(session, file, asked, by=actor, at=now)
    append(session, file, agreed, by=actor, at=now)
