"""Every event at every position: the whole table, written out by hand.

Read a row as: in this status the event leads to that one, or is refused ("-").
"""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.adjustment_events import (
    AdjustmentApplied,
    AdjustmentDecided,
    AdjustmentRequested,
    AdjustmentReviewed,
    AdjustmentSetAside,
    ConditionTold,
)
from portal.domain.adjustment_kinds import AdjustmentScope, Outcome, RequestedBy, ReviewOutcome
from portal.domain.calendar_events import BankHolidayAdded, BankHolidayRemoved
from portal.domain.check_events import CheckAsked, CheckDecided
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay, LetterHandedOver
from portal.domain.events import (
    EVENTS,
    CodeIssued,
    CodeRequested,
    ComplaintClosed,
    ComplaintDeclined,
    ComplaintWithdrawn,
    DeadlineExtended,
    EscalationRequested,
    Event,
    ExtensionReason,
    LetterWritten,
    LimitMissed,
    Link,
    RemedyCompleted,
    RemedyKind,
    RemedyTerms,
    ReplyBy,
    StaffNamed,
    Stage,
)
from portal.domain.evidence import FileKind, FileState
from portal.domain.evidence_events import EvidenceAdded, EvidenceChecked, EvidenceRemoved
from portal.domain.feedback_events import FeedbackGiven, RemedyReported
from portal.domain.group_events import (
    GroupFormed,
    LeadChanged,
    LeadLeft,
    LeadOffered,
    MemberCodeIssued,
    MemberCodeRequested,
    MemberContactChanged,
    MemberJoined,
    MemberLanguageChosen,
    MemberLeft,
    MemberLetter,
)
from portal.domain.interest_events import Bar, InterestsDeclared, OverrideAsked, OverrideDecided
from portal.domain.joining_events import ComplaintJoined, ComplaintTakenIn, JoiningUndone, TakingInUndone
from portal.domain.law import LawKey
from portal.domain.lifecycle import Position, Status, position_after
from portal.domain.linking_events import ComplaintLinked, LinkEnded, LinkKind
from portal.domain.mail_events import MailFiled
from portal.domain.mail_kinds import MailKind
from portal.domain.message_events import (
    CallBackRequested,
    IssueDecided,
    IssueOutcome,
    IssueRaised,
    MessageReceived,
    MessageSent,
    MessagesRead,
)
from portal.domain.ombudsman_events import (
    Determination,
    Direction,
    OmbudsmanDetermined,
    OmbudsmanDirected,
    OmbudsmanEnquired,
    OmbudsmanEvidenceSent,
    OmbudsmanOrderDone,
)
from portal.domain.pack_events import ForWhom, PackMade
from portal.domain.policy import Basis, Key, LetterKind, SentBy
from portal.domain.reach_events import ContactChanged, ContactConfirmed, LanguageChosen, PersonJoined, ResidentCalled
from portal.domain.referral_events import (
    BuildingSafetyJudged,
    LawLimitMissed,
    PartReferred,
    ReferralMoved,
    ReferralStep,
    RequestLinked,
)
from portal.domain.refusal import Refused
from portal.domain.remedy_events import PaymentMoved, RemedyAdded, RemedyOverdue
from portal.domain.remedy_kinds import PaymentStep
from portal.domain.representative_events import (
    AuthorityAsked,
    AuthorityEnded,
    AuthorityRecorded,
    LetterCopied,
    RepresentativeAdded,
    RepresentativeCodeIssued,
    RepresentativeLanguageChosen,
)
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    WhyEnded,
)
from portal.domain.restriction_events import (
    ContactAppealDecided,
    ContactRestricted,
    ContactRestrictionAppealed,
    ContactRestrictionReviewed,
)
from portal.domain.restriction_kinds import Disability, RestrictionOutcome
from portal.domain.routes import Route
from portal.domain.sight_events import AreaChosen, ComplaintRestricted, RestrictionLifted
from portal.domain.triage_events import ComplaintTriaged, Complexity, Risk, VulnerabilityTold
from portal.domain.update_events import UpdatesAgreed
from tests.domain import cases

A_DAY = date(2026, 6, 10)
STATUSES = ("received", "acknowledged", "responded", "declined", "withdrawn", "closed", "joined")

TABLE = """
                       received      acknowledged  responded  declined   withdrawn  closed     joined
complaint_received     -             -             -          -          -          -          -
complaint_acknowledged acknowledged  -             -          -          -          -          -
handler_assigned       received      acknowledged  -          -          -          -          -
deadline_extended      -             acknowledged  -          -          -          -          -
response_sent          -             responded     -          -          -          -          -
complaint_declined     declined      declined      -          -          -          -          -
complaint_withdrawn    withdrawn     withdrawn     withdrawn  -          -          -          -
complaint_closed       -             -             closed     -          -          -          -
interests_declared     received      acknowledged  -          -          -          -          -
override_asked         received      acknowledged  -          -          -          -          -
override_decided       received      acknowledged  -          -          -          -          -
check_asked            -             acknowledged  -          -          -          -          -
check_decided          -             acknowledged  -          -          -          -          -
complaint_triaged      received      acknowledged  -          -          -          -          -
vulnerability_told     received      acknowledged  responded  declined   withdrawn  closed     -
updates_agreed         received      acknowledged  -          -          -          -          -
staff_named            received      acknowledged  responded  declined   withdrawn  closed     -
remedy_completed       received      acknowledged  responded  declined   withdrawn  closed     joined
contact_restricted     received      acknowledged  responded  declined   withdrawn  closed     -
contact_restriction_reviewed received      acknowledged  responded  declined   withdrawn  closed     joined
contact_restriction_appealed received      acknowledged  responded  declined   withdrawn  closed     joined
contact_appeal_decided received      acknowledged  responded  declined   withdrawn  closed     joined
remedy_added           received      acknowledged  responded  declined   withdrawn  closed     -
remedy_overdue         received      acknowledged  responded  declined   withdrawn  closed     joined
payment_moved          received      acknowledged  responded  declined   withdrawn  closed     joined
limit_missed           received      acknowledged  responded  declined   withdrawn  closed     -
law_limit_missed       received      acknowledged  responded  declined   withdrawn  closed     joined
letter_written         received      acknowledged  responded  declined   withdrawn  closed     joined
code_issued            received      acknowledged  responded  declined   withdrawn  closed     -
code_requested         received      acknowledged  responded  declined   withdrawn  closed     -
adjustment_requested   received      acknowledged  responded  declined   withdrawn  closed     -
adjustment_decided     received      acknowledged  responded  declined   withdrawn  closed     -
adjustment_applied     received      acknowledged  responded  declined   withdrawn  closed     joined
adjustment_set_aside   received      acknowledged  responded  declined   withdrawn  closed     joined
adjustment_reviewed    received      acknowledged  responded  declined   withdrawn  closed     -
condition_told         received      acknowledged  responded  declined   withdrawn  closed     -
evidence_added         received      acknowledged  responded  declined   withdrawn  closed     -
evidence_checked       received      acknowledged  responded  declined   withdrawn  closed     joined
evidence_removed       received      acknowledged  responded  declined   withdrawn  closed     -
message_received       received      acknowledged  responded  declined   withdrawn  closed     -
call_back_requested    received      acknowledged  responded  declined   withdrawn  closed     -
issue_raised           received      acknowledged  responded  declined   withdrawn  closed     -
issue_decided          received      acknowledged  responded  declined   withdrawn  closed     -
message_sent           received      acknowledged  responded  declined   withdrawn  closed     -
messages_read          received      acknowledged  responded  declined   withdrawn  closed     -
contact_changed        received      acknowledged  responded  declined   withdrawn  closed     -
contact_confirmed      received      acknowledged  responded  declined   withdrawn  closed     -
language_chosen        received      acknowledged  responded  declined   withdrawn  closed     -
group_formed           received      acknowledged  responded  declined   withdrawn  closed     -
member_joined          received      acknowledged  responded  declined   withdrawn  closed     -
area_chosen            received      acknowledged  responded  declined   withdrawn  closed     -
mail_filed             received      acknowledged  responded  declined   withdrawn  closed     joined
complaint_restricted   received      acknowledged  responded  declined   withdrawn  closed     -
restriction_lifted     received      acknowledged  responded  declined   withdrawn  closed     -
lead_offered           received      acknowledged  responded  declined   withdrawn  closed     -
lead_changed           received      acknowledged  responded  declined   withdrawn  closed     -
lead_left              received      acknowledged  responded  declined   withdrawn  closed     -
member_contact_changed received      acknowledged  responded  declined   withdrawn  closed     -
member_language_chosen received      acknowledged  responded  declined   withdrawn  closed     -
member_left            received      acknowledged  responded  declined   withdrawn  closed     -
member_letter          received      acknowledged  responded  declined   withdrawn  closed     -
member_code_requested  received      acknowledged  responded  declined   withdrawn  closed     -
member_code_issued     received      acknowledged  responded  declined   withdrawn  closed     -
person_joined          received      acknowledged  responded  declined   withdrawn  closed     -
remedy_reported        received      acknowledged  responded  declined   withdrawn  closed     -
feedback_given         received      acknowledged  responded  declined   withdrawn  closed     -
resident_called        received      acknowledged  responded  declined   withdrawn  closed     joined
contact_recorded       received      acknowledged  responded  declined   withdrawn  closed     -
letter_handed_over     received      acknowledged  responded  declined   withdrawn  closed     joined
representative_added   received      acknowledged  responded  declined   withdrawn  closed     -
authority_asked        received      acknowledged  responded  declined   withdrawn  closed     -
authority_recorded     received      acknowledged  responded  declined   withdrawn  closed     joined
authority_ended        received      acknowledged  responded  declined   withdrawn  closed     joined
representative_code_issued received      acknowledged  responded  declined   withdrawn  closed -
representative_language_chosen received      acknowledged  responded  declined   withdrawn  closed -
letter_copied          received      acknowledged  responded  declined   withdrawn  closed     joined
part_referred          received      acknowledged  responded  declined   withdrawn  closed     -
referral_moved         received      acknowledged  responded  declined   withdrawn  closed     joined
building_safety_judged received      acknowledged  responded  declined   withdrawn  closed     -
request_linked         received      acknowledged  responded  declined   withdrawn  closed     -
taking_in_undone       received      acknowledged  responded  declined   withdrawn  closed     -
pack_made              received      acknowledged  responded  declined   withdrawn  closed     joined
ombudsman_enquired     received      acknowledged  responded  declined   withdrawn  closed     -
ombudsman_evidence_sent received      acknowledged  responded  declined   withdrawn  closed     -
ombudsman_determined   received      acknowledged  responded  declined   withdrawn  closed     -
ombudsman_order_done   received      acknowledged  responded  declined   withdrawn  closed     -
complaint_linked       received      acknowledged  responded  declined   withdrawn  closed     -
link_ended             received      acknowledged  responded  declined   withdrawn  closed     joined
bank_holiday_added     received      acknowledged  responded  declined   withdrawn  closed     -
bank_holiday_removed   received      acknowledged  responded  declined   withdrawn  closed     -
"""

HOLIDAY = {
    "day": date(2026, 11, 9),
    "holiday": "Made up",
    "key": Key.RESPOND_STAGE_1,
    "told": None,
    "due_before": date(2026, 11, 16),
    "due_after": date(2026, 11, 17),
}

# These depend on the stage, or on where the complaint stood before.
ELSEWHERE = {"escalation_requested", "complaint_taken_in", "complaint_joined", "joining_undone", "ombudsman_directed"}

ESCALATION = {
    (Stage.ONE, Status.RECEIVED): Position(Stage.TWO, Status.RECEIVED),
    (Stage.ONE, Status.ACKNOWLEDGED): Position(Stage.TWO, Status.RECEIVED),
    (Stage.ONE, Status.RESPONDED): Position(Stage.TWO, Status.RECEIVED),
    (Stage.ONE, Status.CLOSED): Position(Stage.TWO, Status.RECEIVED),
}


def rows() -> list[tuple[str, str, str]]:
    header, *lines = TABLE.strip().splitlines()
    assert tuple(header.split()) == STATUSES
    return [
        (kind, status, after)
        for kind, *afters in (line.split() for line in lines)
        for status, after in zip(STATUSES, afters, strict=True)
    ]


def an_event(kind: str, stage: Stage) -> Event:
    """One of this kind that belongs to `stage`, where it belongs to one."""
    return {
        "complaint_received": lambda: cases.received(A_DAY),
        "complaint_acknowledged": lambda: cases.acknowledged(A_DAY, stage),
        "handler_assigned": lambda: cases.assigned(1, stage=stage),
        "deadline_extended": lambda: DeadlineExtended(
            stage=stage, told_on=A_DAY, old_due=A_DAY, new_due=A_DAY, reason=ExtensionReason.COMPLEX
        ),
        "response_sent": lambda: cases.answered(A_DAY, stage),
        "complaint_declined": lambda: ComplaintDeclined(stage=stage, ground="court"),
        "complaint_withdrawn": lambda: ComplaintWithdrawn(withdrawn_on=A_DAY),
        "complaint_closed": ComplaintClosed,
        "escalation_requested": lambda: EscalationRequested(requested_on=A_DAY, channel="online"),
        "staff_named": lambda: StaffNamed(user_ids=(1,)),
        "remedy_completed": lambda: RemedyCompleted(number=1, done_on=A_DAY),
        "contact_restricted": lambda: ContactRestricted(
            number=1, limits=(), decided_on=A_DAY, decided_by=1, review_on=A_DAY, disability=Disability.NO_SIGN
        ),
        "contact_restriction_reviewed": lambda: ContactRestrictionReviewed(
            number=1, outcome=RestrictionOutcome.ENDED, reviewed_on=A_DAY
        ),
        "contact_restriction_appealed": lambda: ContactRestrictionAppealed(number=1, appealed_on=A_DAY),
        "contact_appeal_decided": lambda: ContactAppealDecided(
            number=1, outcome=RestrictionOutcome.ENDED, decided_on=A_DAY
        ),
        "remedy_added": lambda: RemedyAdded(
            number=1, during=stage, offered_on=A_DAY, terms=RemedyTerms(kind=RemedyKind.MONEY, owner_id=1, due=A_DAY)
        ),
        "remedy_overdue": lambda: RemedyOverdue(number=1, due=A_DAY),
        "payment_moved": lambda: PaymentMoved(number=1, step=PaymentStep.ACCEPTED, on=A_DAY),
        "limit_missed": lambda: LimitMissed(key=Key.RESPOND_STAGE_1, basis=Basis.CODE, due=A_DAY),
        "law_limit_missed": lambda: LawLimitMissed(number=1, key=LawKey.MAKE_SAFE, due=A_DAY),
        "letter_written": lambda: LetterWritten(letter_id="1", letter=LetterKind.RECEIPT, digest="0"),
        "code_issued": CodeIssued,
        "code_requested": CodeRequested,
        "adjustment_requested": lambda: AdjustmentRequested(
            number=1,
            requested_on=A_DAY,
            requested_by=RequestedBy.RESIDENT,
            scope=AdjustmentScope.THIS_COMPLAINT,
        ),
        "adjustment_decided": lambda: AdjustmentDecided(
            number=1,
            outcome=Outcome.AGREED,
            scope=AdjustmentScope.THIS_COMPLAINT,
            decided_on=A_DAY,
            told_on=A_DAY,
        ),
        "adjustment_applied": lambda: AdjustmentApplied(number=1, applied_on=A_DAY),
        "adjustment_set_aside": lambda: AdjustmentSetAside(number=1, on=A_DAY),
        "adjustment_reviewed": lambda: AdjustmentReviewed(number=1, outcome=ReviewOutcome.KEPT, reviewed_on=A_DAY),
        "condition_told": lambda: ConditionTold(told_on=A_DAY),
        "evidence_added": lambda: EvidenceAdded(evidence_id="1", file_kind=FileKind.PDF, size=1, digest="0"),
        "evidence_checked": lambda: EvidenceChecked(evidence_id="1", state=FileState.CLEAN),
        "evidence_removed": lambda: EvidenceRemoved(evidence_id="1"),
        "message_received": lambda: MessageReceived(number=1),
        "call_back_requested": lambda: CallBackRequested(number=1, times=()),
        "issue_raised": lambda: IssueRaised(number=1, raised_on=A_DAY),
        "issue_decided": lambda: IssueDecided(number=1, outcome=IssueOutcome.ADDED),
        "message_sent": lambda: MessageSent(read_to=0),
        "resident_called": lambda: ResidentCalled(letter_id="1", called_on=A_DAY, reached=True),
        "letter_handed_over": lambda: LetterHandedOver(letter_id="1", handed_on=A_DAY),
        "contact_recorded": lambda: ContactRecorded(
            way=ContactWay.CALL, by=ContactBy.US, contact_on=A_DAY, reached=True
        ),
        "messages_read": lambda: MessagesRead(read_to=0),
        "contact_changed": lambda: ContactChanged(changed_on=A_DAY, changed=(), reply_by=ReplyBy.NONE),
        "contact_confirmed": lambda: ContactConfirmed(confirmed_on=A_DAY, changed=(), reply_by=ReplyBy.NONE),
        "language_chosen": lambda: LanguageChosen(chosen_on=A_DAY),
        "group_formed": lambda: GroupFormed(formed_on=A_DAY),
        "member_joined": lambda: MemberJoined(number=1, joined_on=A_DAY, channel="online", reply_by=ReplyBy.NONE),
        "member_contact_changed": lambda: MemberContactChanged(
            number=1, changed_on=A_DAY, changed=(), reply_by=ReplyBy.NONE
        ),
        "member_language_chosen": lambda: MemberLanguageChosen(number=1, chosen_on=A_DAY),
        "area_chosen": lambda: AreaChosen(area=None),
        "mail_filed": lambda: MailFiled(
            mail_id="1", digest="0", mail_kind=MailKind.REPLY, received_on=A_DAY, verified=True
        ),
        "complaint_restricted": lambda: ComplaintRestricted(user_ids=(1,)),
        "restriction_lifted": RestrictionLifted,
        "check_asked": lambda: CheckAsked(stage=stage, asked_by=1, findings=()),
        "check_decided": lambda: CheckDecided(stage=stage, decided_by=2, approved=True),
        "complaint_triaged": lambda: ComplaintTriaged(
            stage=stage,
            triaged_on=A_DAY,
            early_answer=False,
            complexity=Complexity.ORDINARY,
            risk=Risk.SOME,
            hazard=False,
        ),
        "vulnerability_told": lambda: VulnerabilityTold(told_on=A_DAY),
        "updates_agreed": lambda: UpdatesAgreed(stage=stage, agreed_on=A_DAY, every_working_days=5, channel="phone"),
        "interests_declared": lambda: InterestsDeclared(stage=stage, user_id=1, conflict=None),
        "override_asked": lambda: OverrideAsked(stage=stage, user_id=1, asked_by=2, bars=(Bar.NAMED,)),
        "override_decided": lambda: OverrideDecided(stage=stage, user_id=1, decided_by=3, approved=True),
        "lead_offered": lambda: LeadOffered(on=A_DAY),
        "lead_changed": lambda: LeadChanged(number=1, changed_on=A_DAY),
        "lead_left": lambda: LeadLeft(left_on=A_DAY),
        "member_left": lambda: MemberLeft(number=1, left_on=A_DAY),
        "member_letter": lambda: MemberLetter(number=1, letter_id="1", letter=LetterKind.RECEIPT, digest="0"),
        "member_code_requested": lambda: MemberCodeRequested(number=1),
        "member_code_issued": lambda: MemberCodeIssued(number=1),
        "pack_made": lambda: PackMade(for_whom=ForWhom.OMBUDSMAN, digest="0", pieces=1),
        "ombudsman_enquired": lambda: OmbudsmanEnquired(received_on=A_DAY, evidence_due=A_DAY),
        "ombudsman_evidence_sent": lambda: OmbudsmanEvidenceSent(sent_on=A_DAY),
        "ombudsman_directed": lambda: OmbudsmanDirected(directed_on=A_DAY, direction=Direction.ANSWER),
        "ombudsman_determined": lambda: OmbudsmanDetermined(
            determined_on=A_DAY, determination=Determination.SERVICE_FAILURE
        ),
        "ombudsman_order_done": lambda: OmbudsmanOrderDone(number=1, done_on=A_DAY),
        "complaint_linked": lambda: ComplaintLinked(
            link=LinkKind.RELATED, other_reference="H4KM-72QT", other_received_on=A_DAY, linked_on=A_DAY
        ),
        "bank_holiday_added": lambda: BankHolidayAdded(**HOLIDAY),
        "bank_holiday_removed": lambda: BankHolidayRemoved(**HOLIDAY),
        "link_ended": lambda: LinkEnded(link=LinkKind.RELATED, other_reference="H4KM-72QT", ended_on=A_DAY),
        "complaint_taken_in": lambda: ComplaintTakenIn(
            other_reference="H4KM-72QT", other_received_on=A_DAY, joined_on=A_DAY
        ),
        "complaint_joined": lambda: ComplaintJoined(into_reference="H4KM-72QT", joined_on=A_DAY),
        "taking_in_undone": lambda: TakingInUndone(other_reference="H4KM-72QT", undone_on=A_DAY),
        "joining_undone": lambda: JoiningUndone(undone_on=A_DAY),
        "person_joined": lambda: PersonJoined(joined_on=A_DAY, reply_by=ReplyBy.NONE, link=Link.TENANT),
        "remedy_reported": lambda: RemedyReported(number=1, remedy=1, done=True, reported_on=A_DAY),
        "feedback_given": lambda: FeedbackGiven(given_on=A_DAY),
        "representative_added": lambda: RepresentativeAdded(
            number=1, added_on=A_DAY, capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT
        ),
        "authority_asked": lambda: AuthorityAsked(
            number=1, asked_on=A_DAY, evidence=AuthorityEvidence.LINK, sent_by=SentBy.EMAIL
        ),
        "authority_recorded": lambda: AuthorityRecorded(
            number=1,
            basis=AuthorityBasis.CONSENT,
            evidence=AuthorityEvidence.CALL,
            scopes=(AuthorityScope.PROGRESS,),
            starts_on=A_DAY,
        ),
        "authority_ended": lambda: AuthorityEnded(number=1, ended_on=A_DAY, why=WhyEnded.RESIDENT_STOPPED),
        "representative_code_issued": lambda: RepresentativeCodeIssued(number=1),
        "representative_language_chosen": lambda: RepresentativeLanguageChosen(number=1, chosen_on=A_DAY),
        "letter_copied": lambda: LetterCopied(number=1, letter_id="", letter=LetterKind.RECEIPT, digest=""),
        "part_referred": lambda: PartReferred(
            number=1, route=Route.ASB, referred_on=A_DAY, told_on=A_DAY, received_on=A_DAY
        ),
        "building_safety_judged": lambda: BuildingSafetyJudged(judged_on=A_DAY, relevant=True),
        "request_linked": lambda: RequestLinked(service_reference="H4KM-72QT"),
        "referral_moved": lambda: ReferralMoved(number=1, step=ReferralStep.TAKEN_ON, on=A_DAY),
    }[kind]()


def test_the_table_speaks_of_every_event() -> None:
    assert {kind for kind, _, _ in rows()} | ELSEWHERE == set(EVENTS)


def led_to(before: Position, event: Event) -> Position | None:
    """None where it is refused."""
    try:
        return position_after(before, event)
    except Refused:
        return None


@pytest.mark.parametrize("stage", Stage)
def test_each_event_in_each_status_of_either_stage(stage: Stage) -> None:
    wanted = {
        (kind, status): None if after == "-" else Position(stage, Status(after)) for kind, status, after in rows()
    }
    found = {each: led_to(Position(stage, Status(each[1])), an_event(each[0], stage)) for each in wanted}
    assert found == wanted


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("status", Status)
def test_asking_for_stage_2(stage: Stage, status: Status) -> None:
    asked = an_event("escalation_requested", stage)
    if (stage, status) in ESCALATION:
        assert position_after(Position(stage, status), asked) == ESCALATION[stage, status]
    else:
        with pytest.raises(Refused):
            position_after(Position(stage, status), asked)


WAITING = {(Stage.ONE, Status.RECEIVED), (Stage.ONE, Status.ACKNOWLEDGED)}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("status", Status)
def test_complaints_are_joined_only_before_the_first_answer_and_go_back_to_where_they_stood(
    stage: Stage, status: Status
) -> None:
    before, joined = Position(stage, status), an_event("complaint_joined", stage)
    taken_in, undone = an_event("complaint_taken_in", stage), an_event("joining_undone", stage)
    if (stage, status) in WAITING:
        there = position_after(before, joined)
        assert (there.stage, there.status) == (stage, Status.JOINED)
        assert position_after(there, undone) == before
        assert position_after(before, taken_in) == before
        with pytest.raises(Refused):
            position_after(there, joined)
        with pytest.raises(Refused):
            position_after(there, taken_in)
    else:
        for event in (joined, taken_in):
            with pytest.raises(Refused):
                position_after(before, event)
    with pytest.raises(Refused):
        position_after(before, undone)


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_a_complaint_begins_by_being_received(kind: str) -> None:
    event = an_event(kind, Stage.ONE)
    if kind == "complaint_received":
        assert position_after(None, event) == Position(Stage.ONE, Status.RECEIVED)
    else:
        with pytest.raises(Refused, match="before it is received"):
            position_after(None, event)


@pytest.mark.parametrize("present", Stage)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    "kind",
    ["complaint_acknowledged", "handler_assigned", "deadline_extended", "response_sent", "complaint_declined"],
)
def test_what_belongs_to_the_other_stage_is_refused(kind: str, status: Status, present: Stage) -> None:
    other = Stage.TWO if present is Stage.ONE else Stage.ONE
    with pytest.raises(Refused, match=f"at stage {present.value}"):
        position_after(Position(present, status), an_event(kind, other))
