"""The table of files that people send."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    String,
    Text,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.records.base import Base
from portal.records.columns import Choice, Instant
from portal.records.complaint_tables import ComplaintRow
from portal.records.letter_columns import partial_index

TO_CHECK = "state = 'checking'"


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
