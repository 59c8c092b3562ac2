"""The tables of what reaches us and is no complaint: its letters, and the record of what happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import permissions
from portal.domain.enquiries import EnquiryKind, EnquiryLetterKind, EnquiryStep
from portal.records.base import Base
from portal.records.columns import Choice, Instant
from portal.records.letter_columns import NEEDS_A_PERSON, TO_DELIVER, Channel, LetterState, partial_index


class EnquiryLetter(Base):
    """A letter that belongs to no complaint, sealed: only how far its delivery has come changes afterwards.

    `enquiry` and `reference` say what it is about. The other columns are those of a letter about a complaint.
    """

    __tablename__ = "enquiry_letters"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    enquiry: Mapped[EnquiryKind] = mapped_column(Choice(EnquiryKind))
    reference: Mapped[str] = mapped_column(String(20))
    kind: Mapped[EnquiryLetterKind] = mapped_column(Choice(EnquiryLetterKind))
    written_at: Mapped[datetime] = mapped_column(Instant())
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(20), default="en_GB")
    english: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    to_address: Mapped[str] = mapped_column(Text, default="")
    discreet: Mapped[bool] = mapped_column(default=False)
    type_size: Mapped[int | None]
    plain_text: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[LetterState] = mapped_column(Choice(LetterState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant())
    last_error: Mapped[str] = mapped_column(Text, default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant())

    __table_args__ = (
        Index("ix_enquiry_letters_reference", "landlord", "reference"),
        partial_index("ix_enquiry_letters_to_deliver", TO_DELIVER, "next_try_at"),
        partial_index("ix_enquiry_letters_needing_a_person", NEEDS_A_PERSON, "landlord", "written_at"),
    )


class EnquiryEntry(Base):
    """One line of what happened to an enquiry, bound to all before it. The database refuses to change or delete it.

    `payload` names nobody. What people wrote, and who they are, stands in `words`, of which there is a digest here.
    """

    __tablename__ = "enquiry_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant())
    by_role: Mapped[permissions.Role] = mapped_column(Choice(permissions.Role))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    enquiry: Mapped[EnquiryKind] = mapped_column(Choice(EnquiryKind))
    reference: Mapped[str] = mapped_column(String(20))
    step: Mapped[EnquiryStep] = mapped_column(Choice(EnquiryStep))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_digest: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    words: Mapped[EnquiryWords | None] = relationship(back_populates="entry")

    __table_args__ = (
        UniqueConstraint("landlord", "sequence"),
        Index("ix_enquiry_record_reference", "landlord", "reference", "id"),
    )


class EnquiryWords(Base):
    """What somebody wrote or who they are. Erasing it empties `key` and `body` and sets `erased_at`."""

    __tablename__ = "enquiry_words"

    entry_id: Mapped[int] = mapped_column(ForeignKey("enquiry_record.id"), primary_key=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    erased_at: Mapped[datetime | None] = mapped_column(Instant())

    entry: Mapped[EnquiryEntry] = relationship(back_populates="words")


class EnquiryHead(Base):
    """The last line of a landlord's record of enquiries, locked while one is added."""

    __tablename__ = "enquiry_heads"

    landlord: Mapped[str] = mapped_column(String(40), primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
