"""Offices of representatives: the reads of staff, and the sessions of members.

A member's session is looked up with the member and their office each time, so that ending a member's access ends it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from portal.domain.offices import SIGNED_IN_FOR
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.refusal import Refused
from portal.domain.representation import NewRepresentative
from portal.records.database import INSERTS
from portal.records.models import Dissolution, Office, OfficeMember, OfficeSession

__all__ = ["Dissolution", "Office", "OfficeMember"]

LARGEST_ID = 2**31 - 1
"""A number beyond it is no id, and PostgreSQL refuses to be asked about one."""

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office in the list of staff, and how many of its members can sign in."""

    office: Office
    members: int


def offices(session: Session, actor: Actor, *, at: datetime) -> Sequence[OfficeRow]:
    """The offices of the actor's landlord, in the order of their names, in one statement."""
    can_sign_in = (
        select(func.count())
        .where(OfficeMember.office_id == Office.id, _has_access(at))
        .correlate(Office)
        .scalar_subquery()
    )
    ours = select(Office, can_sign_in).where(Office.landlord == (actor.landlord or ""))
    return [
        OfficeRow(office, members)
        for office, members in session.execute(ours.order_by(Office.name, Office.id).limit(AT_ONCE))
    ]


def office(session: Session, actor: Actor, office_id: int) -> Office | None:
    """One office of the actor's landlord with all its members, in two statements."""
    if not 0 <= office_id <= LARGEST_ID:
        return None
    one = select(Office).where(Office.id == office_id, Office.landlord == (actor.landlord or ""))
    return session.scalar(one.options(selectinload(Office.members)))


def add_office(session: Session, wanted: Mapping[str, object]) -> Office | None:
    """Store an office, or None where another writer has stored one of this name at the same moment."""
    insert = INSERTS[session.get_bind().dialect.name]
    made = session.scalar(insert(Office).values(**wanted).on_conflict_do_nothing().returning(Office.id))
    return session.get_one(Office, made) if made is not None else None


def add_member(session: Session, wanted: Mapping[str, object]) -> OfficeMember | None:
    """Store a member, or None where somebody who can sign in has the address, stored at the same moment or before."""
    insert = INSERTS[session.get_bind().dialect.name]
    values = {"why_ended": "", **wanted}
    made = session.scalar(insert(OfficeMember).values(**values).on_conflict_do_nothing().returning(OfficeMember.id))
    return session.get_one(OfficeMember, made) if made is not None else None


def office_named(session: Session, landlord: str, name: str) -> Office | None:
    """The landlord's office of this name, however it is written."""
    one = select(Office).where(Office.landlord == landlord, func.lower(Office.name) == name.lower())
    return session.scalar(one.limit(1))


def member(session: Session, actor: Actor, office_id: int, member_id: int) -> OfficeMember | None:
    """A member of an office of the actor's landlord, held until the unit of work ends."""
    if not (0 <= office_id <= LARGEST_ID and 0 <= member_id <= LARGEST_ID):
        return None
    ours = (OfficeMember.office_id == office_id, OfficeMember.landlord == (actor.landlord or ""))
    return session.scalar(select(OfficeMember).where(OfficeMember.id == member_id, *ours).with_for_update())


def member_with(session: Session, landlord: str, email: str, *, at: datetime) -> OfficeMember | None:
    """Whoever of the landlord's offices has this address and may sign in."""
    theirs = (OfficeMember.landlord == landlord, OfficeMember.email == email, _has_access(at))
    return session.scalar(select(OfficeMember).where(*theirs).order_by(OfficeMember.id.desc()).limit(1))


def has_access(one: OfficeMember, at: datetime) -> bool:
    """Whether a member may sign in at this moment."""
    return one.ends_at is None or one.ends_at > at


def as_known(session: Session, actor: Actor, said: NewRepresentative, *, at: datetime) -> NewRepresentative:
    """Who acts, as far as we know it ourselves: nobody is of an office, or at an official address, by saying so.

    A member acts for their own office, as it stands on record; staff may name an office of their landlord's, and say
    that they have checked an address. Raises `Refused` where there is no such office, or the member has left it.
    """
    if actor.role is Role.OFFICE_MEMBER:
        of = member(session, actor, actor.office_id or 0, actor.member_id or 0)
        if of is None or not has_access(of, at):
            raise Refused("You may not act for this office.")
        return _of_office(of.office, said)
    if not may(actor, Action.ADD_REPRESENTATIVE):
        return replace(said, office_id=None, official=False)
    if said.office_id is None:
        return said
    named = office(session, actor, said.office_id)
    if named is None:
        raise Refused("Choose an office from the list", "office")
    return _of_office(named, said)


def _of_office(of: Office, said: NewRepresentative) -> NewRepresentative:
    return replace(said, capacity=of.kind, organisation=of.name, email=of.email, office_id=of.id, official=True)


def chosen(session: Session, actor: Actor, office_ids: Collection[int]) -> Sequence[Office]:
    """Offices of the actor's landlord with all their members, held until the unit of work ends."""
    ids = [each for each in office_ids if 0 <= each <= LARGEST_ID]
    ours = select(Office).where(Office.landlord == (actor.landlord or ""), Office.id.in_(ids))
    return session.scalars(
        ours.options(selectinload(Office.members)).order_by(Office.name, Office.id).with_for_update()
    ).all()


def dissolutions(session: Session, actor: Actor) -> Sequence[Dissolution]:
    """When the access of elected offices was ended, latest first."""
    ours = select(Dissolution).where(Dissolution.landlord == (actor.landlord or ""))
    return session.scalars(ours.order_by(Dissolution.id.desc()).limit(AT_ONCE)).all()


def dissolution(session: Session, actor: Actor, dissolution_id: int) -> Dissolution | None:
    """One of them, of the actor's landlord alone."""
    if not 0 <= dissolution_id <= LARGEST_ID:
        return None
    one = select(Dissolution).where(Dissolution.id == dissolution_id)
    return session.scalar(one.where(Dissolution.landlord == (actor.landlord or "")))


def members_ended(session: Session, of: Dissolution) -> Sequence[OfficeMember]:
    """Whose access a dissolution ended, each with their office."""
    theirs = select(OfficeMember).where(OfficeMember.dissolution_id == of.id)
    joined = theirs.join(OfficeMember.office).options(contains_eager(OfficeMember.office))
    return session.scalars(joined.order_by(Office.name, OfficeMember.name, OfficeMember.id)).all()


def begin_session(session: Session, of: OfficeMember, *, at: datetime) -> str:
    """Sign a member in. The token returned is kept by them alone."""
    token = secrets.token_urlsafe(32)
    session.add(OfficeSession(token_hash=_digest(token), member=of, expires_at=at + SIGNED_IN_FOR))
    return token


def signed_in(session: Session, token: str, *, at: datetime) -> Actor | None:
    """Whose token this is: nobody's once it has expired or the member's access has ended."""
    found = session.execute(_SIGNED_IN, {"digest": _digest(token), "at": at}).one_or_none()
    if found is None:
        return None
    return Actor(
        Role.OFFICE_MEMBER,
        landlord=found.landlord,
        name=found.name,
        office_id=found.office_id,
        member_id=found.id,
    )


def end_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(OfficeSession).where(OfficeSession.token_hash == _digest(token)))


def end_sessions(session: Session, members: Sequence[OfficeMember]) -> None:
    """Sign members out wherever they are signed in."""
    session.execute(delete(OfficeSession).where(OfficeSession.member_id.in_(each.id for each in members)))


def forget_ended_sessions(session: Session, *, at: datetime) -> None:
    """Remove sessions that have expired."""
    session.execute(delete(OfficeSession).where(OfficeSession.expires_at <= at))


def _has_access(at: datetime) -> ColumnElement[bool]:
    return or_(OfficeMember.ends_at.is_(None), OfficeMember.ends_at > at)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


# Made once: to make a query takes as long as to ask it.
_AT = bindparam("at", type_=OfficeSession.expires_at.type)
_SIGNED_IN = (
    select(OfficeMember.id, OfficeMember.landlord, OfficeMember.office_id, OfficeMember.name)
    .select_from(OfficeSession)
    .join(OfficeSession.member)
    .where(
        and_(
            OfficeSession.token_hash == bindparam("digest"),
            OfficeSession.expires_at > _AT,
            or_(OfficeMember.ends_at.is_(None), OfficeMember.ends_at > _AT),
        )
    )
)
