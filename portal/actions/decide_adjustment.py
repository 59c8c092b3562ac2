"""A request for an adjustment is agreed, agreed in another way, or declined; the resident is told in a letter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentDecided
from portal.domain.adjustment_kinds import Adjustment, Outcome
from portal.domain.adjustments import Ruling, check_ruling, lasting, one, review_day
from portal.domain.folding import as_reader
from portal.domain.group import with_number
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.post.letters import write_letter, write_to_member
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append, forget_conditions


def decide_adjustment(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    ruling: Ruling,
    *,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Decide and tell in one. To decline needs a reason and an alternative; the letter names the next rights.

    `member`: it is what the member of the group with this number asked for, and they alone are told.

    Where all is declined, what was told about anybody's health is erased.
    """
    file = open_for(session, actor, Action.DECIDE_ADJUSTMENT, reference, version)
    record, today = one(as_reader(file.case, member).adjustments, number), now.date()
    check_ruling(record, ruling, today)
    holds = ruling.outcome is not Outcome.DECLINED
    event = AdjustmentDecided(
        number=number,
        member=member,
        outcome=ruling.outcome,
        scope=ruling.scope,
        decided_on=today,
        told_on=today,
        starts_on=(ruling.starts_on or today) if holds else None,
        review_on=(ruling.review_on or review_day(today)) if holds else None,
        adjustment=ruling.adjustment if holds else record.adjustment,
        print_size=ruling.print_size if ruling.adjustment is Adjustment.LARGE_PRINT else None,
        reason=ruling.reason,
        alternative=ruling.alternative,
    )
    append(session, file, event, by=actor, at=now)
    if member is not None:
        write_to_member(session, file, LetterKind.ADJUSTMENT, with_number(file.case.group, member), by=actor, at=now)
        return file
    remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
    write_letter(session, file, LetterKind.ADJUSTMENT, by=actor, at=now)
    forget_conditions(session, file, at=now)
    return file
