"""A case is its events: the facts, folded from what happened, and nothing that was not recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from portal.domain import (
    acknowledging,
    adjustments,
    calendar_events,
    check_events,
    contact_events,
    directed,
    events,
    holiday_changes,
    interest_events,
    joined,
    joining_events,
    lead_changes,
    linked,
    linking_events,
    mail_events,
    messages,
    ombudsman,
    ombudsman_events,
    pack_events,
    referral_events,
    referrals,
    remedies,
    remedy_events,
    representation,
    restriction_events,
    restrictions,
    sight_events,
    triage_events,
    update_events,
)
from portal.domain import group as groups
from portal.domain import group_events as of_groups
from portal.domain import representative_events as of_representatives
from portal.domain.adjustments import AdjustmentRecord
from portal.domain.building_safety import SafetyRisk, same_building
from portal.domain.checked import Checks, after_check, latest
from portal.domain.contact import joined_to, reached_as
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown_alone
from portal.domain.events import EVENTS, Event, Flag, Recorded, Stage
from portal.domain.evidence import Evidence
from portal.domain.interests import NOTHING_SAID, Interests, interests_after
from portal.domain.lifecycle import AWAITING_US, Position, Status, position_after
from portal.domain.messages import FromUs, Message
from portal.domain.policy import Basis, Happening, Key, LetterKind, Policy, SentBy, StageTerms
from portal.domain.referrals import Referral
from portal.domain.remedies import Remedy
from portal.domain.routes import Route
from portal.domain.triage import NOT_TRIAGED, Triage, after_triage, triage_flags
from portal.domain.update_interval import Interval, interval_of, told_on
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
    conditions: tuple[events.ConditionTold, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    messages: tuple[Message, ...] = ()
    last_from_us: FromUs | None = None
    """What we wrote to the resident last."""
    last_to_representative: events.MessageSent | None = None
    contact_changed: events.ContactChanged | None = None
    contact_to_check: bool = False
    """Whether somebody else said how the resident is reached, and nobody has checked it."""
    joined: events.PersonJoined | None = None
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
    feedback: events.FeedbackGiven | None = None
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


@dataclass(frozen=True, slots=True)
class Due:
    """What the landlord owes next, and on which day at the latest."""

    key: Key
    on: date
    deadline: Deadline
    extended: bool = False

    def missed(self, today: date) -> bool:
        """A limit lasts to the end of its day."""
        return today > self.on


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


def fold(reference: str, landlord: str, recorded: Iterable[Recorded]) -> Case:
    """The case that these events make, in the order in which they were recorded.

    Raises `Refused` at the first event that is unlawful where it stands.
    """
    case: Case | None = None
    for each in recorded:
        case = begin(reference, landlord, each) if case is None else after(case, each)
    if case is None:
        raise ValueError(f"{reference} has no events")
    return case


def begin(reference: str, landlord: str, recorded: Recorded) -> Case:
    """The case as its first event makes it."""
    received = recorded.event
    position = position_after(None, received)
    assert isinstance(received, events.ComplaintReceived)
    first = StageRecord(stage=Stage.ONE, started_on=received.received_on, channel=received.channel)
    return Case(
        reference=reference,
        landlord=landlord,
        position=position,
        received=received,
        stages={Stage.ONE: first},
        missed={},
        adjustments=adjustments.asked_at_first(received),
        area=received.area,
    )


def after(case: Case, recorded: Recorded) -> Case:
    """The case once one more event has happened to it."""
    event = recorded.event
    position = position_after(case.position, event)
    moved = case if position is case.position else replace(case, position=position)
    if isinstance(event, groups.AboutLead):
        moved = replace(moved, led_since=recorded.number)
    if heard := told_on(recorded):
        moved = replace(moved, told_on=heard)
    return _APPLY[type(event)](moved, event)


def as_member(case: Case, member: groups.Member) -> Case:
    """The case as a letter to a member of its group may know it: in their name, with nothing of the lead left."""
    joined = member.joined
    received = replace(
        case.received,
        person=joined.person,
        reply_by=joined.reply_by,
        safe_contact=joined.safe_contact,
        adjustments=joined.adjustments,
        adjustment_words=joined.adjustment_words,
        interpreting=joined.interpreting,
        what_happened="",
        outcome_wanted="",
    )
    theirs = replace(case, received=received, adjustments=member.adjustments, contact_to_check=False)
    return replace(theirs, group=None, for_member=member.number, contact_restrictions=())


def as_reader(case: Case, member: int | None) -> Case:
    """The case as the resident may know it, or the member of the group with this number."""
    return case if member is None else as_member(case, groups.with_number(case.group, member))


def facts_of(case: Case) -> Facts:
    """What the deadlines of a case are counted from: of several complaints in one, the first acknowledgement."""
    first, second = case.stages[Stage.ONE], case.stages.get(Stage.TWO)
    own = first.acknowledged.acknowledged_on if first.acknowledged else None
    acknowledged = (own, *(each.acknowledged_on for each in case.taken_in))
    return Facts(
        received=first.started_on,
        acknowledged=min((day for day in acknowledged if day and day >= first.started_on), default=None),
        responded=first.response.sent_on if first.response else None,
        escalated=second.started_on if second else None,
        stage_2_acknowledged=second.acknowledged.acknowledged_on if second and second.acknowledged else None,
        sent_by=first.response.sent_by if first.response else SentBy.EMAIL,
    )


def deadlines_of(case: Case, rules: Rules) -> tuple[Deadline, ...]:
    """Every date of the case, policy and Code side by side."""
    every = all_deadlines(rules.policy, rules.code, rules.calendar, facts_of(case))
    return tuple(_as_directed(case, each) for each in every)


def shown_deadline(case: Case, rules: Rules, key: Key) -> Deadline:
    """The date of that key that the resident is shown."""
    return _as_directed(case, shown_alone(rules.policy, rules.code, rules.calendar, facts_of(case), key))


def _as_directed(case: Case, deadline: Deadline) -> Deadline:
    """A limit says what it counts from: of a stage that the Ombudsman opened, their own word for it."""
    stage = BEGINS.get(deadline.counted_from)
    record = case.stages.get(stage) if stage else None
    return replace(deadline, counted_from=Happening.DIRECTED) if record and record.directed else deadline


def next_due(case: Case, rules: Rules) -> Due | None:
    """What the landlord owes next: the earlier of policy and Code, or the date of an extension.

    None where nothing is owed: answered, declined, withdrawn or closed.
    """
    if not case.is_open:
        return None
    if case.status is Status.RECEIVED:
        deadline = shown_deadline(case, rules, ACKNOWLEDGE[case.stage])
        return Due(deadline.key, case.kept_to(deadline.key, deadline.due), deadline)
    deadline = shown_deadline(case, rules, RESPOND[case.stage])
    due = case.now.answer_due(deadline.due)
    return Due(deadline.key, case.kept_to(deadline.key, due), deadline, extended=due != deadline.due)


def next_owed(case: Case, rules: Rules) -> Due | None:
    """The same with an acknowledgement that is written and cannot go yet: it is still owed."""
    due = next_due(case, rules)
    if due is None or not acknowledging.waits(case):
        return due
    deadline = shown_deadline(case, rules, ACKNOWLEDGE[case.stage])
    written = Due(deadline.key, case.kept_to(deadline.key, deadline.due), deadline)
    return min(written, due, key=lambda each: each.on)


def missed_limits(case: Case, rules: Rules, on: date) -> tuple[events.LimitMissed, ...]:
    """The limits that passed before `on`, are still owed, and are not yet on record.

    An extension told in time replaces the original limit on both bases. Limits that rest on an
    event that has not happened are not counted: the event that is missing is itself late.
    """
    if not case.is_open:
        return ()
    owed = [
        events.LimitMissed(key=each.key, basis=each.basis, due=_last_day(case, each))
        for each in deadlines_of(case, rules)
        if each.key in _owed(case) and not each.assumes
    ]
    return tuple(each for each in owed if each.due < on and (each.key, each.basis) not in case.missed)


def _last_day(case: Case, deadline: Deadline) -> date:
    """Of our own policy no later than what a letter told: a bank holiday moves the Code's limit, and not our word."""
    due = case.now.answer_due(deadline.due) if deadline.key is RESPOND[case.stage] else deadline.due
    return case.kept_to(deadline.key, due) if deadline.basis is Basis.POLICY else due


def _owed(case: Case) -> tuple[Key, ...]:
    """What is still to be done at this stage. An answer that counts from receipt can be late before we acknowledge."""
    answer = RESPOND[case.stage]
    not_given = case.status is Status.RECEIVED or acknowledging.waits(case)
    return (ACKNOWLEDGE[case.stage], answer) if not_given else (answer,)


Apply = Callable[[Case, Any], Case]


def _at_stage(case: Case, **changes: Any) -> Case:
    stage = replace(case.now, **changes)
    return replace(case, stages={**case.stages, case.stage: stage})


def _acknowledged(case: Case, event: events.ComplaintAcknowledged) -> Case:
    return _at_stage(case, acknowledged=event, told_on=None if case.contact_to_check else event.acknowledged_on)


def _assigned(case: Case, event: events.HandlerAssigned) -> Case:
    handlers = tuple(dict.fromkeys((*case.now.handlers, event.handler_id)))
    return _at_stage(case, handler_id=event.handler_id, handler_rank=event.rank, handlers=handlers)


def _named(case: Case, event: events.StaffNamed) -> Case:
    return replace(case, named_staff=event.user_ids)


def _interested(case: Case, event: interest_events.AboutInterests) -> Case:
    """Whoever has a conflict of interest hands the stage back."""
    known = replace(case, interests=interests_after(case.interests, event))
    handed_back = isinstance(event, interest_events.InterestsDeclared) and event.conflict
    return _at_stage(known, handler_id=None, handler_rank=None) if handed_back else known


def _checked(case: Case, event: check_events.AboutChecks) -> Case:
    return replace(case, checks=after_check(case.checks, event))


def _extended(case: Case, event: events.DeadlineExtended) -> Case:
    extended = _at_stage(case, extensions=(*case.now.extensions, event), held_to=_still_held(case.now.held_to))
    held = holiday_changes.without(extended, RESPOND[case.stage])
    return replace(held, interval=interval_of(event) or case.interval)


def _updates_agreed(case: Case, event: update_events.UpdatesAgreed) -> Case:
    return replace(case, interval=interval_of(event))


def _triaged(case: Case, event: triage_events.AboutTriage) -> Case:
    return replace(case, triage=after_triage(case.triage, event))


def _still_held(held_to: Mapping[str, date]) -> Mapping[str, date]:
    """No extension of ours moves the Ombudsman's own date."""
    return {name: day for name, day in held_to.items() if name == directed.BY_THE_OMBUDSMAN}


def _responded(case: Case, event: events.ResponseSent) -> Case:
    return replace(_at_stage(case, response=event), remedies=remedies.promised_in(case.remedies, event))


def _escalated(case: Case, event: events.EscalationRequested) -> Case:
    second = StageRecord(stage=Stage.TWO, started_on=event.requested_on, channel=event.channel)
    return replace(case, escalation=event, stages={**case.stages, Stage.TWO: second})


def _declined(case: Case, event: events.ComplaintDeclined) -> Case:
    return _at_stage(case, declined=event)


def _withdrawn(case: Case, event: events.ComplaintWithdrawn) -> Case:
    return replace(case, withdrawn=event)


def _closed(case: Case, event: events.ComplaintClosed) -> Case:
    return replace(case, closed=event)


def _remedied(case: Case, event: remedies.AboutRemedies) -> Case:
    return replace(case, remedies=remedies.after(case.remedies, event))


def _missed(case: Case, event: events.LimitMissed) -> Case:
    return replace(case, missed={**case.missed, (event.key, event.basis): event.due})


def _letter(case: Case, event: events.LetterWritten) -> Case:
    written = replace(case, letters=(*case.letters, event))
    if event.letter is not LetterKind.ADJUSTMENT:
        return written
    return replace(written, adjustments=adjustments.told(case.adjustments))


def _adjusted(case: Case, event: adjustments.AboutOne) -> Case:
    if event.member is not None:
        return replace(case, group=groups.adjusted(case.group, event))
    return replace(case, adjustments=adjustments.after(case.adjustments, event))


def _condition_told(case: Case, event: events.ConditionTold) -> Case:
    """One whose words were erased is not there any more."""
    if not event.words:
        return case
    return replace(case, conditions=(*case.conditions, event))


def _file_added(case: Case, event: events.EvidenceAdded) -> Case:
    added = Evidence(
        id=UUID(event.evidence_id),
        kind=event.file_kind,
        size=event.size,
        digest=event.digest,
        name=event.name,
        by_staff=event.by_staff,
        representative=event.representative,
        authority_of=event.authority_of,
    )
    return replace(case, evidence=(*case.evidence, added))


def _file_checked(case: Case, event: events.EvidenceChecked) -> Case:
    return _with_file(case, event.evidence_id, state=event.state, why_refused=event.why_refused)


def _file_removed(case: Case, event: events.EvidenceRemoved) -> Case:
    return _with_file(case, event.evidence_id, removed=True)


def _with_file(case: Case, evidence_id: str, **changes: Any) -> Case:
    meant = UUID(evidence_id)
    files = tuple(replace(each, **changes) if each.id == meant else each for each in case.evidence)
    return replace(case, evidence=files)


def _wrote(case: Case, event: messages.AboutMessages) -> Case:
    written = replace(case, messages=messages.after(case.messages, event))
    if not isinstance(event, FromUs):
        return written
    if isinstance(event, events.MessageSent) and event.representative is not None:
        return replace(written, last_to_representative=event)
    return replace(written, last_from_us=event)


def _contact_changed(case: Case, event: events.ContactChanged) -> Case:
    told = replace(case, received=reached_as(case.received, event), contact_to_check=False)
    stages = acknowledging.told(case.stages, event.changed_on)
    return replace(told, contact_changed=event, moved_by_joining=False, stages=stages)


def _contact_confirmed(case: Case, event: events.ContactConfirmed) -> Case:
    stages = acknowledging.told(case.stages, event.confirmed_on)
    return replace(case, received=reached_as(case.received, event), contact_to_check=False, stages=stages)


def _language_chosen(case: Case, event: events.LanguageChosen) -> Case:
    """One that was erased changes nothing."""
    if not event.language:
        return case
    person = replace(case.received.person, language=event.language)
    return replace(case, received=replace(case.received, person=person))


def _joined(case: Case, event: events.PersonJoined) -> Case:
    known = replace(case, received=joined_to(case.received, event), contact_to_check=False)
    return replace(known, joined=event, moved_by_joining=True, stages=acknowledging.told(case.stages, event.joined_on))


def _taken_in(case: Case, event: joining_events.ComplaintTakenIn) -> Case:
    first = case.stages[Stage.ONE]
    held = {**first.held_to, event.other_reference: event.answer_due} if event.answer_due else first.held_to
    acknowledged = joined.with_lists(first.acknowledged, event) if event.into_definition else first.acknowledged
    stages = {**case.stages, Stage.ONE: replace(first, held_to=held, acknowledged=acknowledged)}
    to_check = case.contact_to_check and not joined.says_the_same(case.received, event)
    return replace(
        case,
        stages=stages if to_check else acknowledging.told(stages, event.joined_on),
        received=joined.reached_after(case.received, event),
        contact_to_check=to_check,
        named_staff=(*case.named_staff, *event.named_staff),
        taken_in=(*case.taken_in, event),
    )


def _taking_in_undone(case: Case, event: joining_events.TakingInUndone) -> Case:
    """What was answered stays answered: its points with it."""
    ended = joined.one_of(case.taken_in, event.other_reference)
    first = case.stages[Stage.ONE]
    held = {reference: day for reference, day in first.held_to.items() if reference != event.other_reference}
    takes_back = ended.into_definition and not first.response
    acknowledged = joined.without_lists(first.acknowledged, ended) if takes_back else first.acknowledged
    return replace(
        case,
        stages={**case.stages, Stage.ONE: replace(first, held_to=held, acknowledged=acknowledged)},
        received=joined.reached_again(case.received, event),
        contact_to_check=event.contact_to_check,
        named_staff=tuple(each for each in case.named_staff if each not in ended.named_staff),
        taken_in=tuple(each for each in case.taken_in if each is not ended),
    )


def _joined_into(case: Case, event: joining_events.ComplaintJoined) -> Case:
    return replace(case, joined_into=event)


def _joining_undone(case: Case, _event: joining_events.JoiningUndone) -> Case:
    return replace(case, joined_into=None)


def _grouped(case: Case, event: groups.AboutGroup) -> Case:
    return replace(case, group=groups.after(case.group, event))


def _remedy_reported(case: Case, event: events.RemedyReported) -> Case:
    return replace(_wrote(case, event), remedies=remedies.after(case.remedies, event))


def _feedback(case: Case, event: events.FeedbackGiven) -> Case:
    return replace(case, feedback=event)


def _represented(case: Case, event: representation.AboutRepresentative) -> Case:
    given_by_them = (
        isinstance(event, of_representatives.RepresentativeAdded) and event.submitted and not event.joined_from
    )
    to_check = case.contact_to_check or given_by_them
    changed = replace(
        case, representatives=representation.after(case.representatives, event), contact_to_check=to_check
    )
    if isinstance(event, of_representatives.AuthorityRecorded) and event.evidence_id:
        return replace(changed, relied_on=case.relied_on | {event.evidence_id})
    return changed


def _referred(case: Case, event: referrals.AboutReferrals) -> Case:
    return replace(case, referrals=referrals.after(case.referrals, event), last_referral=event.number)


def _request_linked(case: Case, event: referral_events.RequestLinked) -> Case:
    return replace(case, linked_requests=(*case.linked_requests, event.service_reference))


def _safety_judged(case: Case, event: referral_events.BuildingSafetyJudged) -> Case:
    """A record that was relevant once is kept as one."""
    return replace(case, safety=event, kept_for_safety=case.kept_for_safety or event.relevant)


def _area_chosen(case: Case, event: sight_events.AreaChosen) -> Case:
    return replace(case, area=event.area)


def _restricted(case: Case, event: sight_events.ComplaintRestricted) -> Case:
    return replace(case, restricted_to=event.user_ids)


def _contact_limited(case: Case, event: restrictions.AboutRestrictions) -> Case:
    changed = restrictions.after(case.contact_restrictions, event)
    return replace(case, contact_restrictions=changed, last_restriction=event.number)


def _lifted(case: Case, _event: sight_events.RestrictionLifted) -> Case:
    return replace(case, restricted_to=None)


def _unchanged(case: Case, _event: Event) -> Case:
    return case


_APPLY: Mapping[type[Event], Apply] = {
    events.ComplaintReceived: _unchanged,  # begin() is the only way in; position_after refuses a second
    events.ComplaintAcknowledged: _acknowledged,
    events.HandlerAssigned: _assigned,
    events.StaffNamed: _named,
    interest_events.InterestsDeclared: _interested,
    interest_events.OverrideAsked: _interested,
    interest_events.OverrideDecided: _interested,
    update_events.UpdatesAgreed: _updates_agreed,
    triage_events.ComplaintTriaged: _triaged,
    triage_events.VulnerabilityTold: _triaged,
    check_events.CheckAsked: _checked,
    check_events.CheckDecided: _checked,
    events.DeadlineExtended: _extended,
    events.ResponseSent: _responded,
    events.EscalationRequested: _escalated,
    events.ComplaintDeclined: _declined,
    events.ComplaintWithdrawn: _withdrawn,
    events.ComplaintClosed: _closed,
    events.RemedyCompleted: _remedied,
    remedy_events.RemedyAdded: _remedied,
    remedy_events.RemedyOverdue: _remedied,
    remedy_events.PaymentMoved: _remedied,
    events.LimitMissed: _missed,
    events.LetterWritten: _letter,
    events.CodeIssued: _unchanged,
    events.CodeRequested: _unchanged,
    events.AdjustmentRequested: _adjusted,
    events.AdjustmentDecided: _adjusted,
    events.AdjustmentApplied: _adjusted,
    events.AdjustmentSetAside: _adjusted,
    events.AdjustmentReviewed: _adjusted,
    events.ConditionTold: _condition_told,
    events.EvidenceAdded: _file_added,
    events.EvidenceChecked: _file_checked,
    events.EvidenceRemoved: _file_removed,
    events.MessageReceived: _wrote,
    events.CallBackRequested: _wrote,
    events.IssueRaised: _wrote,
    events.IssueDecided: _wrote,
    events.MessageSent: _wrote,
    events.MessagesRead: _wrote,
    events.ContactChanged: _contact_changed,
    events.ContactConfirmed: _contact_confirmed,
    events.PersonJoined: _joined,
    events.LanguageChosen: _language_chosen,
    joining_events.ComplaintTakenIn: _taken_in,
    joining_events.TakingInUndone: _taking_in_undone,
    joining_events.ComplaintJoined: _joined_into,
    joining_events.JoiningUndone: _joining_undone,
    linking_events.ComplaintLinked: linked.begun,
    linking_events.LinkEnded: linked.ended,
    of_groups.GroupFormed: _grouped,
    of_groups.MemberJoined: _grouped,
    of_groups.MemberContactChanged: _grouped,
    of_groups.MemberLanguageChosen: _grouped,
    of_groups.LeadOffered: _grouped,
    of_groups.LeadChanged: lead_changes.changed,
    of_groups.LeadLeft: lead_changes.left,
    of_groups.MemberLeft: _grouped,
    of_groups.MemberLetter: _grouped,
    of_groups.MemberCodeRequested: _grouped,
    of_groups.MemberCodeIssued: _grouped,
    events.RemedyReported: _remedy_reported,
    events.FeedbackGiven: _feedback,
    events.ResidentCalled: _unchanged,
    contact_events.ContactRecorded: _unchanged,
    of_representatives.RepresentativeAdded: _represented,
    of_representatives.AuthorityAsked: _represented,
    of_representatives.AuthorityRecorded: _represented,
    of_representatives.AuthorityEnded: _represented,
    of_representatives.RepresentativeCodeIssued: _represented,
    of_representatives.RepresentativeLanguageChosen: _represented,
    of_representatives.LetterCopied: _represented,
    referral_events.PartReferred: _referred,
    referral_events.ReferralMoved: _referred,
    referral_events.LawLimitMissed: _referred,
    referral_events.RequestLinked: _request_linked,
    referral_events.BuildingSafetyJudged: _safety_judged,
    mail_events.MailFiled: _unchanged,
    pack_events.PackMade: _unchanged,
    calendar_events.BankHolidayAdded: holiday_changes.added,
    calendar_events.BankHolidayRemoved: holiday_changes.removed,
    ombudsman_events.OmbudsmanEnquired: directed.told,
    ombudsman_events.OmbudsmanEvidenceSent: directed.told,
    ombudsman_events.OmbudsmanDirected: directed.directed,
    ombudsman_events.OmbudsmanDetermined: directed.told,
    ombudsman_events.OmbudsmanOrderDone: directed.told,
    sight_events.AreaChosen: _area_chosen,
    sight_events.ComplaintRestricted: _restricted,
    sight_events.RestrictionLifted: _lifted,
    restriction_events.ContactRestricted: _contact_limited,
    restriction_events.ContactRestrictionReviewed: _contact_limited,
    restriction_events.ContactRestrictionAppealed: _contact_limited,
    restriction_events.ContactAppealDecided: _contact_limited,
}

_forgotten = set(EVENTS.values()) - set(_APPLY)
assert not _forgotten, f"the fold does not know {_forgotten}"
