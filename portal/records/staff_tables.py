"""The tables about staff at work, beside their accounts: who looked at what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import permissions
from portal.records.base import Base
from portal.records.columns import Choice, Instant


class Access(StrEnum):
    """What somebody did without changing anything."""

    READ = "read"
    DOWNLOADED = "downloaded"
    SEARCHED = "searched"
    EXPORTED = "exported"
    REFUSED = "refused"


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
