"""Which event is lawful when.

One small table. The stage is part of the position, not a copy of the machine: what is true of
stage 1 is true of stage 2. Events that are not in `MOVES` (notes, letters, assignments,
remedies, missed limits) do not move a case, so no status can forbid them by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain import events
from portal.domain.adjustment_events import AdjustmentApplied, AdjustmentSetAside
from portal.domain.check_events import AboutChecks
from portal.domain.contact_events import LetterHandedOver
from portal.domain.events import Event, Stage
from portal.domain.evidence_events import EvidenceChecked
from portal.domain.interest_events import AboutInterests
from portal.domain.joining_events import ComplaintJoined, ComplaintTakenIn, JoiningUndone
from portal.domain.linking_events import LinkEnded
from portal.domain.mail_events import MailFiled
from portal.domain.ombudsman_events import Direction, OmbudsmanDirected
from portal.domain.pack_events import PackMade
from portal.domain.reach_events import ResidentCalled
from portal.domain.referral_events import LawLimitMissed, ReferralMoved
from portal.domain.refusal import Refused
from portal.domain.remedy_events import PaymentMoved, RemedyOverdue
from portal.domain.representative_events import AuthorityEnded, AuthorityRecorded, LetterCopied
from portal.domain.restriction_events import (
    ContactAppealDecided,
    ContactRestrictionAppealed,
    ContactRestrictionReviewed,
)
from portal.domain.saying import say
from portal.domain.too_late import NO_ANSWER_TO_CHECK, NOTHING_OWED, STAGE_HAS_ENDED
from portal.domain.triage_events import ComplaintTriaged
from portal.domain.update_events import UpdatesAgreed


class Status(StrEnum):
    """Where a complaint stands within its stage."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    JOINED = "joined"


AWAITING_US = frozenset({Status.RECEIVED, Status.ACKNOWLEDGED})
"""The landlord owes the resident something by a date."""


@dataclass(frozen=True, slots=True)
class Position:
    """A stage and the status within it; of a complaint that was joined to another, the status that it comes back to."""

    stage: Stage
    status: Status
    before_joining: Status | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """From which statuses an event is lawful, where it leads, and the words when it is not."""

    before: frozenset[Status]
    after: Status
    otherwise: str


MOVES: Mapping[type[Event], Move] = {
    events.ComplaintAcknowledged: Move(
        frozenset({Status.RECEIVED}), Status.ACKNOWLEDGED, "This stage has already been acknowledged."
    ),
    events.ComplaintDeclined: Move(
        AWAITING_US, Status.DECLINED, "Only a complaint that has not been answered can be declined."
    ),
    events.ResponseSent: Move(
        frozenset({Status.ACKNOWLEDGED}),
        Status.RESPONDED,
        "Acknowledge the complaint before you answer it, and answer each stage once.",
    ),
    events.ComplaintWithdrawn: Move(
        AWAITING_US | {Status.RESPONDED}, Status.WITHDRAWN, "This complaint has already ended."
    ),
    events.ComplaintClosed: Move(
        frozenset({Status.RESPONDED}), Status.CLOSED, "Only a complaint that has been answered can be closed."
    ),
    events.EscalationRequested: Move(
        # RECEIVED and ACKNOWLEDGED: only where stage 1 is late; `request_escalation` asks the policy.
        AWAITING_US | {Status.RESPONDED, Status.CLOSED},
        Status.RECEIVED,
        "This complaint cannot go to stage 2 now.",
    ),
    ComplaintJoined: Move(
        AWAITING_US, Status.JOINED, "Only a complaint that waits for our answer can be joined to another."
    ),
}

DIRECTED: Mapping[Direction, Mapping[Position, Position]] = {
    Direction.ACCEPT: {Position(Stage.ONE, Status.DECLINED): Position(Stage.ONE, Status.RECEIVED)},
    Direction.STAGE_2: {
        each: Position(Stage.TWO, Status.RECEIVED)
        for each in (
            Position(Stage.ONE, Status.RESPONDED),
            Position(Stage.ONE, Status.CLOSED),
            Position(Stage.TWO, Status.DECLINED),
        )
    },
    Direction.ANSWER: {each: each for stage in Stage for each in (Position(stage, status) for status in AWAITING_US)},
}
"""Where the Ombudsman can send a complaint, and from where (Code 2.4, 5.11)."""

STILL_HAPPENS = frozenset(
    {
        JoiningUndone,
        LinkEnded,
        events.LetterWritten,
        LetterCopied,
        ResidentCalled,
        AdjustmentApplied,
        AdjustmentSetAside,
        EvidenceChecked,
        ReferralMoved,
        LawLimitMissed,
        events.RemedyCompleted,
        RemedyOverdue,
        PaymentMoved,
        ContactRestrictionReviewed,
        ContactRestrictionAppealed,
        ContactAppealDecided,
        AuthorityRecorded,
        AuthorityEnded,
        LetterHandedOver,
        MailFiled,
        PackMade,
    }
)
"""What can happen to a complaint while it is joined to another: everything else happens to that one."""

GOES_ON_ELSEWHERE = say("This complaint was joined to another, and goes on there.")

ONLY_BEFORE_AN_ANSWER = say("Complaints can be joined only before the stage 1 answer.")
ONLY_WHEN_ACKNOWLEDGED = say("More time can be taken only between the acknowledgement and the answer.")


def position_after(position: Position | None, event: Event) -> Position:
    """Where `event` leads from `position`; `Refused` where it is unlawful there.

    `position` is None before the complaint has been received.
    """
    if isinstance(event, events.ComplaintReceived):
        if position is not None:
            raise Refused("This complaint has already been received.")
        return Position(Stage.ONE, Status.RECEIVED)
    if position is None:
        raise Refused("Nothing can happen to a complaint before it is received.")
    _right_stage(position, event)
    if position.status is Status.JOINED and type(event) not in STILL_HAPPENS:
        raise Refused(GOES_ON_ELSEWHERE)
    if isinstance(event, JoiningUndone):
        return _back(position)
    if isinstance(event, OmbudsmanDirected):
        return _directed(position, event)
    move = MOVES.get(type(event))
    if move is None:
        return position
    if position.status not in move.before:
        raise Refused(move.otherwise)
    if move.after is Status.JOINED:
        return Position(position.stage, move.after, before_joining=position.status)
    stage = Stage.TWO if isinstance(event, events.EscalationRequested) else position.stage
    return Position(stage, move.after)


def _directed(position: Position, event: OmbudsmanDirected) -> Position:
    leads = DIRECTED[event.direction].get(position)
    if leads is None:
        raise Refused("The Ombudsman cannot have told us to do this with the complaint where it stands.")
    return leads


def _back(position: Position) -> Position:
    if position.before_joining is None:
        raise Refused("This complaint is not joined to another.")
    return Position(position.stage, position.before_joining)


def _right_stage(position: Position, event: Event) -> None:
    stage = getattr(event, "stage", position.stage)
    if stage is not position.stage:
        raise Refused(say("This complaint is at stage %(stage)s.", stage=str(position.stage)))
    if isinstance(event, events.EscalationRequested) and position.stage is Stage.TWO:
        raise Refused("This complaint is already at stage 2, which is the last stage.")
    if isinstance(event, events.DeadlineExtended) and position.status is not Status.ACKNOWLEDGED:
        raise Refused(ONLY_WHEN_ACKNOWLEDGED)
    if isinstance(event, events.HandlerAssigned) and position.status not in AWAITING_US:
        raise Refused("This stage has ended: nobody can be assigned to it now.")
    if isinstance(event, ComplaintTriaged | UpdatesAgreed) and position.status not in AWAITING_US:
        raise Refused(NOTHING_OWED)
    if isinstance(event, AboutChecks) and position.status is not Status.ACKNOWLEDGED:
        raise Refused(NO_ANSWER_TO_CHECK)
    if isinstance(event, AboutInterests) and position.status not in AWAITING_US:
        raise Refused(STAGE_HAS_ENDED)
    if isinstance(event, ComplaintTakenIn | ComplaintJoined) and position.stage is Stage.TWO:
        raise Refused(ONLY_BEFORE_AN_ANSWER)
    if isinstance(event, ComplaintTakenIn) and position.status not in AWAITING_US:
        raise Refused(ONLY_BEFORE_AN_ANSWER)
