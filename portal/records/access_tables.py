"""The tables of what opens a complaint: codes, visits and links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ForeignKey,
    String,
    Text,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.records.base import Base
from portal.records.columns import Choice, Instant
from portal.records.complaint_tables import ComplaintRow
from portal.records.draft_tables import Draft
from portal.records.letter_columns import TO_DELIVER, LetterState, partial_index
from portal.records.letter_tables import LetterRow
from portal.records.office_tables import OfficeMember


class AccessCode(Base):
    """The digest of a secret code that opens one complaint. A revoked one opens nothing.

    `representative` is the number of the one who holds it, where it is not the resident's; `member` that of a member
    of a group. A code stays with whoever holds it while their complaint is joined to another: then it opens that one,
    as the digest holds the reference that they know. `suspended_for_id` is the complaint while whose joining it opens
    nothing.
    """

    __tablename__ = "access_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True)
    holder: Mapped[str] = mapped_column(String(40), default="resident")
    representative: Mapped[int | None]
    member: Mapped[int | None]
    suspended_for_id: Mapped[int | None]
    issued_at: Mapped[datetime] = mapped_column(Instant())
    revoked_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow] = relationship()


class AccessGrant(Base):
    """A short session bound to one complaint, known by the digest of the token in its cookie."""

    __tablename__ = "access_grants"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    access_code_id: Mapped[int] = mapped_column(ForeignKey("access_codes.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)

    complaint: Mapped[ComplaintRow] = relationship()
    access_code: Mapped[AccessCode] = relationship()


class LinkPurpose(StrEnum):
    """What a link is for."""

    DRAFT = "draft"
    NEW_CODE = "new_code"
    SERVICE_REQUEST = "service_request"
    SIGN_IN = "sign_in"
    AUTHORITY = "authority"
    OFFICIAL_ADDRESS = "official_address"
    INVITATION = "invitation"
    STAFF_NOTE = "staff_note"


class Link(Base):
    """Something that was asked for and goes to its owner alone: the link or the code of an email, the slip of a letter.

    Its secret is derived when it is delivered and is stored nowhere; `token_hash` is its digest. Of a code to sign in
    with it is the digest of what the browser keeps that asked; `member` is empty where nobody has the address that
    was typed, so that a try there takes the same work. `language` is the one that its owner reads, empty where that is
    not known, `group_member` the number of the member of a group whose it is. The columns of delivery are those of a
    letter. One to a member of staff has their `user_id`; that which only tells them something opens nothing.
    `lines` are those of a daily list.
    """

    __tablename__ = "links"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[LinkPurpose] = mapped_column(Choice(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    draft_hash: Mapped[str | None] = mapped_column(ForeignKey("drafts.token_hash", ondelete="CASCADE"), index=True)
    representative: Mapped[int | None]
    group_member: Mapped[int | None]
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("office_members.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(Instant())
    expires_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant())
    about: Mapped[str] = mapped_column(String(20), default="")
    lines: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    to_address: Mapped[str] = mapped_column(Text, default="")
    discreet: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(20), default="en_GB")
    state: Mapped[LetterState] = mapped_column(Choice(LetterState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant())
    last_error: Mapped[str] = mapped_column(Text, default="")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant())

    complaint: Mapped[ComplaintRow | None] = relationship()
    draft: Mapped[Draft | None] = relationship()
    letter: Mapped[LetterRow | None] = relationship()
    member: Mapped[OfficeMember | None] = relationship()

    __table_args__ = (partial_index("ix_links_to_deliver", TO_DELIVER, "next_try_at"),)


class CodeRequest(Base):
    """Somebody asked for a new code for this reference, which may be nobody's. It is gone once that is answered.

    `known_by`: digests of what a member of a group gave of themselves, separated by spaces; empty for the resident.
    `acting`: they say that they act for the resident.
    """

    __tablename__ = "code_requests"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    known_by: Mapped[str] = mapped_column(Text, default="")
    acting: Mapped[bool] = mapped_column(default=False)
