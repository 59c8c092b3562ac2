"""The rows of files: they arrive, belong to a draft or a complaint, are looked at, and go.

A file's row is there before its content is stored and after it is deleted. What belongs to nothing is swept away, so
that nothing of anybody stays behind when a server stops between two steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.evidence import Evidence, FileKind, FileState, WhyRefused
from portal.records.drafts import found_by
from portal.records.models import ComplaintRow, Draft, EvidenceRow

FIRST = 1
"""The number of whoever complains for somebody else: a draft has one representative at most."""

ARRIVES_WITHIN = timedelta(hours=1)
"""How long content may take from its row to its place: a large video on a slow line to a slow store."""


def arrive(
    session: Session, evidence_id: UUID, landlord: str, name: str, kind: FileKind, size: int, digest: str, at: datetime
) -> None:
    """A file that belongs to nothing yet and is gone in an hour."""
    session.add(
        EvidenceRow(
            id=evidence_id,
            landlord=landlord,
            name=name,
            kind=kind,
            size=size,
            digest=digest,
            stored=True,
            state=FileState.CHECKING,
            added_at=at,
            keep_until=at + ARRIVES_WITHIN,
            next_check_at=at,
        )
    )


def file_row(session: Session, landlord: str, evidence_id: UUID) -> EvidenceRow | None:
    """One file of this landlord, held until the unit of work ends."""
    one = select(EvidenceRow).where(EvidenceRow.id == evidence_id, EvidenceRow.landlord == landlord)
    return session.scalar(one.with_for_update().execution_options(populate_existing=True))


def reference_of(session: Session, evidence_id: UUID) -> str | None:
    """The complaint that a file belongs to, if it belongs to one."""
    found = select(ComplaintRow.reference).join(EvidenceRow, EvidenceRow.complaint_id == ComplaintRow.id)
    return session.scalar(found.where(EvidenceRow.id == evidence_id))


def give_to_draft(row: EvidenceRow, draft: Draft, *, shows_authority: bool = False) -> None:
    """It goes where the draft goes: into the complaint, or away."""
    row.draft_hash, row.shows_authority = draft.token_hash, shows_authority


def give_to_complaint(row: EvidenceRow, complaint: ComplaintRow) -> None:
    """From now on the complaint's history holds its name."""
    row.complaint_id, row.draft_hash, row.name = complaint.id, None, ""


def give_up(row: EvidenceRow, *, at: datetime) -> None:
    """It belongs to nothing from now on, and what was in it is deleted at the next turn."""
    row.complaint_id, row.draft_hash, row.name = None, None, ""
    row.keep_until = at


def files_of_draft(session: Session, landlord: str, token: str) -> Sequence[EvidenceRow]:
    """The files of a draft, oldest first. A draft that nobody has a token for has none."""
    of_draft = select(EvidenceRow).where(EvidenceRow.draft_hash == found_by(token), EvidenceRow.landlord == landlord)
    return session.scalars(of_draft.order_by(EvidenceRow.added_at, EvidenceRow.id)).all()


def count_of_draft(session: Session, draft: Draft) -> int:
    count = select(func.count()).select_from(EvidenceRow).where(EvidenceRow.draft_hash == draft.token_hash)
    return session.scalar(count) or 0


def file_of_complaint(session: Session, complaint: ComplaintRow, evidence_id: UUID) -> EvidenceRow | None:
    """One file of an open case, while what is in it is kept."""
    one = select(EvidenceRow).where(EvidenceRow.id == evidence_id, EvidenceRow.complaint_id == complaint.id)
    return session.scalar(one.where(EvidenceRow.stored))


def to_check(session: Session, now: datetime, limit: int = 20) -> Sequence[EvidenceRow]:
    """Files that nobody has looked at, longest first; those of complaints before what anybody may add to a draft."""
    due = (
        select(EvidenceRow)
        .where(EvidenceRow.state == FileState.CHECKING, EvidenceRow.next_check_at <= now, EvidenceRow.stored)
        .where(or_(EvidenceRow.complaint_id.is_not(None), EvidenceRow.draft_hash.is_not(None)))
        .order_by(EvidenceRow.complaint_id.is_(None), EvidenceRow.next_check_at, EvidenceRow.id)
    )
    return session.scalars(due.limit(limit)).all()


def record_verdict(row: EvidenceRow, state: FileState, why: WhyRefused | None, shared_digest: str | None) -> None:
    row.state, row.why_refused, row.shared_digest = state, why, shared_digest


def put_off(session: Session, evidence_id: UUID, until: datetime) -> None:
    """It could not be looked at now."""
    row = session.get(EvidenceRow, evidence_id, with_for_update=True)
    if row is not None:
        row.next_check_at = until


def to_delete(session: Session, now: datetime, limit: int = 100) -> Sequence[EvidenceRow]:
    """Files whose content is to be deleted: refused ones, and those that belong to nothing."""
    nobodys = and_(EvidenceRow.complaint_id.is_(None), EvidenceRow.draft_hash.is_(None), EvidenceRow.keep_until <= now)
    refused = and_(EvidenceRow.state == FileState.REFUSED, EvidenceRow.stored)
    return session.scalars(select(EvidenceRow).where(or_(nobodys, refused)).limit(limit)).all()


def content_deleted(session: Session, evidence_id: UUID) -> None:
    """Nothing of it is in the store any more. What belongs to nothing is forgotten altogether."""
    row = session.get(EvidenceRow, evidence_id, with_for_update=True)
    if row is None:
        return
    row.stored = False
    if row.complaint_id is None and row.draft_hash is None:
        session.delete(row)


def as_evidence(row: EvidenceRow) -> Evidence:
    """A file of a draft, told like one of a complaint."""
    return Evidence(
        id=row.id,
        kind=row.kind,
        size=row.size,
        digest=row.digest,
        name=row.name,
        authority_of=FIRST if row.shows_authority else None,
        state=row.state,
        why_refused=row.why_refused,
    )
