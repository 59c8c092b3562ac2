"""The tables of what went to somebody, byte for byte."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import LargeBinary, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from portal.records.base import Base
from portal.records.columns import Choice, Instant


class SentAs(StrEnum):
    """What kind of file is kept."""

    EMAIL = "email"
    PAPER = "paper"


class SentCopy(Base):
    """What went, as it went: an email with all that was attached, or the PDF of what was posted.

    `digest` is its SHA-256, `size` its bytes. `letter_id` is that of a letter about a complaint, or of one about none;
    one that went twice has two. Each is bound to the one before it. The database refuses to change or delete it, but
    lets `content` be erased.
    """

    __tablename__ = "sent_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int]
    letter_id: Mapped[UUID] = mapped_column(Uuid(), index=True)
    sent_as: Mapped[SentAs] = mapped_column(Choice(SentAs))
    at: Mapped[datetime] = mapped_column(Instant())
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    erased_at: Mapped[datetime | None] = mapped_column(Instant())
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("landlord", "sequence"),)


class SentHead(Base):
    """The last copy of a landlord, locked while one is added."""

    __tablename__ = "sent_heads"

    landlord: Mapped[str] = mapped_column(String(40), primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
