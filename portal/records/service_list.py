"""Requests for service a page at a time: those that wait, those that are done, and those that became a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.models import ServiceRequest

PAGE = 25


class Show(StrEnum):
    """Which of them."""

    WAITING = "waiting"
    DONE = "done"
    COMPLAINED = "complained"


_WHICH = {
    Show.WAITING: ServiceRequest.done_at.is_(None),
    Show.DONE: ServiceRequest.done_at.is_not(None),
    Show.COMPLAINED: ServiceRequest.complaint_reference.is_not(None),
}


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """Some requests, and the id after which the next page begins: None on the last."""

    rows: Sequence[ServiceRequest]
    after: int | None


def requests_page(
    session: Session, landlord: str, show: Show, *, after: int | None = None, limit: int | None = PAGE
) -> RequestsPage:
    """Those that wait with the oldest on top, others with the latest; all of them where `limit` is None."""
    oldest_first = show is Show.WAITING
    found = select(ServiceRequest).where(ServiceRequest.landlord == landlord, _WHICH[show])
    found = found.order_by(ServiceRequest.id if oldest_first else ServiceRequest.id.desc())
    if after is not None:
        found = found.where(ServiceRequest.id > after if oldest_first else ServiceRequest.id < after)
    rows = session.scalars(found if limit is None else found.limit(limit + 1)).all()
    shown = rows[:limit]
    return RequestsPage(shown, shown[-1].id if limit is not None and len(rows) > limit else None)
