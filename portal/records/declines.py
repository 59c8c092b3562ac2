"""The register of complaints, and requests for stage 2, that were declined: by ground and by who decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session, contains_eager

from portal.domain.events import ComplaintDeclined, Stage
from portal.domain.lifecycle import Status
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.codec import from_json
from portal.records.models import DECLINED, ComplaintRow, EventRow, User
from portal.records.sight import IN_SIGHT, sight_of

PAGE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions: those on a ground, by a member of staff, at a stage; None is whichever."""

    ground: str | None = None
    by_id: int | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """One decision. `stands`: nobody has reopened the complaint since."""

    complaint: ComplaintRow
    at: datetime
    by_id: int | None
    stage: Stage
    ground: str
    stands: bool


@dataclass(frozen=True, slots=True)
class DeclinesPage:
    """One page, the latest first. `after` is where the next one begins, None on the last."""

    rows: Sequence[Declined]
    after: int | None


def declines(
    session: Session, actor: Actor, wanted: Wanted, *, after: int | None = None, limit: int = PAGE
) -> DeclinesPage:
    """A page of the decisions about complaints in the actor's sight, in one statement.

    Raises `Refused` for somebody who may not see complaints.
    """
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Refused(decision.reason)
    query = select(EventRow).join(EventRow.complaint).options(contains_eager(EventRow.complaint))
    query = query.where(text(f"events.{DECLINED}"), EventRow.landlord == actor.landlord, IN_SIGHT, *_only(wanted))
    if after is not None:
        query = query.where(EventRow.id < after)
    found = session.scalars(query.order_by(EventRow.id.desc()).limit(limit + 1), sight_of(actor)).all()
    rows = found[:limit]
    return DeclinesPage([_declined(each) for each in rows], rows[-1].id if len(found) > limit else None)


def deciders(session: Session, actor: Actor) -> Mapping[int, str]:
    """Everybody who works for the landlord, or did, by id: whoever decided may have left."""
    ours = select(User.id, User.name).where(User.landlord == actor.landlord).order_by(User.name, User.id)
    return {each.id: each.name for each in session.execute(ours)}


def _only(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = []
    if wanted.ground is not None:
        conditions.append(EventRow.payload["ground"].as_string() == wanted.ground)
    if wanted.stage is not None:
        conditions.append(EventRow.payload["stage"].as_integer() == int(wanted.stage))
    if wanted.by_id is not None:
        conditions.append(EventRow.by_id == wanted.by_id)
    return conditions


def _declined(row: EventRow) -> Declined:
    event = from_json(row.kind, row.payload, None)
    assert isinstance(event, ComplaintDeclined)
    complaint = row.complaint
    stands = complaint.status is Status.DECLINED and complaint.stage is event.stage
    return Declined(complaint, row.at, row.by_id, event.stage, event.ground, stands)
