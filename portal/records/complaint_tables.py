"""The tables of a complaint: what happened to it, and what lists and search show.

What happened stands in `events`; the columns of `complaints` are copied from the fold of those events, for the queue,
and are never written by anything but `history`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.domain import permissions
from portal.domain.events import Flag, Stage
from portal.domain.lifecycle import Status
from portal.domain.policy import Key
from portal.domain.representative_kinds import AuthorityScope, Capacity
from portal.records.accounts import User
from portal.records.base import Base
from portal.records.calendar_tables import LandlordCalendar
from portal.records.columns import Choice, Flags, Instant, People, Scopes
from portal.records.letter_columns import partial_index

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


class AdjustmentPerson(Base):
    """By what somebody is known again whose adjustments are for all contact: a digest of one thing about them."""

    __tablename__ = "adjustment_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    known_by: Mapped[str] = mapped_column(String(64))
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)

    __table_args__ = (Index("ix_adjustment_people_known_by", "landlord", "known_by"),)


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
