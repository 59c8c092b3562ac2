"""How a case comes of its events: what each of them changes, and nothing else changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
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
from portal.domain.adjustment_events import (
    AdjustmentApplied,
    AdjustmentDecided,
    AdjustmentRequested,
    AdjustmentReviewed,
    AdjustmentSetAside,
    ConditionTold,
)
from portal.domain.case import RESPOND, Case, StageRecord
from portal.domain.checked import after_check
from portal.domain.contact import joined_to, reached_as
from portal.domain.events import EVENTS, Event, Recorded, Stage
from portal.domain.evidence import Evidence
from portal.domain.evidence_events import EvidenceAdded, EvidenceChecked, EvidenceRemoved
from portal.domain.feedback_events import FeedbackGiven, RemedyReported
from portal.domain.interests import interests_after
from portal.domain.lifecycle import position_after
from portal.domain.message_events import (
    CallBackRequested,
    IssueDecided,
    IssueRaised,
    MessageReceived,
    MessageSent,
    MessagesRead,
)
from portal.domain.messages import FromUs
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ContactChanged, ContactConfirmed, LanguageChosen, PersonJoined, ResidentCalled
from portal.domain.triage import after_triage
from portal.domain.update_interval import interval_of, told_on


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


def _condition_told(case: Case, event: ConditionTold) -> Case:
    """One whose words were erased is not there any more."""
    if not event.words:
        return case
    return replace(case, conditions=(*case.conditions, event))


def _file_added(case: Case, event: EvidenceAdded) -> Case:
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


def _file_checked(case: Case, event: EvidenceChecked) -> Case:
    return _with_file(case, event.evidence_id, state=event.state, why_refused=event.why_refused)


def _file_removed(case: Case, event: EvidenceRemoved) -> Case:
    return _with_file(case, event.evidence_id, removed=True)


def _with_file(case: Case, evidence_id: str, **changes: Any) -> Case:
    meant = UUID(evidence_id)
    files = tuple(replace(each, **changes) if each.id == meant else each for each in case.evidence)
    return replace(case, evidence=files)


def _wrote(case: Case, event: messages.AboutMessages) -> Case:
    written = replace(case, messages=messages.after(case.messages, event))
    if not isinstance(event, FromUs):
        return written
    if isinstance(event, MessageSent) and event.representative is not None:
        return replace(written, last_to_representative=event)
    return replace(written, last_from_us=event)


def _contact_changed(case: Case, event: ContactChanged) -> Case:
    told = replace(case, received=reached_as(case.received, event), contact_to_check=False)
    stages = acknowledging.told(case.stages, event.changed_on)
    return replace(told, contact_changed=event, moved_by_joining=False, stages=stages)


def _contact_confirmed(case: Case, event: ContactConfirmed) -> Case:
    stages = acknowledging.told(case.stages, event.confirmed_on)
    return replace(case, received=reached_as(case.received, event), contact_to_check=False, stages=stages)


def _language_chosen(case: Case, event: LanguageChosen) -> Case:
    """One that was erased changes nothing."""
    if not event.language:
        return case
    person = replace(case.received.person, language=event.language)
    return replace(case, received=replace(case.received, person=person))


def _joined(case: Case, event: PersonJoined) -> Case:
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


def _remedy_reported(case: Case, event: RemedyReported) -> Case:
    return replace(_wrote(case, event), remedies=remedies.after(case.remedies, event))


def _feedback(case: Case, event: FeedbackGiven) -> Case:
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
    AdjustmentRequested: _adjusted,
    AdjustmentDecided: _adjusted,
    AdjustmentApplied: _adjusted,
    AdjustmentSetAside: _adjusted,
    AdjustmentReviewed: _adjusted,
    ConditionTold: _condition_told,
    EvidenceAdded: _file_added,
    EvidenceChecked: _file_checked,
    EvidenceRemoved: _file_removed,
    MessageReceived: _wrote,
    CallBackRequested: _wrote,
    IssueRaised: _wrote,
    IssueDecided: _wrote,
    MessageSent: _wrote,
    MessagesRead: _wrote,
    ContactChanged: _contact_changed,
    ContactConfirmed: _contact_confirmed,
    PersonJoined: _joined,
    LanguageChosen: _language_chosen,
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
    RemedyReported: _remedy_reported,
    FeedbackGiven: _feedback,
    ResidentCalled: _unchanged,
    contact_events.ContactRecorded: _unchanged,
    contact_events.LetterHandedOver: _unchanged,
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
