"""The tables about staff at work, beside their accounts: who looked at what, and what happened to accounts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import permissions
from portal.domain.staff import Change, Warned
from portal.records.base import Base
from portal.records.columns import Choice, Instant


class Access(StrEnum):
    """What somebody did without changing anything. `SIGNED_IN`: through the provider of identities."""

    READ = "read"
    DOWNLOADED = "downloaded"
    SEARCHED = "searched"
    EXPORTED = "exported"
    REFUSED = "refused"
    SIGNED_IN = "signed_in"


class AccessEntry(Base):
    """One line of the access log. The database refuses to change or delete it.

    `action` is the name of what the page is for. Nothing in it is about a resident but the reference, which is empty
    where the page is about no complaint.
    """

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant())
    by_role: Mapped[permissions.Role] = mapped_column(Choice(permissions.Role))
    by_id: Mapped[int]
    access: Mapped[Access] = mapped_column(Choice(Access))
    action: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (
        Index("ix_access_log_landlord", "landlord", "id"),
        Index("ix_access_log_by", "landlord", "by_id", "id"),
        Index("ix_access_log_reference", "landlord", "reference", "id"),
    )


class StaffEntry(Base):
    """Something that happened to an account. The database refuses to change or delete it.

    `by_id` is empty for what was typed on the machine itself, or came from the groups of a sign-in.
    """

    __tablename__ = "staff_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant())
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change: Mapped[Change] = mapped_column(Choice(Change))
    details: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_staff_record_user", "user_id", "id"),)


class StaffWarning(Base):
    """Something that looks like an attack on an account; `told_at` is empty until administrators have been told.

    `user_id` is empty where somebody tries an address that nobody has.
    """

    __tablename__ = "warnings"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant())
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    warned: Mapped[Warned] = mapped_column(Choice(Warned))
    told_at: Mapped[datetime | None] = mapped_column(Instant())

    __table_args__ = (Index("ix_warnings_landlord", "landlord", "id"),)


class LetterDraft(Base):
    """What a member of staff has written of a letter and not sent: for them alone, one for each act and case.

    `boxes` holds name and value of each box of the form; `version` is that of the case which its writer has read.
    """

    __tablename__ = "letter_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    act: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int]
    boxes: Mapped[list[list[str]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant())

    __table_args__ = (
        UniqueConstraint("complaint_id", "act", "by_id"),
        Index("ix_letter_drafts_saved_at", "saved_at"),
    )


class OwnList(Base):
    """A list of complaints that somebody keeps under a name of their own. They begin with the one that `begins`.

    `asked`: the view, what narrows it and its order, as the address of the queue says them. It names nobody.
    """

    __tablename__ = "own_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[str] = mapped_column(String(1000))
    begins: Mapped[bool]

    __table_args__ = (UniqueConstraint("user_id", "name"),)


class RecoveryCode(Base):
    """The digest of a code that stands in for the second step, once. It is random, so a plain digest is enough."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
