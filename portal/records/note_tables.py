"""The table of what staff write for each other about a complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.records.base import Base
from portal.records.columns import Instant


class Note(Base):
    """What a member of staff wrote for colleagues. It is no event: no letter, search or page of a resident reads it.

    The database refuses to change or delete it, but lets it be erased: `words` are emptied and `erased_at` is set.
    """

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    at: Mapped[datetime] = mapped_column(Instant())
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    words: Mapped[str] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(Instant())

    __table_args__ = (Index("ix_notes_complaint", "complaint_id", "id"),)
