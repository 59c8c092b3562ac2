"""The tables of what is asked without a complaint: adjustments, services, petitions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.adjustment_kinds import Outcome
from portal.domain.events import ReplyBy, SafeContact
from portal.records.base import Base
from portal.records.columns import Choice, Instant, Safety


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
