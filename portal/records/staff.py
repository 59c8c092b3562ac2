"""Accounts of staff: read, changed, and each change on record. Who may ask for it, the actions say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.domain.actors import Role
from portal.domain.staff import Change, Duties, Warned
from portal.records import links
from portal.records.accounts import User
from portal.records.models import ComplaintRow, Link, LinkPurpose, RecoveryCode, StaffEntry, StaffWarning
from portal.records.queries import holds_any

__all__ = ["Member", "StaffEntry", "StaffWarning", "User"]

LARGEST_ID = 2**63 - 1
WARNINGS_FOR = timedelta(days=30)
"""How long a warning stands on the page."""

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff, with how many open complaints they handle."""

    user: User
    open_cases: int


def members(session: Session, landlord: str) -> Sequence[Member]:
    """Everybody of a landlord: those who can sign in first, by name. In one statement."""
    handled = (
        select(ComplaintRow.handler_id, func.count().label("open"))
        .where(ComplaintRow.landlord == landlord, ComplaintRow.is_open, ComplaintRow.handler_id.is_not(None))
        .group_by(ComplaintRow.handler_id)
        .subquery()
    )
    every = (
        select(User, func.coalesce(handled.c.open, 0))
        .outerjoin(handled, handled.c.handler_id == User.id)
        .where(User.landlord == landlord)
        .order_by(User.active.desc(), User.name, User.id)
    )
    return [Member(user, count) for user, count in session.execute(every)]


def member(session: Session, landlord: str, user_id: int, *, for_update: bool = False) -> User | None:
    """One of them, held against other writers where it is to be changed."""
    if not 0 <= user_id <= LARGEST_ID:
        return None
    one = select(User).where(User.id == user_id, User.landlord == landlord)
    return session.scalar(one.with_for_update() if for_update else one)


def open_cases(session: Session, user: User) -> int:
    """How many open complaints somebody handles, restricted ones too."""
    theirs = (ComplaintRow.landlord == user.landlord, ComplaintRow.is_open, ComplaintRow.handler_id == user.id)
    return session.scalar(select(func.count()).where(*theirs)) or 0


def is_known(session: Session, email: str) -> bool:
    """Whether any landlord's member of staff signs in with this address."""
    return session.scalar(select(User.id).where(func.lower(User.email) == email.lower())) is not None


def holders(session: Session, landlord: str, *roles: Role) -> Sequence[User]:
    """Those with any of these roles who can sign in."""
    theirs = (User.landlord == landlord, User.active, holds_any(roles))
    return session.scalars(select(User).where(*theirs).order_by(User.id)).all()


def add(session: Session, landlord: str, name: str, email: str, duties: Duties, *, password: str | None = None) -> User:
    """A new account. Without a password nobody can sign in with it yet."""
    first, *others = duties.roles
    user = User(
        landlord=landlord,
        name=name,
        email=email,
        role=first,
        also=tuple(others),
        rank=duties.rank,
        areas=duties.areas,
        password=password,
        active=True,
        fs_uniquifier=uuid4().hex,
    )
    session.add(user)
    session.flush()
    return user


def give(user: User, duties: Duties) -> None:
    """From the next page on they may do this and nothing else."""
    first, *others = duties.roles
    user.role, user.also, user.rank, user.areas = first, tuple(others), duties.rank, duties.areas


def duties_of(user: User) -> Duties:
    return Duties(roles=user.all_roles, rank=user.rank, areas=user.areas or ())


def end_sessions(user: User) -> None:
    """Every copy of every cookie of theirs opens nothing from now on."""
    user.fs_uniquifier = uuid4().hex


def record(session: Session, user: User, change: Change, *, by_id: int | None, at: datetime, details: str = "") -> None:
    """Put on record what happened to an account."""
    session.execute(
        insert(StaffEntry).values(
            landlord=user.landlord, at=at, user_id=user.id, by_id=by_id, change=change, details=details
        )
    )


def history(session: Session, user: User) -> Sequence[StaffEntry]:
    """What happened to an account, the latest first."""
    theirs = select(StaffEntry).where(StaffEntry.user_id == user.id)
    return session.scalars(theirs.order_by(StaffEntry.id.desc()).limit(AT_ONCE)).all()


# The second step.


def digest_of(code: str) -> str:
    """What is stored of a recovery code."""
    return sha256(f"recovery {code}".encode()).hexdigest()


def keep_codes(session: Session, user: User, codes: Iterable[str]) -> None:
    """These are their recovery codes from now on, and no others."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.add_all(RecoveryCode(user_id=user.id, code_hash=digest_of(each)) for each in codes)


def codes_left(session: Session, user_id: int) -> int:
    return session.scalar(select(func.count()).where(RecoveryCode.user_id == user_id)) or 0


def spend_code(session: Session, user_id: int, code: str) -> bool:
    """Use up a recovery code. False where it is none, or somebody was quicker."""
    mine = (RecoveryCode.user_id == user_id, RecoveryCode.code_hash == digest_of(code))
    return len(session.execute(delete(RecoveryCode).where(*mine).returning(RecoveryCode.user_id)).all()) == 1


def spend_moment(session: Session, user_id: int, counter: int) -> bool:
    """Use up the code of a moment. False where it, or that of a later moment, was taken before."""
    later = (User.id == user_id, or_(User.totp_counter.is_(None), User.totp_counter < counter))
    moved = update(User).where(*later).values(totp_counter=counter).returning(User.id)
    return len(session.execute(moved, execution_options={"synchronize_session": False}).all()) == 1


def forget_second_step(session: Session, user: User) -> None:
    """As if they had never set one up."""
    user.tf_totp_secret, user.tf_primary_method, user.totp_counter = None, None, None
    keep_codes(session, user, ())


# What they are told, and warnings.


def invite(session: Session, secret_key: str, user: User, *, at: datetime) -> Link:
    """A link with which they choose a password. Earlier ones end."""
    end_invitations(session, user, at)
    return links.for_staff(session, secret_key, user, LinkPurpose.INVITATION, at=at)


def end_invitations(session: Session, user: User, at: datetime) -> None:
    links.end_staff_links(session, user.id, LinkPurpose.INVITATION, at)


def tell(session: Session, secret_key: str, user: User, about: str, *, at: datetime) -> None:
    """Have them told by email what happened. It says nothing that a stranger could use."""
    links.for_staff(session, secret_key, user, LinkPurpose.STAFF_NOTE, about=about, at=at)


def warn(session: Session, landlord: str, user_id: int | None, warned: Warned, *, at: datetime) -> None:
    """In one insert, whoever it is about: how long it takes says nothing about whether there is such an account."""
    session.execute(insert(StaffWarning).values(landlord=landlord, at=at, user_id=user_id, warned=warned, told_at=None))


def was_warned(session: Session, user: User, warned: Warned, *, since: datetime) -> bool:
    """Whether administrators have been warned of the same about the same person since then."""
    same = (StaffWarning.user_id == user.id, StaffWarning.warned == warned, StaffWarning.at > since)
    return session.scalar(select(StaffWarning.id).where(*same).limit(1)) is not None


def warnings(session: Session, landlord: str, *, at: datetime) -> Sequence[StaffWarning]:
    """Those of the last days, the latest first."""
    recent = (StaffWarning.landlord == landlord, StaffWarning.at > at - WARNINGS_FOR)
    return session.scalars(select(StaffWarning).where(*recent).order_by(StaffWarning.id.desc()).limit(AT_ONCE)).all()


def untold_warnings(session: Session) -> Sequence[StaffWarning]:
    """Those of which nobody has been told, held so that a second worker takes none of them."""
    untold = select(StaffWarning).where(StaffWarning.told_at.is_(None)).order_by(StaffWarning.id).limit(AT_ONCE)
    return session.scalars(untold.with_for_update(skip_locked=True)).all()
