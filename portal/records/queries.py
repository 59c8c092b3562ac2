"""Every read by name, each within what its actor may see, each in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, bindparam, literal, or_, select, type_coerce
from sqlalchemy.orm import Session, contains_eager, defer

from portal.domain.actors import ANSWERING
from portal.domain.events import StaffNamed, Stage
from portal.domain.lifecycle import Status
from portal.domain.permissions import RULES, Action, Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.referral_events import PartReferred
from portal.domain.routes import CONFIDENTIAL
from portal.records.adjustments import earlier_with_adjustments, easier_request, easier_requests
from portal.records.beside import beside
from portal.records.declines import DeclinesPage, Wanted, deciders, declines
from portal.records.history import CaseFile, NotFound, open_case
from portal.records.letters import in_state
from portal.records.models import ComplaintRow, EasierRequest, EventRow, LetterRow, LetterState, User
from portal.records.ombudsman import OmbudsmanPage, Owed, ombudsman_cases
from portal.records.queue import CAP, PAGE, QueuePage, counts, counts_and_waiting, queue, safety_by_risk
from portal.records.sight import IN_SIGHT, sight_of
from portal.records.work_lists import EVERYTHING, Only, Order, Place, View, Whose, kind_of_place
from portal.records.workload import Workload, workload

__all__ = [
    "CAP",
    "EVERYTHING",
    "LATEST",
    "PAGE",
    "DeclinesPage",
    "EasierRequest",
    "LetterRow",
    "LetterState",
    "NotFound",
    "OmbudsmanPage",
    "Only",
    "Order",
    "Owed",
    "Place",
    "QueuePage",
    "View",
    "Wanted",
    "Whose",
    "Workload",
    "about_building",
    "actor_of",
    "beside",
    "counts",
    "counts_and_waiting",
    "deciders",
    "declines",
    "earlier_with_adjustments",
    "easier_request",
    "easier_requests",
    "handled_by",
    "handler",
    "has_ended",
    "is_handled_by",
    "is_taken",
    "kind_of_place",
    "late_by_law",
    "late_remedies",
    "latest_letters",
    "letter",
    "letters",
    "letters_needing_a_person",
    "ombudsman_cases",
    "open_case",
    "overdue_references",
    "queue",
    "safety_by_risk",
    "staff_of",
    "users_by_id",
    "who_sees_cases",
    "workload",
]

AT_ONCE = 100
"""How many complaints are handed over on one page; the next appear when these are gone."""

LATEST = 12
"""How many letters and files the page of a case shows: the others are in its history."""

BANNER = 25
"""How many letters the queue names before it says that there are more."""


def letters(session: Session, file: CaseFile) -> Sequence[LetterRow]:
    """The letters of an open case in the order in which they were written, of the same moment too."""
    places = {written.letter_id: place for place, written in enumerate(file.case.letters)}
    return sorted(
        session.scalars(_LETTERS, {"complaint": file.row.id}), key=lambda each: places.get(str(each.id), len(places))
    )


def latest_letters(session: Session, file: CaseFile) -> Sequence[LetterRow]:
    """The `LATEST` letters of an open case, the latest first, and then the older ones that need a person; no bodies."""
    found = session.scalars(_LATEST_LETTERS, {"complaint": file.row.id}).all()
    places = {written.letter_id: place for place, written in enumerate(file.case.letters)}
    return sorted(found, key=lambda each: (each.written_at, places.get(str(each.id), len(places))), reverse=True)


def letter(session: Session, file: CaseFile, letter_id: UUID) -> LetterRow:
    """One letter of an open case. Raises `NotFound` for a letter of another."""
    one = select(LetterRow).where(LetterRow.complaint_id == file.row.id, LetterRow.id == letter_id)
    found = session.scalar(one)
    if found is None:
        raise NotFound(str(letter_id))
    return found


def letters_needing_a_person(session: Session, actor: Actor, limit: int = BANNER) -> Sequence[LetterRow]:
    """Letters that failed to go, wait to be printed or are to be told by phone, oldest first, with their complaints.

    A letter about what was passed on is left out for whom the complaint names; where something was passed on in
    confidence, for everybody but the handler and the complaints officer.
    """
    return _told_of(session, session.scalars(_NEEDING_A_PERSON.limit(limit), sight_of(actor)).all(), actor)


def letters_to_post(session: Session, actor: Actor, limit: int) -> Sequence[LetterRow]:
    """Those of them that wait to be printed and posted."""
    return _told_of(session, session.scalars(_TO_POST.limit(limit), sight_of(actor)).all(), actor)


def _told_of(session: Session, found: Sequence[LetterRow], actor: Actor) -> Sequence[LetterRow]:
    """The letters without those that whoever looks is not to know of."""
    told = {each.complaint_id: each.complaint for each in found if each.kind is LetterKind.REFERRAL}
    hidden = _hidden_from(session, told, actor) if told else set()
    return [each for each in found if each.kind is not LetterKind.REFERRAL or each.complaint_id not in hidden]


def _hidden_from(session: Session, complaints: Mapping[int, ComplaintRow], actor: Actor) -> set[int]:
    """In which of these complaints whoever looks is not told what was passed on."""
    about_it = select(EventRow).where(
        EventRow.complaint_id.in_(complaints), EventRow.kind.in_((StaffNamed.kind, PartReferred.kind))
    )
    named: dict[int, bool] = {}
    in_confidence = set()
    for each in session.scalars(about_it.order_by(EventRow.number)):
        if each.kind == StaffNamed.kind:
            named[each.complaint_id] = actor.user_id in each.payload["user_ids"]
        elif each.payload["route"] in CONFIDENTIAL and not _deals_with(actor, complaints[each.complaint_id]):
            in_confidence.add(each.complaint_id)
    return in_confidence | {number for number, is_named in named.items() if is_named}


def _deals_with(actor: Actor, complaint: ComplaintRow) -> bool:
    return actor.role is Role.LEAD or (actor.role is Role.HANDLER and complaint.handler_id == actor.user_id)


# Made once: to make a query takes as long as to ask it.
_LETTERS = select(LetterRow).where(LetterRow.complaint_id == bindparam("complaint")).order_by(LetterRow.written_at)
_NEWEST = (
    select(LetterRow.id)
    .where(LetterRow.complaint_id == bindparam("complaint"))
    .order_by(LetterRow.written_at.desc(), LetterRow.id)
    .limit(LATEST)
)
_LATEST_LETTERS = (
    select(LetterRow)
    .options(defer(LetterRow.body), defer(LetterRow.english))
    .where(
        LetterRow.complaint_id == bindparam("complaint"),
        or_(
            LetterRow.id.in_(_NEWEST),
            in_state(LetterState.HELD, LetterState.FAILED, LetterState.TO_POST, LetterState.TO_CALL),
        ),
    )
)
_NEEDING_A_PERSON = (
    select(LetterRow)
    .join(LetterRow.complaint)
    .options(contains_eager(LetterRow.complaint))
    .where(
        LetterRow.landlord == bindparam("ours"),
        IN_SIGHT,
        in_state(LetterState.FAILED, LetterState.TO_POST, LetterState.TO_CALL),
    )
    .order_by(LetterRow.written_at, LetterRow.id)
)
_TO_POST = _NEEDING_A_PERSON.where(LetterRow.state == LetterState.TO_POST)
_USERS = select(User).where(User.id.in_(bindparam("wanted", expanding=True)))


def overdue_references(session: Session, landlord: str, today: date) -> Sequence[str]:
    """The complaints of a landlord whose next date has passed without what it asked for, longest first."""
    overdue = select(ComplaintRow.reference).where(
        ComplaintRow.landlord == landlord, ComplaintRow.is_open, ComplaintRow.due_on < today
    )
    return session.scalars(overdue.order_by(ComplaintRow.due_on, ComplaintRow.id)).all()


def late_by_law(session: Session, now: datetime) -> Sequence[tuple[str, str]]:
    """Landlord and reference of each complaint with a date of the law that passed and is not on record as missed."""
    passed = select(ComplaintRow.landlord, ComplaintRow.reference).where(
        ComplaintRow.law_notice_at.is_not(None), ComplaintRow.law_notice_at <= now
    )
    return [(each.landlord, each.reference) for each in session.execute(passed.order_by(ComplaintRow.law_notice_at))]


def late_remedies(session: Session, landlord: str, today: date) -> Sequence[str]:
    """The complaints in which something promised is late, and whoever owns it has not been told."""
    late = select(ComplaintRow.reference).where(
        ComplaintRow.landlord == landlord,
        ComplaintRow.remedy_notice_on.is_not(None),
        ComplaintRow.remedy_notice_on < today,
    )
    return session.scalars(late.order_by(ComplaintRow.remedy_notice_on, ComplaintRow.id)).all()


class AboutBuilding(NamedTuple):
    """A relevant complaint about a building, whose name is in one spelling."""

    building: str
    reference: str
    received_on: date


def about_building(session: Session, actor: Actor, buildings: Iterable[str]) -> Sequence[AboutBuilding]:
    """Every complaint in sight that is or was a relevant one about one of these, in one statement."""
    found = select(ComplaintRow.safety_building, ComplaintRow.reference, ComplaintRow.received_on).where(
        IN_SIGHT,
        ComplaintRow.safety_building.is_not(None),
        ComplaintRow.safety_building.in_(sorted(set(buildings))),
    )
    ordered = found.order_by(ComplaintRow.received_on, ComplaintRow.reference)
    return [
        AboutBuilding(name or "", reference, on) for name, reference, on in session.execute(ordered, sight_of(actor))
    ]


def has_ended(session: Session, actor: Actor, reference: str) -> bool:
    """Whether such a complaint exists for the actor, and nothing more is to be answered in it."""
    status = session.execute(
        select(ComplaintRow.stage, ComplaintRow.status).where(ComplaintRow.reference == reference, IN_SIGHT),
        sight_of(actor),
    ).one_or_none()
    return status is not None and (status.status is Status.CLOSED or tuple(status) == (Stage.TWO, Status.RESPONDED))


def is_taken(session: Session, reference: str) -> bool:
    """Whether any landlord here has a complaint with this reference."""
    return session.scalar(select(ComplaintRow.id).where(ComplaintRow.reference == reference)) is not None


def users_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, User]:
    """The users with these ids, in one statement: the names on a timeline."""
    found = session.scalars(_USERS, {"wanted": sorted(set(ids))})
    return {each.id: each for each in found}


def staff_of(session: Session, landlord: str, also: Iterable[int] = ()) -> Sequence[User]:
    """The members of staff who can be given a case, by name, and whoever has one of these ids besides."""
    either = or_(_can_handle(landlord), User.id.in_(sorted(set(also))))
    return session.scalars(select(User).where(either).order_by(User.name, User.id)).all()


def who_sees_cases(session: Session, landlord: str) -> Sequence[User]:
    """The active members of staff who may see complaints at all, by name."""
    theirs = and_(User.landlord == landlord, holds_any(RULES[Action.SEE_CASE]), User.active)
    return session.scalars(select(User).where(theirs).order_by(User.name, User.id)).all()


def handled_by(session: Session, actor: Actor, user_id: int) -> Sequence[ComplaintRow]:
    """The open complaints in sight that somebody handles, what is due first, up to `AT_ONCE`."""
    theirs = select(ComplaintRow).where(IN_SIGHT, ComplaintRow.is_open, ComplaintRow.handler_id == user_id)
    due_first = theirs.order_by(ComplaintRow.due_on, ComplaintRow.id).limit(AT_ONCE)
    return session.scalars(due_first, sight_of(actor)).all()


def is_handled_by(session: Session, actor: Actor, reference: str, user_id: int) -> bool:
    """Whether a complaint in sight has this handler."""
    theirs = select(ComplaintRow.id).where(
        IN_SIGHT, ComplaintRow.reference == reference, ComplaintRow.handler_id == user_id
    )
    return session.scalar(theirs, sight_of(actor)) is not None


def handler(session: Session, landlord: str, user_id: int) -> User | None:
    """The member of staff of this landlord who can be given a case, or None."""
    return session.scalar(select(User).where(_can_handle(landlord), User.id == user_id))


def actor_of(user: User) -> Actor:
    """Who a signed-in member of staff is to the rules."""
    return Actor(
        role=user.role,
        landlord=user.landlord,
        user_id=user.id,
        name=user.name,
        rank=user.rank,
        also=user.also or (),
        areas=user.areas or (),
    )


def _can_handle(landlord: str) -> ColumnElement[bool]:
    return and_(User.landlord == landlord, holds_any(ANSWERING), User.active)


def holds_any(roles: Iterable[Role]) -> ColumnElement[bool]:
    """Whether a member of staff has at least one of these roles, whichever the record names."""
    also = type_coerce(User.also, String)
    padded = literal(" ").concat(also).concat(" ")
    return or_(User.role.in_(roles), *(padded.contains(f" {role} ") for role in roles))
