"""The tables of offices of representatives: the offices, their members, and who of them is signed in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.representative_kinds import Capacity
from portal.records.base import Base
from portal.records.columns import Choice, Instant


class Office(Base):
    """The office of somebody who represents residents. Addresses of its members end in `domain`."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Capacity] = mapped_column(Choice(Capacity))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    domain: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(Instant())
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    members: Mapped[list[OfficeMember]] = relationship(back_populates="office", order_by="OfficeMember.id")

    __table_args__ = (UniqueConstraint("landlord", "name"),)


class OfficeMember(Base):
    """Somebody of an office. `ends_at` is empty, or the moment from which they cannot sign in."""

    __tablename__ = "office_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    landlord: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    added_at: Mapped[datetime] = mapped_column(Instant())
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ends_at: Mapped[datetime | None] = mapped_column(Instant())
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    why_ended: Mapped[str] = mapped_column(Text, default="")
    dissolution_id: Mapped[int | None] = mapped_column(ForeignKey("dissolutions.id"), index=True)

    office: Mapped[Office] = relationship(back_populates="members")

    # Two members with one address could not be told apart when it asks for a code.
    __table_args__ = (
        Index(
            "ix_office_members_address",
            "landlord",
            "email",
            unique=True,
            sqlite_where=text("ends_at IS NULL"),
            postgresql_where=text("ends_at IS NULL"),
        ),
    )


class Dissolution(Base):
    """The act that ended the access of elected offices at once: which, from which day, by whom and why."""

    __tablename__ = "dissolutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40), index=True)
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    office_ids: Mapped[list[int]] = mapped_column(JSON)
    done_at: Mapped[datetime] = mapped_column(Instant())
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfficeSession(Base):
    """A member who is signed in, known by the digest of the token in their cookie."""

    __tablename__ = "office_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("office_members.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)

    member: Mapped[OfficeMember] = relationship()
