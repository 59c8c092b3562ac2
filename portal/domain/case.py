"""A case is its events: the facts, folded from what happened, and nothing that was not recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from portal.domain import (
    calendar_events,
    events,
    joining_events,
    linking_events,
    ombudsman,
    referral_events,
    representation,
    restrictions,
)
from portal.domain import group as groups
from portal.domain.adjustment_events import ConditionTold
from portal.domain.adjustments import AdjustmentRecord
from portal.domain.building_safety import SafetyRisk, same_building
from portal.domain.checked import Checks, latest
from portal.domain.events import Flag, Stage
from portal.domain.evidence import Evidence
from portal.domain.feedback_events import FeedbackGiven
from portal.domain.interests import NOTHING_SAID, Interests
from portal.domain.lifecycle import AWAITING_US, Position, Status
from portal.domain.message_events import MessageSent
from portal.domain.messages import FromUs, Message
from portal.domain.policy import Basis, Happening, Key, Policy, StageTerms
from portal.domain.reach_events import ContactChanged, PersonJoined
from portal.domain.referrals import Referral
from portal.domain.remedies import Remedy
from portal.domain.routes import Route
from portal.domain.triage import NOT_TRIAGED, Triage, triage_flags
from portal.domain.update_interval import Interval
from portal.domain.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Rules:
    """What a case is judged by: the policy in force when it was received, the Code, the calendar."""

    policy: Policy
    code: Policy
    calendar: Calendar

    def terms_at(self, stage: Stage) -> StageTerms:
        """What the policy says of a stage."""
        return self.policy.stage_1 if stage is Stage.ONE else self.policy.stage_2

    def code_terms_at(self, stage: Stage) -> StageTerms:
        """What the Code says of it."""
        return self.code.stage_1 if stage is Stage.ONE else self.code.stage_2


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRecord:
    """What happened at one stage. `started_on` is day 0: received, or asked for."""

    stage: Stage
    started_on: date
    channel: str
    handler_id: int | None = None
    handler_rank: str | None = None
    handlers: tuple[int, ...] = ()
    acknowledged: events.ComplaintAcknowledged | None = None
    told_on: date | None = None
    """When that could go to the resident: later than it was written where how they are reached had to be checked."""
    extensions: tuple[events.DeadlineExtended, ...] = ()
    response: events.ResponseSent | None = None
    declined: events.ComplaintDeclined | None = None
    directed: bool = False
    """Whether it was the Ombudsman who opened it, or opened it again."""
    letters_before: int = 0
    """How many letters had been written when they did."""
    held_to: Mapping[str, date] = field(default_factory=dict)
    """Until when the answer to each complaint was due that was joined to this one, or told of its matter first, since
    the latest extension."""

    def answer_due(self, counted: date) -> date:
        """The last day for the answer, where `counted` is what the limit gives: no later than any of those days."""
        return min(self.extended_to or counted, *self.held_to.values(), date.max)

    @property
    def extended_to(self) -> date | None:
        """The date of the latest extension, where there is one."""
        return self.extensions[-1].new_due if self.extensions else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A complaint with all that has happened to it."""

    reference: str
    landlord: str
    position: Position
    received: events.ComplaintReceived
    stages: Mapping[Stage, StageRecord]
    escalation: events.EscalationRequested | None = None
    named_staff: tuple[int, ...] = ()
    interests: Interests = NOTHING_SAID
    checks: Checks = ()
    triage: Triage = NOT_TRIAGED
    interval: Interval | None = None
    told_on: date | None = None
    """When the resident last heard from us how it stands."""
    remedies: tuple[Remedy, ...] = ()
    missed: Mapping[tuple[Key, Basis], date]
    letters: tuple[events.LetterWritten, ...] = ()
    withdrawn: events.ComplaintWithdrawn | None = None
    closed: events.ComplaintClosed | None = None
    adjustments: tuple[AdjustmentRecord, ...] = ()
    conditions: tuple[ConditionTold, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    messages: tuple[Message, ...] = ()
    last_from_us: FromUs | None = None
    """What we wrote to the resident last."""
    last_to_representative: MessageSent | None = None
    contact_changed: ContactChanged | None = None
    contact_to_check: bool = False
    """Whether somebody else said how the resident is reached, and nobody has checked it."""
    joined: PersonJoined | None = None
    taken_in: tuple[joining_events.ComplaintTakenIn, ...] = ()
    """The complaints about the same matter that go on in this one."""
    joined_into: joining_events.ComplaintJoined | None = None
    links: tuple[linking_events.ComplaintLinked, ...] = ()
    """The complaints that it has to do with, and that go on beside it."""
    moved_by_joining: bool = False
    """Whether it was by that, and not by the resident with their code, that how they are reached changed last."""
    ombudsman: ombudsman.OmbudsmanCase | None = None
    group: groups.Group | None = None
    for_member: int | None = None
    led_since: int = 0
    """Of a group whose lead has changed: the number of the event since which whoever leads now does."""
    lead_changed: groups.AboutLead | None = None
    feedback: FeedbackGiven | None = None
    representatives: representation.Representatives = ()
    relied_on: frozenset[str] = frozenset()
    """The papers on which an authority was recorded: nobody takes them back."""
    referrals: tuple[Referral, ...] = ()
    last_referral: int | None = None
    linked_requests: tuple[str, ...] = ()
    safety: referral_events.BuildingSafetyJudged | None = None
    kept_for_safety: bool = False
    area: str | None = None
    holidays: tuple[calendar_events.BankHolidayAdded, ...] = ()
    """Those that came after it was told a date, which is kept to."""
    restricted_to: tuple[int, ...] | None = None
    """Who may see it beside complaints officers and its handler; None where it is not restricted."""
    contact_restrictions: restrictions.Restrictions = ()
    last_restriction: int | None = None
    """The number of the restriction on contact about which something happened last."""

    @property
    def stage(self) -> Stage:
        return self.position.stage

    @property
    def status(self) -> Status:
        return self.position.status

    @property
    def now(self) -> StageRecord:
        """The record of the present stage."""
        return self.stages[self.stage]

    @property
    def handler_id(self) -> int | None:
        """Who handles the present stage."""
        return self.now.handler_id

    def kept_to(self, key: Key, due: date) -> date:
        """The last day for what `key` names, where `due` is what is counted: never later than we had told."""
        return calendar_events.kept_to(self.holidays, key, due)

    @property
    def is_open(self) -> bool:
        """Whether the landlord owes the resident an answer."""
        return self.status in AWAITING_US

    @property
    def has_ended(self) -> bool:
        """Whether we have nothing more to say: declined, withdrawn, closed, or finally answered."""
        finally_answered = self.position == Position(Stage.TWO, Status.RESPONDED)
        return finally_answered or self.status in ENDED

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What somebody has to weigh, of the complaint and of the request for stage 2."""
        told = self.received.flags + (self.escalation.flags if self.escalation else ())
        told += tuple(flag for each in self.taken_in for flag in each.flags)
        found = [Flag.HAZARD for each in self.referrals if each.route is Route.HAZARD and each.is_open]
        found += [Flag.LAW_DATE_MISSED for each in self.referrals if each.is_late]
        passed_on = any(each.route is Route.HAZARD for each in self.referrals)
        found += triage_flags(self.triage, is_open=self.is_open, hazard_passed_on=passed_on)
        if self.answer_to_check:
            found.append(Flag.ANSWER_TO_CHECK)
        if self.is_without_lead:
            found.append(Flag.GROUP_WITHOUT_LEAD)
        if self.safety and self.safety.relevant and self.safety.risk:
            found.append(SAFETY_FLAGS[self.safety.risk])
        return tuple(dict.fromkeys((*told, *found)))

    @property
    def tied_staff(self) -> frozenset[int]:
        """Who declared a conflict of interest, here or in a complaint that was joined to this one."""
        elsewhere = (user_id for each in self.taken_in for user_id in each.tied_staff)
        return frozenset((*elsewhere, *(each.user_id for each in self.interests.conflicts)))

    @property
    def answer_to_check(self) -> bool:
        """Whether an answer waits for a second pair of eyes."""
        check = latest(self.checks, self.stage)
        return self.status is Status.ACKNOWLEDGED and check is not None and not check.decided

    @property
    def is_relevant(self) -> bool:
        """Whether it is a relevant complaint about a tall building (Building Safety Act 2022, section 93)."""
        return self.safety is not None and self.safety.relevant

    @property
    def safety_building(self) -> str | None:
        """The building that a relevant complaint is or was about, in one spelling."""
        return same_building(self.safety.building) or None if self.safety and self.kept_for_safety else None

    @property
    def latest_missed(self) -> Late | None:
        """The limit that was put on record as missed last."""
        keys = [key for key, _ in self.missed]
        if not keys:
            return None
        return Late(keys[-1], min(due for (key, _), due in self.missed.items() if key is keys[-1]))

    @property
    def files(self) -> tuple[Evidence, ...]:
        """Those that nobody took back, refused ones included."""
        return tuple(each for each in self.evidence if not each.removed)

    @property
    def residents_files(self) -> tuple[Evidence, ...]:
        """The files that the resident sees: their own, and what somebody who acts for them added about it."""
        return tuple(
            each for each in self.files if each.by_staff is None and not each.authority_of and not each.of_former_lead
        )

    def files_of(self, representative: int | None) -> tuple[Evidence, ...]:
        """What one representative added, or the resident themselves."""
        return tuple(each for each in self.files if not each.by_staff and each.representative == representative)

    def authority_papers(self, representative: int) -> tuple[Evidence, ...]:
        """What is meant to show that somebody may act, while it is there."""
        return tuple(each for each in self.files if each.authority_of == representative)

    @property
    def service_requests(self) -> tuple[str, ...]:
        """References of the requests for service that it is about."""
        began_with = (self.received.from_request,) if self.received.from_request else ()
        return began_with + tuple(each for each in self.linked_requests if each not in began_with)

    @property
    def everybodys_adjustments(self) -> tuple[AdjustmentRecord, ...]:
        """Those of the resident and those of the members of the group."""
        return self.adjustments + tuple(each for one in self.members for each in one.adjustments)

    @property
    def residents_representatives(self) -> representation.Representatives:
        """Who acts, or acted, for whoever the complaint is from now."""
        return tuple(each for each in self.representatives if not each.of_former_lead and not each.came_by_mistake)

    @property
    def is_without_lead(self) -> bool:
        """Whether it is the complaint of a group that nobody leads."""
        return self.group is not None and self.group.lead is None

    @property
    def members(self) -> tuple[groups.Member, ...]:
        """Of a group that complains together, those who have not left."""
        return self.group.present if self.group else ()

    @property
    def open_remedies(self) -> tuple[Remedy, ...]:
        return tuple(remedy for remedy in self.remedies if remedy.is_open)


ENDED = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.CLOSED, Status.JOINED})


class Late(NamedTuple):
    """A limit that passed without what it asked for, and its date: the earlier of policy and Code."""

    key: Key
    on: date


SAFETY_FLAGS = {
    SafetyRisk.IMMEDIATE: Flag.BUILDING_SAFETY_IMMEDIATE,
    SafetyRisk.HIGH: Flag.BUILDING_SAFETY_HIGH,
    SafetyRisk.LOWER: Flag.BUILDING_SAFETY_LOWER,
}

BEGINS = {Happening.RECEIVED: Stage.ONE, Happening.ESCALATED: Stage.TWO}
"""What each stage begins with."""

ACKNOWLEDGE = {Stage.ONE: Key.ACKNOWLEDGE_STAGE_1, Stage.TWO: Key.ACKNOWLEDGE_STAGE_2}

RESPOND = {Stage.ONE: Key.RESPOND_STAGE_1, Stage.TWO: Key.RESPOND_STAGE_2}

EXTENDED = {Stage.ONE: Key.RESPOND_STAGE_1_EXTENDED, Stage.TWO: Key.RESPOND_STAGE_2_EXTENDED}
