"""Money that was offered is followed until it is paid."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.remedies import check_payment, one
from portal.domain.remedy_events import PaymentMoved
from portal.domain.remedy_kinds import PaymentMethod, PaymentStep
from portal.records.history import CaseFile, append


def follow_payment(
    session: Session,
    actor: Actor,
    reference: str,
    numbers: Collection[int],
    *,
    step: PaymentStep,
    happened_on: date,
    method: PaymentMethod | None = None,
    words: str = "",
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record the step for each of these remedies: one payment may be for several heads. All of them or none."""
    file = open_for(session, actor, Action.FOLLOW_PAYMENT, reference, version)
    if not numbers:
        raise Refused("Choose which money it is about", "which")
    for number in sorted(set(numbers)):
        moved = PaymentMoved(number=number, step=step, on=happened_on, method=method, words=words)
        check_payment(one(file.case.remedies, number), moved, now.date())
        append(session, file, moved, by=actor, at=now)
    return file
