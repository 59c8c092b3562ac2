"""Minor issues of a landlord, a page at a time, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.register_tables import MinorIssueRow

PAGE = 25


@dataclass(frozen=True, slots=True)
class MinorIssuesPage:
    """Some issues, and the id before which the next page begins: None on the last."""

    rows: Sequence[MinorIssueRow]
    after: int | None


def minor_issues_page(
    session: Session, landlord: str, *, after: int | None = None, limit: int | None = PAGE
) -> MinorIssuesPage:
    """In one statement; all of them where `limit` is None."""
    found = select(MinorIssueRow).where(MinorIssueRow.landlord == landlord).order_by(MinorIssueRow.id.desc())
    if after is not None:
        found = found.where(MinorIssueRow.id < after)
    rows = session.scalars(found if limit is None else found.limit(limit + 1)).all()
    shown = rows[:limit]
    return MinorIssuesPage(shown, shown[-1].id if limit is not None and len(rows) > limit else None)
