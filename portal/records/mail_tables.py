"""The tables of email that comes in: each message, and how far each mailbox has been read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.mail_kinds import MailKind, MailOutcome, WhyWaits
from portal.records.base import Base
from portal.records.columns import Choice, Instant


class IncomingMail(Base):
    """An email that reached a mailbox. Its bytes are in the file store, named after `digest`.

    `received_at` is when it reached the mailbox: day 0, where it is a complaint. `complaint_id` is the complaint that
    it is on, `suggested_id` the one that it may be about; while it has no `outcome`, somebody has to look at it, for
    the reason `why`. `verified`: it bears the token of a letter and came from the contact on file.

    `words` is all that it says, `new_words` that without what it quotes, `files` what is in it: a name, a size and why
    it was not kept, if it was not. `letter_id` is the letter whose token it bears.
    """

    __tablename__ = "incoming_mail"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    mailbox: Mapped[str] = mapped_column(String(400))
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    same_as: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Instant())
    fetched_at: Mapped[datetime] = mapped_column(Instant())
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[MailKind] = mapped_column(Choice(MailKind))
    sender: Mapped[str] = mapped_column(Text)
    sender_name: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    new_words: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    verified: Mapped[bool] = mapped_column(default=False)
    letter_id: Mapped[UUID | None] = mapped_column(Uuid())
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    suggested_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    why: Mapped[WhyWaits | None] = mapped_column(Choice(WhyWaits))
    outcome: Mapped[MailOutcome | None] = mapped_column(Choice(MailOutcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Instant())
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (
        UniqueConstraint("mailbox", "uid_validity", "uid"),
        UniqueConstraint("landlord", "same_as"),
        Index(
            "ix_incoming_mail_waiting",
            "landlord",
            "received_at",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
        Index("ix_incoming_mail_settled", "landlord", "settled_at"),
    )


class MailboxRead(Base):
    """How far a mailbox has been read: everything up to `read_to` is kept, while its `uid_validity` stays."""

    __tablename__ = "mailboxes_read"

    mailbox: Mapped[str] = mapped_column(String(400), primary_key=True)
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    read_to: Mapped[int] = mapped_column(BigInteger)
