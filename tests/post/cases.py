"""Cases for letters, folded from events alone: each is as full as it can be when its letter is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal import landlords
from portal.domain import events
from portal.domain.adjustment_events import AdjustmentDecided, AdjustmentRequested
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome, RequestedBy
from portal.domain.case import Case, Rules
from portal.domain.events import Event, Finding, Recorded, RemedyKind, RemedyTerms, Stage
from portal.domain.folding import fold
from portal.domain.group_events import GroupFormed, LeadChanged, LeadLeft, MemberJoined
from portal.domain.joining_events import ComplaintTakenIn, TakingInUndone
from portal.domain.law import HazardKind, LawKey
from portal.domain.message_events import MessageSent
from portal.domain.ombudsman_events import Direction, OmbudsmanDirected
from portal.domain.owed import next_due
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Role
from portal.domain.policy import Key, LetterKind, SentBy
from portal.domain.referral_events import LawLimitMissed, PartReferred, ReferralMoved, ReferralStep
from portal.domain.remedy_events import RemedyAdded
from portal.domain.remedy_kinds import CompensationHead
from portal.domain.representative_events import AuthorityEnded, AuthorityRecorded, RepresentativeAdded
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    WhyEnded,
)
from portal.domain.restriction_events import ContactRestricted, ContactRestrictionReviewed
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome
from portal.domain.routes import Route
from portal.post.letters import Composed, StaffName, compose

LONDON = ZoneInfo("Europe/London")
REFERENCE = "H4KM-72Q"
RECEIVED = date(2026, 11, 23)  # a Monday

INVESTIGATOR, REVIEWER, SURVEYOR = 1, 2, 3
STAFF = {
    INVESTIGATOR: StaffName("Ines Vestigator", "Manager"),
    REVIEWER: StaffName("Rev Iewer", "Director"),
    SURVEYOR: StaffName("Sur Veyor", "Head of repairs"),
}

PERSON = events.Person(
    name="Ada Resident", email="ada@example.org", phone="020 7946 0000", address="1 Example Row", postcode="AB1 2CD"
)

RECEIVED_EVENT = events.ComplaintReceived(
    received_on=RECEIVED,
    channel="online",
    link=events.Link.TENANT,
    reply_by=events.ReplyBy.EMAIL,
    person=PERSON,
    what_happened="The boiler has been broken since October.",
    outcome_wanted="A working boiler.",
)


def acknowledged(stage: Stage, on: date) -> events.ComplaintAcknowledged:
    return events.ComplaintAcknowledged(
        stage=stage,
        acknowledged_on=on,
        point_count=2,
        points=("The boiler was left broken", "Nobody rang back"),
        outcomes=("A working boiler", "An apology"),
        responsible_for=("The boiler and the calls",),
        not_responsible_for=("The gas supply to the street",),
        why_still_dissatisfied="The boiler failed again." if stage is Stage.TWO else "",
    )


def response(stage: Stage, on: date) -> events.ResponseSent:
    return events.ResponseSent(
        stage=stage,
        sent_on=on,
        sent_by=SentBy.EMAIL,
        finding=Finding.PARTLY_UPHELD,
        findings=(Finding.UPHELD, Finding.NOT_UPHELD),
        remedies=(
            RemedyTerms(kind=RemedyKind.APOLOGY, owner_id=None, due=None),
            RemedyTerms(kind=RemedyKind.ACT_ON_DELAY, owner_id=SURVEYOR, due=on + timedelta(days=14)),
            RemedyTerms(kind=RemedyKind.MONEY, owner_id=INVESTIGATOR, due=on + timedelta(days=21), amount_pence=12500),
        ),
        answers=(
            events.PointAnswer(
                point="The boiler was left broken",
                finding=Finding.UPHELD,
                reasons="It took us 31 days.",
                law_and_policy="Landlord and Tenant Act 1985, section 11.",
            ),
            events.PointAnswer(
                point="Nobody rang back", finding=Finding.NOT_UPHELD, reasons="Our records show three calls."
            ),
        ),
        remedy_words=("We are sorry for the cold.", "We will fit a new boiler.", "For the cold month."),
        changes_to_remedy="The payment is larger." if stage is Stage.TWO else "",
    )


def declined(stage: Stage, ground: str) -> events.ComplaintDeclined:
    return events.ComplaintDeclined(
        stage=stage,
        ground=ground,
        evidence="The claim form that the court sealed.",
        claim_filed_on=date(2026, 5, 4),
        happened_on=PartialDate(2024, 3),
        aware_on=PartialDate(2024, 4),
        earlier_reference="H4KM-72QT",
        circumstances="You told us that you are unwell.",
        reasons="The court is dealing with the same matter.",
    )


def extension(case: Case, rules: Rules, told_on: date) -> events.DeadlineExtended:
    due = next_due(case, rules)
    assert due is not None
    return events.DeadlineExtended(
        stage=case.stage,
        told_on=told_on,
        old_due=due.on,
        new_due=due.on + timedelta(days=7),
        reason=events.ExtensionReason.INSPECTION_BOOKED,
        beyond_cap=True,
        update_every_working_days=5,
        agreed=True,
        explanation="A surveyor comes next week.",
        good_reason="Only the maker may open the boiler.",
    )


def rules_of(landlord: str) -> Rules:
    return Rules(landlords.policy_for(landlord, RECEIVED), landlords.the_code(), landlords.calendar_for(landlord))


TAKEN_IN = "W7XQ-46RN"

TO_REPRESENTATIVES = {LetterKind.REPRESENTATIVE_RECEIPT, LetterKind.REPRESENTATIVE_ENDED}


class Story:
    """A case that grows by one event after another."""

    def __init__(self, landlord: str, received: events.ComplaintReceived = RECEIVED_EVENT) -> None:
        self.landlord = landlord
        self.rules = rules_of(landlord)
        self.recorded: list[Recorded] = []
        self.then(received)

    def then(self, *more: Event) -> Story:
        for event in more:
            at = datetime(2026, 11, 23, 10, tzinfo=LONDON)
            number = len(self.recorded) + 1
            self.recorded.append(Recorded(number=number, at=at, by_role=Role.SYSTEM, by_id=None, event=event))
        return self

    @property
    def case(self) -> Case:
        return fold(REFERENCE, self.landlord, self.recorded)

    def ground(self) -> str:
        return (self.rules.policy.grounds or self.rules.code.grounds)[0].key

    def letter(
        self,
        kind: LetterKind,
        on: date = RECEIVED,
        staff: Mapping[int, StaffName] = STAFF,
        *,
        language: str = "en_GB",
    ) -> Composed:
        to = self.case.representatives[0] if kind in TO_REPRESENTATIVES else None
        ours = landlords.landlord(self.landlord)
        return compose(self.case, self.rules, ours, kind, on, staff, to, language=language)


def _received(story: Story) -> None:
    pass


def _acknowledged(story: Story) -> None:
    story.then(
        events.HandlerAssigned(stage=Stage.ONE, handler_id=INVESTIGATOR, rank="manager"),
        acknowledged(Stage.ONE, date(2026, 11, 24)),
    )


def _extended(story: Story) -> None:
    _acknowledged(story)
    story.then(extension(story.case, story.rules, date(2026, 11, 25)))


def _answered(story: Story) -> None:
    _acknowledged(story)
    story.then(response(Stage.ONE, date(2026, 12, 1)))


def _declined(story: Story) -> None:
    _acknowledged(story)
    story.then(declined(Stage.ONE, story.ground()))


def _escalated(story: Story) -> None:
    _answered(story)
    story.then(events.EscalationRequested(requested_on=date(2026, 12, 3), channel="online"))


def _acknowledged_again(story: Story) -> None:
    _escalated(story)
    story.then(
        events.HandlerAssigned(stage=Stage.TWO, handler_id=REVIEWER, rank="director"),
        acknowledged(Stage.TWO, date(2026, 12, 4)),
    )


def _answered_again(story: Story) -> None:
    _acknowledged_again(story)
    story.then(response(Stage.TWO, date(2026, 12, 10)))


def _declined_again(story: Story) -> None:
    _escalated(story)
    story.then(declined(Stage.TWO, story.ground()))


def _missed(story: Story) -> None:
    _acknowledged(story)
    due = next_due(story.case, story.rules)
    assert due is not None
    story.then(events.LimitMissed(key=Key.RESPOND_STAGE_1, basis=due.deadline.basis, due=due.on))


def _withdrawn(story: Story) -> None:
    _acknowledged(story)
    story.then(events.ComplaintWithdrawn(withdrawn_on=date(2026, 11, 26)))


def _closed(story: Story) -> None:
    _answered(story)
    story.then(events.ComplaintClosed(learning="We now ring back the same day."))


def _directed(story: Story) -> None:
    _declined(story)
    story.then(told_to(Direction.ACCEPT, RECEIVED))


def _directed_to_stage_2(story: Story) -> None:
    _answered(story)
    story.then(told_to(Direction.STAGE_2, RECEIVED))


def _directed_to_answer(story: Story) -> None:
    _acknowledged(story)
    story.then(told_to(Direction.ANSWER, RECEIVED))


def told_to(direction: Direction, on: date) -> OmbudsmanDirected:
    words = "The landlord should look into the complaint about the boiler."
    return OmbudsmanDirected(
        directed_on=on, direction=direction, answer_by=on + timedelta(days=9), own_reference="202600001", words=words
    )


def adjusted(story: Story) -> None:
    """One request agreed, one declined, on the day of the letter."""
    story.then(
        *(
            AdjustmentRequested(
                number=number,
                requested_on=RECEIVED,
                requested_by=RequestedBy.RESIDENT,
                scope=AdjustmentScope.ALL_CONTACT,
                adjustment=kind,
                detail="I cannot read small print.",
            )
            for number, kind in ((11, Adjustment.LARGE_PRINT), (12, Adjustment.HOME_VISIT))
        ),
        AdjustmentDecided(
            number=11,
            outcome=Outcome.AGREED,
            scope=AdjustmentScope.ALL_CONTACT,
            decided_on=RECEIVED,
            told_on=RECEIVED,
            starts_on=RECEIVED,
            review_on=date(2027, 5, 23),
            adjustment=Adjustment.LARGE_PRINT,
            print_size=18,
        ),
        AdjustmentDecided(
            number=12,
            outcome=Outcome.DECLINED,
            scope=AdjustmentScope.ALL_CONTACT,
            decided_on=RECEIVED,
            told_on=RECEIVED,
            adjustment=Adjustment.HOME_VISIT,
            reason="Nobody of us may come to your home this month.",
            alternative="We can meet you at the library.",
        ),
    )


def _written_to(story: Story) -> None:
    story.then(MessageSent(read_to=0, words="The surveyor comes on Friday."))


def _represented(story: Story) -> None:
    asked = RepresentativeAdded(
        number=1,
        added_on=RECEIVED,
        capacity=Capacity.FAMILY,
        asked_by=AskedBy.RESIDENT,
        submitted=True,
        name="Daughter One",
        email="daughter.one@example.org",
    )
    agreed = AuthorityRecorded(
        number=1,
        basis=AuthorityBasis.CONSENT,
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
        starts_on=RECEIVED,
        expires_on=date(2027, 5, 23),
    )
    story.then(asked, agreed)


def _acts_no_more(story: Story) -> None:
    _represented(story)
    story.then(AuthorityEnded(number=1, ended_on=RECEIVED, why=WhyEnded.RESIDENT_STOPPED))


def _referred(story: Story) -> None:
    story.then(
        PartReferred(
            number=1,
            route=Route.HAZARD,
            referred_on=RECEIVED,
            told_on=RECEIVED,
            received_on=RECEIVED,
            hazard=HazardKind.SIGNIFICANT,
            aware_at=datetime(2026, 11, 23, 9, tzinfo=LONDON),
            owner="Repairs team",
            reached_by="020 7946 0181",
            part="The ceiling may fall.",
        )
    )


def _led_by_another(story: Story) -> None:
    """Somebody joins the group, who leads it since; who led before is the second member."""
    _grouped(story)
    story.then(LeadChanged(number=1, changed_on=RECEIVED, former=2))


def _without_lead(story: Story) -> None:
    _grouped(story)
    story.then(LeadLeft(left_on=RECEIVED))


def _grouped(story: Story) -> None:
    person = replace(PERSON, name="Ada Neighbour")
    story.then(
        GroupFormed(formed_on=RECEIVED, matter="The boiler of the block is broken."),
        MemberJoined(
            number=1,
            joined_on=RECEIVED,
            channel="online",
            reply_by=events.ReplyBy.EMAIL,
            person=person,
            adjustments=story.case.received.adjustments,
            adjustment_words=story.case.received.adjustment_words,
        ),
    )


def _late_by_law(story: Story) -> None:
    """The danger was to be looked into by Monday 7 December."""
    _referred(story)
    story.then(LawLimitMissed(number=1, key=LawKey.INVESTIGATE, due=date(2026, 12, 7)))


def _data_late_by_law(story: Story) -> None:
    story.then(
        PartReferred(
            number=1,
            route=Route.DATA_PROTECTION_COMPLAINT,
            referred_on=RECEIVED,
            told_on=RECEIVED,
            received_on=RECEIVED,
            owner="The data protection officer",
            part="You told my neighbour.",
        ),
        LawLimitMissed(number=1, key=LawKey.ACKNOWLEDGE_DATA, due=date(2026, 12, 23)),
    )


def _found(story: Story) -> None:
    """What was found in the hazard."""
    _referred(story)
    story.then(
        ReferralMoved(number=1, step=ReferralStep.INVESTIGATED, on=RECEIVED),
        ReferralMoved(
            number=1, step=ReferralStep.FINDINGS_TOLD, on=RECEIVED, told_on=RECEIVED, words="The plaster is loose."
        ),
    )


def _completed(story: Story) -> None:
    _found(story)
    story.then(
        ReferralMoved(number=1, step=ReferralStep.COMPLETED, on=RECEIVED, told_on=RECEIVED, words="It is mended.")
    )


def _in_confidence(story: Story) -> None:
    story.then(
        PartReferred(
            number=1,
            route=Route.WHISTLEBLOWING,
            referred_on=RECEIVED,
            told_on=RECEIVED,
            received_on=RECEIVED,
            owner="A senior member of staff",
            part="Somebody takes money.",
        )
    )


def _joined(story: Story) -> None:
    """With a representative here, and one who came with the other complaint."""
    _represented(story)
    _acknowledged(story)
    came = ComplaintTakenIn(
        other_reference=TAKEN_IN,
        other_received_on=RECEIVED,
        joined_on=RECEIVED,
        representatives=(2,),
        into_definition=True,
        points=("The radiator leaks",),
    )
    member = RepresentativeAdded(
        number=2,
        added_on=RECEIVED,
        capacity=Capacity.MP,
        asked_by=AskedBy.RESIDENT,
        submitted=True,
        joined_from=TAKEN_IN,
        name="Member One",
        own_reference="MP/1",
    )
    story.then(came, member)


def _offered_more(story: Story) -> None:
    """After the answer: money for how late it was."""
    _answered(story)
    terms = RemedyTerms(
        kind=RemedyKind.MONEY,
        owner_id=INVESTIGATOR,
        due=date(2026, 12, 31),
        amount_pence=5000,
        head=CompensationHead.HANDLING,
        own_delay=True,
    )
    story.then(
        RemedyAdded(
            number=len(story.case.remedies) + 1,
            during=Stage.ONE,
            offered_on=date(2026, 12, 8),
            terms=terms,
            words="For our late answer",
            impact="You had to ask three times",
        )
    )


def _restricted(story: Story) -> None:
    _acknowledged(story)
    story.then(
        ContactRestricted(
            number=1,
            limits=(ContactLimit.CALLS_AT_SET_TIMES,),
            decided_on=date(2026, 11, 25),
            decided_by=INVESTIGATOR,
            review_on=date(2027, 2, 1),
            disability=Disability.NO_SIGN,
            terms="We call you on Tuesdays at ten",
            reason="Our staff were shouted at in three calls",
            evidence="Notes of the calls",
            equality="Asked, and nothing was wanted",
        )
    )


def _restriction_kept(story: Story) -> None:
    _restricted(story)
    story.then(
        ContactRestrictionReviewed(
            number=1,
            outcome=RestrictionOutcome.KEPT,
            reviewed_on=date(2026, 11, 26),
            review_on=date(2027, 3, 1),
            words="It happened again",
        )
    )


def _two_again(story: Story) -> None:
    _joined(story)
    story.then(TakingInUndone(other_reference=TAKEN_IN, undone_on=RECEIVED))


UP_TO: Mapping[LetterKind, Callable[[Story], None]] = {
    LetterKind.ADJUSTMENT: adjusted,
    LetterKind.RECEIPT: _received,
    LetterKind.ACKNOWLEDGEMENT: _acknowledged,
    LetterKind.EXTENSION: _extended,
    LetterKind.DECLINE: _declined,
    LetterKind.RESPONSE_STAGE_1: _answered,
    LetterKind.RECEIPT_STAGE_2: _escalated,
    LetterKind.ACKNOWLEDGEMENT_STAGE_2: _acknowledged_again,
    LetterKind.RESPONSE_STAGE_2: _answered_again,
    LetterKind.DECLINE_STAGE_2: _declined_again,
    LetterKind.LIMIT_MISSED: _missed,
    LetterKind.WITHDRAWAL: _withdrawn,
    LetterKind.CLOSING: _closed,
    LetterKind.DIRECTED: _directed,
    LetterKind.CODE_SLIP: _received,
    LetterKind.CODE_CHANGED: _received,
    LetterKind.MESSAGE: _written_to,
    LetterKind.CONTACT_CHANGED: _received,
    LetterKind.PERSON_JOINED: _received,
    LetterKind.COMPLAINTS_JOINED: _joined,
    LetterKind.MOVED_BY_JOINING: _joined,
    LetterKind.JOINING_UNDONE: _two_again,
    LetterKind.REPRESENTATIVE_RECEIPT: _represented,
    LetterKind.REPRESENTATIVE_ENDED: _acts_no_more,
    LetterKind.WHO_ACTS: _represented,
    LetterKind.MEMBER_JOINED: _received,
    LetterKind.REFERRAL: _referred,
    LetterKind.LAW_LIMIT_MISSED: _late_by_law,
    LetterKind.LEAD_CHANGED: _led_by_another,
    LetterKind.REMEDY: _offered_more,
    LetterKind.CONTACT_RESTRICTED: _restricted,
    LetterKind.RESTRICTION_DECIDED: _restriction_kept,
}


def _declined_at_once(story: Story) -> None:
    story.then(declined(Stage.ONE, story.ground()))


def _withdrawn_at_once(story: Story) -> None:
    story.then(events.ComplaintWithdrawn(withdrawn_on=date(2026, 11, 24)))


def _extended_again(story: Story) -> None:
    _acknowledged_again(story)
    story.then(extension(story.case, story.rules, date(2026, 12, 7)))


def _withdrawn_later(story: Story) -> None:
    _acknowledged_again(story)
    story.then(events.ComplaintWithdrawn(withdrawn_on=date(2026, 12, 7)))


def _closed_later(story: Story) -> None:
    _answered_again(story)
    story.then(events.ComplaintClosed())


def _answered_without_stage_1(story: Story) -> None:
    """Stage 1 was late, and the policy lets the resident go on without it."""
    _acknowledged(story)
    story.then(
        events.EscalationRequested(requested_on=date(2026, 12, 30), channel="phone"),
        events.HandlerAssigned(stage=Stage.TWO, handler_id=REVIEWER, rank="director"),
        acknowledged(Stage.TWO, date(2026, 12, 31)),
        replace(response(Stage.TWO, date(2027, 1, 8)), changes_to_remedy=""),
    )


ELSEWHERE: tuple[tuple[LetterKind, Callable[[Story], None]], ...] = (
    (LetterKind.DECLINE, _declined_at_once),
    (LetterKind.WITHDRAWAL, _withdrawn_at_once),
    (LetterKind.REFERRAL, _found),
    (LetterKind.REFERRAL, _completed),
    (LetterKind.REFERRAL, _in_confidence),
    (LetterKind.LAW_LIMIT_MISSED, _data_late_by_law),
    (LetterKind.LEAD_CHANGED, _without_lead),
    (LetterKind.WITHDRAWAL, _withdrawn_later),
    (LetterKind.EXTENSION, _extended_again),
    (LetterKind.LIMIT_MISSED, _received),
    (LetterKind.LIMIT_MISSED, _escalated),
    (LetterKind.LIMIT_MISSED, _acknowledged_again),
    (LetterKind.CLOSING, _closed_later),
    (LetterKind.DIRECTED, _directed_to_stage_2),
    (LetterKind.DIRECTED, _directed_to_answer),
    (LetterKind.RESPONSE_STAGE_2, _answered_without_stage_1),
)
"""Letters at other moments than the usual one."""


def story_for(landlord: str, kind: LetterKind, received: events.ComplaintReceived = RECEIVED_EVENT) -> Story:
    """The case at the moment at which a letter of this kind is written about it."""
    story = Story(landlord, received)
    UP_TO[kind](story)
    return story


def without(story: Story, event: type[Event], **emptied: object) -> Story:
    """The same story with some words of its last `event` taken away."""
    place = max(i for i, each in enumerate(story.recorded) if isinstance(each.event, event))
    changed = replace(story.recorded[place].event, **emptied)
    story.recorded[place] = replace(story.recorded[place], event=changed)
    return story
