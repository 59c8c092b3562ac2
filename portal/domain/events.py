"""One frozen dataclass for each thing that can happen to a complaint, in the past tense.

Two kinds of field. A plain field is a fact of the process (a date, a stage, a key) and goes into
the chained payload. A `content()` field is what somebody wrote or who they are: it is stored
beside the chain, which holds only a keyed digest of it, so that it can be erased and the chain
still verifies. Every content field has a default: a case folds after erasure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, ClassVar, TypeVar

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.interpreting import Interpreting
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Role
from portal.domain.policy import Basis, Key, LetterKind, SentBy
from portal.domain.remedy_kinds import CompensationHead, OwnDelay


def content(default: Any = "") -> Any:
    """A field with personal data or free text."""
    return field(default=default, metadata={"content": True})


class Stage(IntEnum):
    """The only two (Code 5.3)."""

    ONE = 1
    TWO = 2


class Link(StrEnum):
    """What a person is, or was, to the landlord. It never decides who reaches the Ombudsman."""

    TENANT = "tenant"
    SHARED_OWNER = "shared_owner"
    LEASEHOLDER = "leaseholder"
    LICENSEE = "licensee"
    FORMER_RESIDENT = "former_resident"
    APPLICANT = "applicant"
    NEIGHBOUR = "neighbour"
    OTHER = "other"
    NOT_SAID = "not_said"


class ReplyBy(StrEnum):
    """How somebody wants to hear from us. NONE: they will look at the tracking page themselves."""

    EMAIL = "email"
    POST = "post"
    PHONE = "phone"
    NONE = "none"


class Flag(StrEnum):
    """Something for a named person to weigh. A flag never refuses anything."""

    OVER_AGE_LIMIT = "over_age_limit"
    ANONYMOUS = "anonymous"
    LATE_ESCALATION = "late_escalation"
    NO_REASONS = "no_reasons"
    STAGE_1_UNANSWERED = "stage_1_unanswered"
    HAZARD = "hazard"
    HIGH_RISK = "high_risk"
    EARLY_ANSWER = "early_answer"
    ANSWER_TO_CHECK = "answer_to_check"
    LAW_DATE_MISSED = "law_date_missed"
    GROUP_WITHOUT_LEAD = "group_without_lead"
    BUILDING_SAFETY_IMMEDIATE = "building_safety_immediate"
    BUILDING_SAFETY_HIGH = "building_safety_high"
    BUILDING_SAFETY_LOWER = "building_safety_lower"


class Finding(StrEnum):
    """The decision on one point, or on the whole."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"


class RemedyKind(StrEnum):
    """The eight kinds of Code 7.1."""

    APOLOGY = "apology"
    ADMIT_FAULT = "admit_fault"
    EXPLANATION = "explanation"
    ACT_ON_DELAY = "act_on_delay"
    CHANGE_DECISION = "change_decision"
    CORRECT_RECORD = "correct_record"
    MONEY = "money"
    CHANGE_POLICY = "change_policy"


class ExtensionReason(StrEnum):
    """Reasons that a landlord may give. Workload, absence and system faults are not among them."""

    EVIDENCE_FROM_THIRD_PARTY = "evidence_from_third_party"
    RESIDENT_ASKED = "resident_asked"
    RESIDENT_UNAVAILABLE = "resident_unavailable"
    ADJUSTMENT = "adjustment"
    INSPECTION_BOOKED = "inspection_booked"
    SAFETY_INVESTIGATION = "safety_investigation"
    COMPLEX = "complex"


class SafeContact(StrEnum):
    """What would put somebody at risk if it reached the wrong eyes. No reason is asked."""

    NO_POST = "no_post"
    NO_EMAIL = "no_email"
    DISCREET = "discreet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever a complaint is from. Everything may be empty: anonymous complaints are received.

    `language` is the one in which they read, such as cy. Where it is empty or not offered, letters are in English.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    language: str = ""

    @property
    def can_be_known(self) -> bool:
        """Whether anything was left by which this person could be known again, or reached."""
        return any(each.strip() for each in (self.name, self.email, self.phone, self.address))


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAnswer:
    """One point of the complaint definition with the answer to it (Code 6.7)."""

    point: str
    finding: Finding
    reasons: str
    law_and_policy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyTerms:
    """What is promised, without its words: kind, who owns it, and by when (Code 7.3).

    `agreed`: whether the resident agreed to it, None where nobody asked. `own_delay`: it is for the lateness of the
    complaint itself. `set_off`: it goes against arrears of rent.
    """

    kind: RemedyKind
    owner_id: int | None
    due: date | None
    amount_pence: int | None = None
    head: CompensationHead | None = None
    agreed: bool | None = None
    own_delay: bool = False
    set_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened."""

    kind: ClassVar[str] = ""


EVENTS: dict[str, type[Event]] = {}
"""Every kind of event by the name under which it is stored."""

E = TypeVar("E", bound=type[Event])


def event(kind: str) -> Callable[[E], E]:
    """Register an event class under the name that is stored for ever."""

    def register(cls: E) -> E:
        assert kind not in EVENTS, f"two events are called {kind}"
        cls.kind = kind
        EVENTS[kind] = cls
        return cls

    return register


def content_fields(cls: type[Event]) -> tuple[Field[Any], ...]:
    """The fields that stand outside the chain."""
    return tuple(each for each in fields(cls) if each.metadata.get("content"))


@event("complaint_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReceived(Event):
    """A complaint reached the landlord. `received_on` is day 0 whatever the hour (Code 6.2)."""

    received_on: date
    channel: str
    link: Link
    reply_by: ReplyBy
    flags: tuple[Flag, ...] = ()
    happened_on: PartialDate | None = None
    aware_on: PartialDate | None = None
    link_from: PartialDate | None = None
    link_until: PartialDate | None = None
    adjustments_asked: bool = False
    from_request: str | None = None
    area: str | None = None
    person: Person = content(Person())
    what_happened: str = content()
    outcome_wanted: str = content()
    adjustments: tuple[Adjustment, ...] = content(())
    adjustment_words: str = content()
    interpreting: Interpreting = content(Interpreting())
    safe_contact: tuple[SafeContact, ...] = content(())

    @property
    def is_discreet(self) -> bool:
        """Whether nothing that others may see should say who it is from or what it is about."""
        return SafeContact.DISCREET in self.safe_contact

    @property
    def hazard(self) -> bool:
        """Whether they said that something may hurt somebody."""
        return Flag.HAZARD in self.flags


@event("complaint_acknowledged")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAcknowledged(Event):
    """The complaint definition was set out to the resident (Code 5.6, 5.7, 6.2, 6.11)."""

    stage: Stage
    acknowledged_on: date
    point_count: int
    points: tuple[str, ...] = content(())
    outcomes: tuple[str, ...] = content(())
    responsible_for: tuple[str, ...] = content(())
    not_responsible_for: tuple[str, ...] = content(())
    why_still_dissatisfied: str = content()


@event("handler_assigned")
@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerAssigned(Event):
    """Somebody became the handler of a stage, having declared no conflict of interest."""

    stage: Stage
    handler_id: int
    rank: str | None


@event("staff_named")
@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNamed(Event):
    """Members of staff whom the complaint is about: they handle no stage of it."""

    user_ids: tuple[int, ...]


@event("deadline_extended")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtended(Event):
    """More working days, told before the limit with reason and new date (Code 6.4, 6.15)."""

    stage: Stage
    told_on: date
    old_due: date
    new_due: date
    reason: ExtensionReason
    beyond_cap: bool = False
    update_every_working_days: int | None = None
    agreed: bool = False
    explanation: str = content()
    good_reason: str = content()


@event("response_sent")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSent(Event):
    """The answer to a stage, point by point (Code 6.9, 6.19)."""

    stage: Stage
    sent_on: date
    sent_by: SentBy
    finding: Finding
    findings: tuple[Finding, ...]
    remedies: tuple[RemedyTerms, ...] = ()
    own_delay: OwnDelay | None = None
    answers: tuple[PointAnswer, ...] = content(())
    remedy_words: tuple[str, ...] = content(())
    remedy_impacts: tuple[str, ...] = content(())
    own_delay_reason: str = content()
    changes_to_remedy: str = content()


@event("escalation_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRequested(Event):
    """The resident asked for stage 2. No reason is ever required (Code 6.12)."""

    requested_on: date
    channel: str
    flags: tuple[Flag, ...] = ()
    window_ended: date | None = None
    words: str = content()


@event("complaint_declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDeclined(Event):
    """Not accepted, or not escalated, by a named person with reasons (Code 2.1 to 2.5, 5.11).

    Of a ground that rests on age: when it happened and when the resident became aware of it, as found out.
    """

    stage: Stage
    ground: str
    claim_filed_on: date | None = None
    earlier_reference: str | None = None
    happened_on: PartialDate | None = None
    aware_on: PartialDate | None = None
    evidence: str = content()
    circumstances: str = content()
    reasons: str = content()


@event("complaint_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWithdrawn(Event):
    """The resident no longer wants an answer."""

    withdrawn_on: date
    words: str = content()


@event("complaint_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintClosed(Event):
    """Nothing more is to be answered. What was promised stays open until it is done (Code 6.6)."""

    learning: str = content()


@event("remedy_completed")
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyCompleted(Event):
    """A promised action was done. `number` counts from 1 over the whole case, `evidence_id` is a file of it."""

    number: int
    done_on: date
    evidence_id: str | None = None
    evidence: str = content()


@event("limit_missed")
@dataclass(frozen=True, slots=True, kw_only=True)
class LimitMissed(Event):
    """A limit passed without what it asked for; noticed on the day after it."""

    key: Key
    basis: Basis
    due: date


@event("letter_written")
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWritten(Event):
    """A letter was sealed. `promised` is the date that it told the resident, where it told one."""

    letter_id: str
    letter: LetterKind
    digest: str
    promised: date | None = None


@event("code_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class CodeIssued(Event):
    """The secret code was replaced after a check of who was asking; the old one is dead."""

    identity_check: str = content()


@event("code_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequested(Event):
    """Somebody gave the reference and said that the code is lost. `sent_by` is empty where there was nowhere to send.

    The old code goes on working until its owner makes a new one. `acting`: they say that they act for the resident,
    and `representative` is the number of the one to whom it was sent.
    """

    sent_by: SentBy | None = None
    acting: bool = False
    representative: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it stands in the record. `number` counts a case's events from 1."""

    number: int
    at: datetime
    by_role: Role
    by_id: int | None
    event: Event


def is_news(recorded: Recorded) -> bool:
    """Whether somebody in the middle of a form has to be told of it. That a code was asked for changes nothing there,
    nor does where an email lies, what it says being a message of its own, nor that a copy of the record was made.

    Anybody who knows a reference could otherwise ask and ask, and have staff begin again each time.
    """
    said = recorded.event
    return said.kind not in ("code_requested", "member_code_requested", "mail_filed", "pack_made") and not (
        said.kind in ("letter_written", "member_letter") and getattr(said, "letter", None) is LetterKind.CODE_SLIP
    )


def moved_on(recorded: Sequence[Recorded], version: int) -> bool:
    """Whether a page that shows a case as it was at that version has to be looked at again."""
    return version > recorded[-1].number or any(is_news(each) for each in recorded if each.number > version)
