"""The lines of the registers: always a copy of the fold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.registers import Register, State
from portal.records.base import Base
from portal.records.columns import Choice, People

if TYPE_CHECKING:
    from portal.records.models import ComplaintRow


class RegisterEntry(Base):
    """One line. `hidden_from` are staff whom the complaint names; `confidential` ones are for complaints officers."""

    __tablename__ = "register_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    landlord: Mapped[str] = mapped_column(String(40))
    register: Mapped[Register] = mapped_column(Choice(Register))
    number: Mapped[int]
    member: Mapped[int]
    on: Mapped[date] = mapped_column("on_day")
    state: Mapped[State] = mapped_column(Choice(State))
    what: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    amount_pence: Mapped[int | None]
    owner_id: Mapped[int | None]
    confidential: Mapped[bool]
    hidden_from: Mapped[tuple[int, ...] | None] = mapped_column(People())
    complaint: Mapped[ComplaintRow] = relationship()

    __table_args__ = (
        UniqueConstraint("complaint_id", "register", "number", "member"),
        Index("ix_register_entries_listed", "landlord", "register", "on_day", "id"),
    )


class MinorIssueRow(Base):
    """A minor issue that was settled at once. There is no column for whom it was about, or who wrote it down."""

    __tablename__ = "minor_issues"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    noticed_on: Mapped[date]
    issue: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    done: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_minor_issues_landlord", "landlord", "id"),)
