"""Cases for tests of rules: folded from events alone, with no database behind them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from portal import landlords
from portal.domain.case import Case, Rules
from portal.domain.events import (
    ComplaintAcknowledged,
    ComplaintReceived,
    EscalationRequested,
    Event,
    Finding,
    HandlerAssigned,
    Link,
    PointAnswer,
    Recorded,
    ReplyBy,
    ResponseSent,
    Stage,
)
from portal.domain.folding import fold
from portal.domain.permissions import Role
from portal.domain.policy import SentBy

REFERENCE = "H4KM-72QT"
SOME_TIME = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def case_of(*events: Event, landlord: str = "ids") -> Case:
    """The case that these events make, in this order."""
    recorded = (
        Recorded(number=number, at=SOME_TIME, by_role=Role.LEAD, by_id=1, event=event)
        for number, event in enumerate(events, start=1)
    )
    return fold(REFERENCE, landlord, recorded)


def rules_of(landlord: str, received: date) -> Rules:
    """The landlord's policy on that day, the Code, and the landlord's calendar."""
    return Rules(landlords.policy_for(landlord, received), landlords.the_code(), landlords.calendar_for(landlord))


def received(on: date, **more: Any) -> ComplaintReceived:
    told = {"channel": "online", "link": Link.TENANT, "reply_by": ReplyBy.EMAIL, "what_happened": "The roof leaks."}
    return ComplaintReceived(received_on=on, **{**told, **more})


def acknowledged(on: date, stage: Stage = Stage.ONE, points: tuple[str, ...] = ("The roof leaks",)) -> Event:
    return ComplaintAcknowledged(
        stage=stage,
        acknowledged_on=on,
        point_count=len(points),
        points=points,
        outcomes=("A dry ceiling",),
        responsible_for=("The roof",),
    )


def assigned(handler_id: int, rank: str | None = None, stage: Stage = Stage.ONE) -> Event:
    return HandlerAssigned(stage=stage, handler_id=handler_id, rank=rank)


def answered(on: date, stage: Stage = Stage.ONE, sent_by: SentBy = SentBy.EMAIL) -> Event:
    return ResponseSent(
        stage=stage,
        sent_on=on,
        sent_by=sent_by,
        finding=Finding.UPHELD,
        findings=(Finding.UPHELD,),
        answers=(PointAnswer(point="The roof leaks", finding=Finding.UPHELD, reasons="We were slow."),),
    )


def escalated(on: date) -> Event:
    return EscalationRequested(requested_on=on, channel="online")
