"""The table of letters about a complaint."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.events import Stage
from portal.domain.policy import LetterKind
from portal.records.base import Base
from portal.records.columns import Choice, Instant
from portal.records.complaint_tables import ComplaintRow
from portal.records.letter_columns import NEEDS_A_PERSON, TO_DELIVER, Channel, LetterState, partial_index


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
