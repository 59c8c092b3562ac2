"""The cases of an office, and of no other: each read names the office of whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from portal.domain.events import Stage
from portal.domain.lifecycle import Status
from portal.domain.office_cases import ANSWERED, ENDS_SOON, TELLING, Represented
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import AuthorityScope
from portal.records.models import ComplaintRow, Office, RepresentativeRow, User
from portal.records.offices import LARGEST_ID
from portal.records.sight import IN_SIGHT, sight_of

PAGE = 25


class Show(StrEnum):
    """The ways to look at an office's cases."""

    ALL = "all"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    NEEDS_AUTHORITY = "needs_authority"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One page. `after` is where the next one begins, None on the last."""

    rows: Sequence[Represented]
    after: int | None


def own_cases(
    session: Session, actor: Actor, show: Show, today: date, *, after: int | None = None, limit: int | None = PAGE
) -> OfficePage:
    """A page of the office's cases, latest first, in one statement; all of them where there is no limit."""
    page = _own(actor).where(_SHOWN[show](today)).order_by(RepresentativeRow.id.desc())
    if after is not None and 0 <= after <= LARGEST_ID:
        page = page.where(RepresentativeRow.id < after)
    found = session.execute(page.limit(limit + 1) if limit else page).all()
    rows = found[:limit] if limit else found
    return OfficePage([_represented(*each) for each in rows], rows[-1][0].id if limit and len(found) > limit else None)


def counts(session: Session, actor: Actor, today: date) -> Mapping[Show, int]:
    """How many cases each view has, in one statement."""
    sums = (func.count().filter(_SHOWN[show](today)) for show in Show)
    mine = _own(actor).with_only_columns(*sums)
    return dict(zip(Show, session.execute(mine).one(), strict=True))


def own_case(session: Session, actor: Actor, reference: str) -> Represented | None:
    """One case of the office, or None: of another office and of nobody it is the same."""
    found = session.execute(_own(actor).where(ComplaintRow.reference == reference)).one_or_none()
    return _represented(*found) if found else None


def represented_by(session: Session, actor: Actor, office_ids: Collection[int]) -> Sequence[RepresentativeRow]:
    """Where these offices of the actor's landlord still act, in ended complaints too, each with its complaint."""
    acting = (RepresentativeRow.landlord == actor.landlord, RepresentativeRow.office_id.in_(office_ids), _NOT_ENDED)
    joined = select(RepresentativeRow).join(RepresentativeRow.complaint)
    return session.scalars(
        joined.options(contains_eager(RepresentativeRow.complaint)).where(*acting).order_by(RepresentativeRow.id)
    ).all()


@dataclass(frozen=True, slots=True)
class ToTell:
    """An open case that has lost its representative: whom to tell, and who does it."""

    office: str
    reference: str
    own_reference: str
    resident_name: str
    handler: str | None
    due_on: date | None


def to_tell(session: Session, actor: Actor, office_ids: Collection[int], since: date) -> tuple[Sequence[ToTell], int]:
    """The open cases in which these offices acted until `since` or later, and how many more the actor may not see."""
    acted = or_(_NOT_ENDED, RepresentativeRow.ended_on >= since)
    columns = select(
        Office.name,
        ComplaintRow.reference,
        RepresentativeRow.own_reference,
        ComplaintRow.resident_name,
        User.name,
        ComplaintRow.due_on,
    ).select_from(RepresentativeRow)
    joined = columns.join(RepresentativeRow.complaint).join(Office, Office.id == RepresentativeRow.office_id)
    theirs = joined.outerjoin(ComplaintRow.handler).where(
        RepresentativeRow.landlord == actor.landlord,
        RepresentativeRow.office_id.in_(office_ids),
        RepresentativeRow.number == _THEIRS,
        ComplaintRow.is_open,
        acted,
    )
    seen = theirs.where(IN_SIGHT).order_by(Office.name, ComplaintRow.due_on)
    cases = [ToTell(*each) for each in session.execute(seen, sight_of(actor))]
    return cases, session.scalars(theirs.with_only_columns(func.count())).one() - len(cases)


def open_cases_of(session: Session, actor: Actor) -> Mapping[int, int]:
    """How many open cases each office of the actor's landlord acts in, in one statement."""
    acting = (RepresentativeRow.landlord == actor.landlord, RepresentativeRow.office_id.is_not(None), _NOT_ENDED)
    counted = (
        select(RepresentativeRow.office_id, func.count(ComplaintRow.id.distinct()))
        .join(RepresentativeRow.complaint)
        .where(*acting, ComplaintRow.is_open)
        .group_by(RepresentativeRow.office_id)
    )
    return {office_id: number for office_id, number in session.execute(counted) if office_id is not None}


def _own(actor: Actor) -> Select[RepresentativeRow, ComplaintRow]:
    decision = may(actor, Action.SEE_OWN_OFFICE)
    if not decision or actor.office_id is None:
        raise Refused(decision.reason)
    mine = (RepresentativeRow.landlord == actor.landlord, RepresentativeRow.office_id == actor.office_id)
    joined = select(RepresentativeRow, ComplaintRow).join(RepresentativeRow.complaint)
    return joined.where(*mine, RepresentativeRow.number == _THEIRS, ComplaintRow.status != Status.JOINED)


def _represented(row: RepresentativeRow, complaint: ComplaintRow) -> Represented:
    return Represented(
        reference=complaint.reference,
        received_on=complaint.received_on,
        resident_name=complaint.resident_name,
        stage=complaint.stage,
        status=complaint.status,
        is_open=complaint.is_open,
        due_on=complaint.due_on,
        number=row.number,
        own_reference=row.own_reference,
        submitted=row.submitted,
        granted=row.scopes,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        ended_on=row.ended_on,
    )


_OTHER = aliased(RepresentativeRow)
# An office that left a case and came back has two numbers in it, and so has one of whose complaints two were joined.
# That counts with which it acts, with an authority if it has one, and of several such the latest.
_THEIRS = (
    select(_OTHER.number)
    .where(_OTHER.complaint_id == RepresentativeRow.complaint_id, _OTHER.office_id == RepresentativeRow.office_id)
    .order_by(_OTHER.ended_on.is_not(None), _OTHER.starts_on.is_(None), _OTHER.number.desc())
    .limit(1)
    .correlate(RepresentativeRow)
    .scalar_subquery()
)
_NOT_ENDED = RepresentativeRow.ended_on.is_(None)
_NEEDS_AUTHORITY = and_(_NOT_ENDED, RepresentativeRow.starts_on.is_(None))


def _allows(*scopes: AuthorityScope) -> ColumnElement[bool]:
    stored = cast(RepresentativeRow.scopes, String)
    return or_(*(stored.like(f"%{each.value}%") for each in scopes))


def _in_force(today: date) -> ColumnElement[bool]:
    lasts = or_(RepresentativeRow.expires_on.is_(None), RepresentativeRow.expires_on >= today)
    return and_(_NOT_ENDED, RepresentativeRow.starts_on <= today, lasts)


def _told(today: date) -> ColumnElement[bool]:
    return and_(_in_force(today), _allows(*TELLING))


def _waiting(today: date) -> ColumnElement[bool]:
    decides = and_(
        _allows(AuthorityScope.DECIDE), ComplaintRow.status == Status.RESPONDED, ComplaintRow.stage == Stage.ONE
    )
    ends_soon = and_(ComplaintRow.is_open, RepresentativeRow.expires_on <= today + ENDS_SOON)
    return or_(_NEEDS_AUTHORITY, and_(_in_force(today), or_(decides, ends_soon)))


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(_told(today), ComplaintRow.is_open, ComplaintRow.due_on < today)


def _answered(today: date) -> ColumnElement[bool]:
    return and_(_told(today), ComplaintRow.status.in_(ANSWERED))


def _over(today: date) -> ColumnElement[bool]:
    return or_(RepresentativeRow.ended_on.is_not(None), RepresentativeRow.expires_on < today)


_SHOWN = {
    Show.ALL: lambda _today: RepresentativeRow.id.is_not(None),
    Show.WAITING: _waiting,
    Show.OVERDUE: _overdue,
    Show.ANSWERED: _answered,
    Show.NEEDS_AUTHORITY: lambda _today: _NEEDS_AUTHORITY,
    Show.ENDED: _over,
}
