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
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import permissions
from portal.domain.events import Flag, Stage
from portal.domain.lifecycle import Status
from portal.domain.policy import Key, LetterKind
from portal.records.accounts import Role, User, WebAuthn
from portal.records.base import Base
from portal.records.columns import Choice, Flags, Instant

__all__ = [
    "AccessCode",
    "AccessGrant",
    "Base",
    "ChainHead",
    "Channel",
    "ComplaintRow",
    "Draft",
    "EventContent",
    "EventRow",
    "LetterRow",
    "LetterState",
    "Role",
    "User",
    "WebAuthn",
]

TO_DELIVER = "state IN ('pending', 'failed')"
NEEDS_A_PERSON = "state IN ('failed', 'to_post')"


def partial_index(name: str, rows: str, *columns: str) -> Index:
    """An index over some rows of a table alone, so that ended cases cost the queue nothing.

    SQLite has no booleans and uses such an index only where a query says exactly the same.
    """
    on_sqlite = {"is_open": "is_open = 1", "NOT is_open": "is_open = 0"}.get(rows, rows)
    return Index(name, *columns, sqlite_where=text(on_sqlite), postgresql_where=text(rows))


class ComplaintRow(Base):
    """A complaint as the queue needs it. `version` is the number of its last event."""

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    stage: Mapped[Stage] = mapped_column(Choice(Stage))
    status: Mapped[Status] = mapped_column(Choice(Status))
    is_open: Mapped[bool]
    received_on: Mapped[date]
    policy_in_force_from: Mapped[date]
    due_on: Mapped[date | None]
    due_key: Mapped[Key | None] = mapped_column(Choice(Key))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    resident_name: Mapped[str] = mapped_column(Text)
    flags: Mapped[tuple[Flag, ...]] = mapped_column(Flags())
    adjustments_asked: Mapped[bool]
    version: Mapped[int] = mapped_column()

    handler: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
    __table_args__ = (
        partial_index("ix_complaints_open_due", "is_open", "landlord", "due_on", "id"),
        partial_index("ix_complaints_open_handler_due", "is_open", "landlord", "handler_id", "due_on", "id"),
        partial_index("ix_complaints_ended_received", "NOT is_open", "landlord", "received_on", "id"),
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

    __table_args__ = (UniqueConstraint("landlord", "sequence"), UniqueConstraint("complaint_id", "number"))


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


class Channel(StrEnum):
    """How a letter goes to the resident. PAGE: it waits on the tracking page and nowhere else."""

    EMAIL = "email"
    POST = "post"
    PAGE = "page"


class LetterState(StrEnum):
    """How far a letter has come."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    TO_POST = "to_post"
    POSTED = "posted"
    ON_PAGE = "on_page"


class LetterRow(Base):
    """A letter, sealed: only how far its delivery has come changes afterwards.

    `body` is its source in Markdown, `promised_on` the date that it told the resident.
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
    state: Mapped[LetterState] = mapped_column(Choice(LetterState), default=LetterState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant())
    last_error: Mapped[str] = mapped_column(Text, default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow] = relationship()

    __table_args__ = (
        partial_index("ix_letters_to_deliver", TO_DELIVER, "next_try_at"),
        partial_index("ix_letters_needing_a_person", NEEDS_A_PERSON, "landlord", "written_at"),
    )


class AccessCode(Base):
    """The digest of a secret code that opens one complaint. A revoked one opens nothing."""

    __tablename__ = "access_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True)
    holder: Mapped[str] = mapped_column(String(40), default="resident")
    issued_at: Mapped[datetime] = mapped_column(Instant())
    revoked_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow] = relationship()


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
