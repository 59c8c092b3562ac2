"""The tables. No method here decides anything.

What happened to a complaint stands in `events`; the columns of `complaints` are copied from the
fold of those events, for the queue, and are never written by anything but `history`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.domain import permissions
from portal.domain.adjustment_kinds import Outcome
from portal.domain.events import Flag, ReplyBy, SafeContact, Stage
from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.domain.lifecycle import Status
from portal.domain.policy import Key, LetterKind
from portal.domain.representative_kinds import AuthorityScope, Capacity
from portal.records.accounts import Role, User, WebAuthn
from portal.records.base import Base
from portal.records.calendar_tables import CalendarEntry, LandlordCalendar
from portal.records.columns import Choice, Flags, Instant, People, Safety, Scopes
from portal.records.enquiry_tables import EnquiryEntry, EnquiryHead, EnquiryLetter, EnquiryWords
from portal.records.letter_columns import NEEDS_A_PERSON, TO_DELIVER, Channel, LetterState, partial_index
from portal.records.mail_tables import IncomingMail, MailboxRead
from portal.records.note_tables import Note
from portal.records.office_tables import Dissolution, Office, OfficeMember, OfficeSession
from portal.records.register_tables import MinorIssueRow, RegisterEntry
from portal.records.sent_tables import SentCopy, SentHead
from portal.records.staff_tables import AccessEntry, OwnList, RecoveryCode, StaffEntry, StaffWarning

__all__ = [
    "TO_DELIVER",
    "AccessCode",
    "AccessEntry",
    "AccessGrant",
    "AdjustmentPerson",
    "Base",
    "CalendarEntry",
    "ChainHead",
    "Channel",
    "ComplaintRow",
    "Dissolution",
    "Draft",
    "DraftKey",
    "DraftKeyKind",
    "EasierRequest",
    "EnquiryEntry",
    "EnquiryHead",
    "EnquiryLetter",
    "EnquiryWords",
    "EventContent",
    "EventRow",
    "EvidenceRow",
    "IncomingMail",
    "LandlordCalendar",
    "LetterRow",
    "LetterState",
    "Link",
    "LinkPurpose",
    "MailboxRead",
    "MinorIssueRow",
    "Note",
    "Office",
    "OfficeMember",
    "OfficeSession",
    "OwnList",
    "Petition",
    "RecoveryCode",
    "RegisterEntry",
    "RepresentativeRow",
    "Role",
    "SearchEntry",
    "SentCopy",
    "SentHead",
    "ServiceRequest",
    "StaffEntry",
    "StaffWarning",
    "User",
    "WebAuthn",
]

TO_CHECK = "state = 'checking'"
DECLINED = "kind = 'complaint_declined'"


class ComplaintRow(Base):
    """A complaint as the queue needs it. `version` is the number of its last event.

    `changed_at` is the moment of its last event, `adjustment_due_on` the day from which an adjustment waits to be
    decided or looked at again.

    `copied_as` tells which kind of copy of the fold its columns are, so that older ones are made anew.
    Of what was passed on: `law_due_on` is the first date of the law that is still to be kept, `law_notice_at` the
    moment from which on one is missed that is not yet on record as that. `remedy_due_on` is the first date of what was
    promised and is still owed, `remedy_notice_on` that of what nobody has been told is late.
    """

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    stage: Mapped[Stage] = mapped_column(Choice(Stage))
    status: Mapped[Status] = mapped_column(Choice(Status))
    is_open: Mapped[bool]
    received_on: Mapped[date]
    changed_at: Mapped[datetime] = mapped_column(Instant())
    channel: Mapped[str] = mapped_column(String(40))
    policy_in_force_from: Mapped[date]
    due_on: Mapped[date | None]
    due_key: Mapped[Key | None] = mapped_column(Choice(Key))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    resident_name: Mapped[str] = mapped_column(Text)
    home: Mapped[str] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(String(40))
    restricted_to: Mapped[tuple[int, ...] | None] = mapped_column(People())
    flags: Mapped[tuple[Flag, ...]] = mapped_column(Flags())
    messages_waiting: Mapped[bool] = mapped_column(default=False)
    adjustments_asked: Mapped[bool]
    adjustments_to_decide: Mapped[bool] = mapped_column(default=False)
    adjustments_review_on: Mapped[date | None]
    adjustment_due_on: Mapped[date | None]
    waits_for_resident: Mapped[bool] = mapped_column(default=False)
    answer_is_known: Mapped[bool] = mapped_column(default=False)
    safety_building: Mapped[str | None] = mapped_column(String(200))
    law_due_on: Mapped[date | None]
    law_notice_at: Mapped[datetime | None] = mapped_column(Instant())
    authority_check_on: Mapped[date | None]
    restriction_due_on: Mapped[date | None]
    remedy_due_on: Mapped[date | None]
    remedy_notice_on: Mapped[date | None]
    update_due_on: Mapped[date | None]
    ombudsman_since: Mapped[date | None]
    ombudsman_due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    copied_as: Mapped[int] = mapped_column(SmallInteger)

    handler: Mapped[User | None] = relationship()

    # Read with the row, so that no date is ever counted with another calendar than that of its moment.
    days_off: Mapped[str | None] = column_property(
        select(LandlordCalendar.days)
        .where(LandlordCalendar.landlord == landlord)
        .correlate_except(LandlordCalendar)
        .scalar_subquery()
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
    __table_args__ = (
        partial_index("ix_complaints_open_due", "is_open", "landlord", "due_on", "id"),
        partial_index("ix_complaints_open_handler_due", "is_open", "landlord", "handler_id", "due_on", "id"),
        partial_index("ix_complaints_open_received", "is_open", "landlord", "received_on", "id"),
        partial_index("ix_complaints_open_changed", "is_open", "landlord", "changed_at", "id"),
        partial_index("ix_complaints_ended_changed", "NOT is_open", "landlord", "changed_at", "id"),
        partial_index("ix_complaints_ended_received", "NOT is_open", "landlord", "received_on", "id"),
        partial_index("ix_complaints_messages_waiting", "messages_waiting", "landlord", "received_on", "id"),
        partial_index("ix_complaints_waits_for_resident", "waits_for_resident", "landlord", "due_on", "id"),
        partial_index("ix_complaints_answer_is_known", "answer_is_known", "landlord", "due_on", "id"),
        partial_index(
            "ix_complaints_adjustment_due", "adjustment_due_on IS NOT NULL", "landlord", "adjustment_due_on", "id"
        ),
        partial_index("ix_complaints_safety_building", "safety_building IS NOT NULL", "landlord", "safety_building"),
        partial_index("ix_complaints_law_due", "law_due_on IS NOT NULL", "landlord", "law_due_on", "id"),
        partial_index("ix_complaints_law_notice", "law_notice_at IS NOT NULL", "law_notice_at"),
        partial_index("ix_complaints_update_due", "update_due_on IS NOT NULL", "landlord", "update_due_on", "id"),
        partial_index("ix_complaints_ombudsman", "ombudsman_since IS NOT NULL", "landlord", "id"),
        partial_index(
            "ix_complaints_ombudsman_due", "ombudsman_due_on IS NOT NULL", "landlord", "ombudsman_due_on", "id"
        ),
        partial_index(
            "ix_complaints_authority", "authority_check_on IS NOT NULL", "landlord", "authority_check_on", "id"
        ),
        partial_index(
            "ix_complaints_restriction_due", "restriction_due_on IS NOT NULL", "landlord", "restriction_due_on", "id"
        ),
        partial_index("ix_complaints_remedy_due", "remedy_due_on IS NOT NULL", "landlord", "remedy_due_on", "id"),
        partial_index("ix_complaints_remedy_notice", "remedy_notice_on IS NOT NULL", "landlord", "remedy_notice_on"),
    )


class EventRow(Base):
    """One event. The database refuses to change or delete it; `content_digest` stands for its content."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant())
    by_role: Mapped[permissions.Role] = mapped_column(Choice(permissions.Role))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_digest: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    complaint: Mapped[ComplaintRow] = relationship()
    content: Mapped[EventContent | None] = relationship(back_populates="event")

    __table_args__ = (
        UniqueConstraint("landlord", "sequence"),
        UniqueConstraint("complaint_id", "number"),
        partial_index("ix_events_declined", DECLINED, "landlord", "id"),
    )


class EventContent(Base):
    """What somebody wrote or who they are. Erasing it empties `key` and `body` and sets `erased_at`."""

    __tablename__ = "event_contents"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    erased_at: Mapped[datetime | None] = mapped_column(Instant())

    event: Mapped[EventRow] = relationship(back_populates="content")


class ChainHead(Base):
    """The last link of a landlord's chain, locked while a link is added."""

    __tablename__ = "chain_heads"

    landlord: Mapped[str] = mapped_column(String(40), primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

    days_off: Mapped[str | None] = column_property(
        select(LandlordCalendar.days)
        .where(LandlordCalendar.landlord == landlord)
        .correlate_except(LandlordCalendar)
        .scalar_subquery()
    )


class SearchEntry(Base):
    """What a complaint is found by: copied from its events, and written by `history` alone.

    Each database keeps indexes of its own over it, which are no mapped columns (`records.search`).
    """

    __tablename__ = "search_entries"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    parts: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)

    complaint: Mapped[ComplaintRow] = relationship()


class LetterRow(Base):
    """A letter, sealed: only how far its delivery has come changes afterwards.

    `body` is its source in Markdown, `promised_on` the date that it told the resident. `discreet`: nothing that others
    may see of it says who it is from or what it is about. The last three say how it has to be made: its type in points,
    as text alone, and the formats that a person makes, separated by spaces. `member`: the number of the member of a
    group to whom it goes, `representative` that of the representative, where it does not go to the resident.

    `language` is the one that it is written in; where that is not English, `english` is the source of the same letter,
    with its subject as a heading, for staff to read.
    """

    __tablename__ = "letters"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    landlord: Mapped[str] = mapped_column(String(40))
    kind: Mapped[LetterKind] = mapped_column(Choice(LetterKind))
    stage: Mapped[Stage] = mapped_column(Choice(Stage))
    written_at: Mapped[datetime] = mapped_column(Instant())
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    promised_on: Mapped[date | None]
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    to_address: Mapped[str] = mapped_column(Text, default="")
    discreet: Mapped[bool] = mapped_column(default=False)
    state: Mapped[LetterState] = mapped_column(Choice(LetterState), default=LetterState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant())
    last_error: Mapped[str] = mapped_column(Text, default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant())
    type_size: Mapped[int | None]
    plain_text: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[str] = mapped_column(String(200), default="")
    representative: Mapped[int | None]
    member: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(20), default="en_GB")
    english: Mapped[str] = mapped_column(Text, default="")

    complaint: Mapped[ComplaintRow] = relationship()

    __table_args__ = (
        partial_index("ix_letters_to_deliver", TO_DELIVER, "next_try_at"),
        partial_index("ix_letters_needing_a_person", NEEDS_A_PERSON, "landlord", "written_at"),
    )


class AdjustmentPerson(Base):
    """By what somebody is known again whose adjustments are for all contact: a digest of one thing about them."""

    __tablename__ = "adjustment_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    known_by: Mapped[str] = mapped_column(String(64))
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)

    __table_args__ = (Index("ix_adjustment_people_known_by", "landlord", "known_by"),)


class Reached:
    """How whoever asked without a complaint is reached, whatever they asked for."""

    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    reply_by: Mapped[ReplyBy] = mapped_column(Choice(ReplyBy), default=ReplyBy.NONE)
    safe_contact: Mapped[tuple[SafeContact, ...]] = mapped_column(Safety(), default=())


class EasierRequest(Reached, Base):
    """What somebody asked for without a complaint. `settled_at` is empty until somebody has decided.

    `contact` is how they said that they can be reached, where they were asked for that in one piece; `about` the
    reference of the petition or the request for service that they asked it with; `interpreter` the code of a language.
    """

    __tablename__ = "easier_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Instant())
    about: Mapped[str | None] = mapped_column(String(20), index=True)
    contact: Mapped[str] = mapped_column(Text, default="")
    adjustments: Mapped[list[str]] = mapped_column(JSON)
    print_size: Mapped[int | None]
    interpreter: Mapped[str] = mapped_column(String(20), default="")
    interpreter_words: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Outcome | None] = mapped_column(Choice(Outcome))
    decision: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    alternative: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Instant())
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (Index("ix_easier_requests_landlord_settled", "landlord", "settled_at", "asked_at"),)


class ServiceRequest(Reached, Base):
    """Something that somebody asked to have put right: no complaint, and not ended by one (Code 1.4, 1.5).

    `told_at`: when they were told in writing that we have it; `complaint_reference`: of the complaint about it.
    """

    __tablename__ = "service_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Instant())
    channel: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    hazard: Mapped[bool]
    told_at: Mapped[datetime | None] = mapped_column(Instant())
    outcome: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None] = mapped_column(Instant())
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    complaint_reference: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (Index("ix_service_requests_landlord_done", "landlord", "done_at", "asked_at"),)


class Petition(Reached, Base):
    """A petition that was handed in, which is no complaint. `complaint_reference`: of the complaint that came of it."""

    __tablename__ = "petitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    received_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Instant())
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[str] = mapped_column(String(40))
    asks: Mapped[str] = mapped_column(Text)
    signatures: Mapped[int | None]
    complaint_reference: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Instant())
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (Index("ix_petitions_landlord_settled", "landlord", "settled_at", "received_on"),)


class AccessCode(Base):
    """The digest of a secret code that opens one complaint. A revoked one opens nothing.

    `representative` is the number of the one who holds it, where it is not the resident's; `member` that of a member
    of a group. A code stays with whoever holds it while their complaint is joined to another: then it opens that one,
    as the digest holds the reference that they know. `suspended_for_id` is the complaint while whose joining it opens
    nothing.
    """

    __tablename__ = "access_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True)
    holder: Mapped[str] = mapped_column(String(40), default="resident")
    representative: Mapped[int | None]
    member: Mapped[int | None]
    suspended_for_id: Mapped[int | None]
    issued_at: Mapped[datetime] = mapped_column(Instant())
    revoked_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow] = relationship()


class RepresentativeRow(Base):
    """A representative as lists and codes need them: copied from the fold of the case, and written by `history` alone.

    `scopes` are those of the authority, from `starts_on` to `expires_on`; `ended_on` is set while they act no more.
    `office_id` is the office of which they are.
    """

    __tablename__ = "representatives"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    landlord: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    capacity: Mapped[Capacity] = mapped_column(Choice(Capacity))
    office_id: Mapped[int | None]
    own_reference: Mapped[str] = mapped_column(Text, default="")
    submitted: Mapped[bool]
    scopes: Mapped[tuple[AuthorityScope, ...]] = mapped_column(Scopes())
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    complaint: Mapped[ComplaintRow] = relationship()

    __table_args__ = (
        UniqueConstraint("complaint_id", "number"),
        Index("ix_representatives_office", "landlord", "office_id", "complaint_id"),
    )


class AccessGrant(Base):
    """A short session bound to one complaint, known by the digest of the token in its cookie."""

    __tablename__ = "access_grants"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    access_code_id: Mapped[int] = mapped_column(ForeignKey("access_codes.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)

    complaint: Mapped[ComplaintRow] = relationship()
    access_code: Mapped[AccessCode] = relationship()


class Draft(Base):
    """A complaint that is being written, page by page. With `submitted_reference` it has been submitted, once."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    pages: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(Instant())
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    submitted_reference: Mapped[str | None] = mapped_column(String(20))


class DraftKeyKind(StrEnum):
    """What finds a draft beside the token of the browser that began it."""

    CODE = "code"
    DEVICE = "device"


class DraftKey(Base):
    """The digest of one more thing that finds a draft: a code to type, or the token of another browser."""

    __tablename__ = "draft_keys"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_hash: Mapped[str] = mapped_column(ForeignKey("drafts.token_hash", ondelete="CASCADE"), index=True)
    kind: Mapped[DraftKeyKind] = mapped_column(Choice(DraftKeyKind))


class LinkPurpose(StrEnum):
    """What a link is for."""

    DRAFT = "draft"
    NEW_CODE = "new_code"
    SERVICE_REQUEST = "service_request"
    SIGN_IN = "sign_in"
    AUTHORITY = "authority"
    OFFICIAL_ADDRESS = "official_address"
    INVITATION = "invitation"
    STAFF_NOTE = "staff_note"


class Link(Base):
    """Something that was asked for and goes to its owner alone: the link or the code of an email, the slip of a letter.

    Its secret is derived when it is delivered and is stored nowhere; `token_hash` is its digest. Of a code to sign in
    with it is the digest of what the browser keeps that asked; `member` is empty where nobody has the address that
    was typed, so that a try there takes the same work. `language` is the one that its owner reads, empty where that is
    not known, `group_member` the number of the member of a group whose it is. The columns of delivery are those of a
    letter. One to a member of staff has their `user_id`; that which only tells them something opens nothing.
    `lines` are those of a daily list.
    """

    __tablename__ = "links"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[LinkPurpose] = mapped_column(Choice(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    draft_hash: Mapped[str | None] = mapped_column(ForeignKey("drafts.token_hash", ondelete="CASCADE"), index=True)
    representative: Mapped[int | None]
    group_member: Mapped[int | None]
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("office_members.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(Instant())
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant())
    about: Mapped[str] = mapped_column(String(20), default="")
    lines: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    to_address: Mapped[str] = mapped_column(Text, default="")
    discreet: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(20), default="en_GB")
    state: Mapped[LetterState] = mapped_column(Choice(LetterState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant())
    last_error: Mapped[str] = mapped_column(Text, default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow | None] = relationship()
    draft: Mapped[Draft | None] = relationship()
    letter: Mapped[LetterRow | None] = relationship()
    member: Mapped[OfficeMember | None] = relationship()

    __table_args__ = (partial_index("ix_links_to_deliver", TO_DELIVER, "next_try_at"),)


class CodeRequest(Base):
    """Somebody asked for a new code for this reference, which may be nobody's. It is gone once that is answered.

    `known_by`: digests of what a member of a group gave of themselves, separated by spaces; empty for the resident.
    `acting`: they say that they act for the resident.
    """

    __tablename__ = "code_requests"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    known_by: Mapped[str] = mapped_column(Text, default="")
    acting: Mapped[bool] = mapped_column(default=False)


class EvidenceRow(Base):
    """A file in the store, of a complaint, of a draft, or of neither: such a one is deleted after `keep_until`.

    `digest` is that of what came, `shared_digest` that of the copy which is shown in its place. `stored` is false
    once what was in it is deleted. `name`, and whether it is to show that somebody may act, are kept here for drafts
    alone: afterwards they stand in the event.
    """

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    draft_hash: Mapped[str | None] = mapped_column(ForeignKey("drafts.token_hash", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[FileKind] = mapped_column(Choice(FileKind))
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    shared_digest: Mapped[str | None] = mapped_column(String(64))
    stored: Mapped[bool]
    shows_authority: Mapped[bool] = mapped_column(default=False)
    state: Mapped[FileState] = mapped_column(Choice(FileState))
    why_refused: Mapped[WhyRefused | None] = mapped_column(Choice(WhyRefused))
    added_at: Mapped[datetime] = mapped_column(Instant())
    keep_until: Mapped[datetime] = mapped_column(Instant())
    next_check_at: Mapped[datetime] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow | None] = relationship()

    __table_args__ = (partial_index("ix_evidence_to_check", TO_CHECK, "next_check_at"),)
