"""The tables of what is half written."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.records.base import Base
from portal.records.columns import Choice, Instant


class Draft(Base):
    """A complaint that is being written, page by page. With `submitted_reference` it has been submitted, once."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    pages: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(Instant())
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    submitted_reference: Mapped[str | None] = mapped_column(String(20))


class DraftKeyKind(StrEnum):
    """What finds a draft beside the token of the browser that began it."""

    CODE = "code"
    DEVICE = "device"


class DraftKey(Base):
    """The digest of one more thing that finds a draft: a code to type, or the token of another browser."""

    __tablename__ = "draft_keys"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_hash: Mapped[str] = mapped_column(ForeignKey("drafts.token_hash", ondelete="CASCADE"), index=True)
    kind: Mapped[DraftKeyKind] = mapped_column(Choice(DraftKeyKind))
