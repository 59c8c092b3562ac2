"""The made-up staff of a landlord: one for each role, and two of every rank, so that every rule can be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.demo.people import a_name
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Landlord
from portal.domain.working_days import Calendar
from portal.records.accounts import User
from portal.records.queries import actor_of

OF_EACH_RANK = 2
"""Stage 2 must be answered by somebody else than stage 1, sometimes of the same rank."""


@dataclass(frozen=True, slots=True)
class MpsOffice:
    """The office of a made-up MP, and its caseworker, who hands complaints in."""

    office_id: int
    name: str
    email: str
    caseworker: Actor


@dataclass(frozen=True, slots=True)
class Office:
    """A landlord at work. The lead is one of the handlers."""

    landlord: Landlord
    calendar: Calendar
    lead: Actor
    handlers: tuple[Actor, ...]
    reviewer: Actor
    mps_office: MpsOffice | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One place in the office, before somebody sits in it."""

    role: Role
    rank: str | None
    mailbox: str
    label: str
    areas: tuple[str, ...] = ()


def posts(landlord: Landlord) -> Iterator[Post]:
    """Everybody who works there, the roles with one person first."""
    yield Post(Role.LEAD, landlord.ranks[-1].key, "lead", "Complaints officer")  # who may handle what others may
    yield Post(Role.ADMINISTRATOR, None, "administrator", "Administrator")
    yield Post(Role.OVERSIGHT, None, "oversight", "Oversight")
    for rank in landlord.ranks:
        for number in range(1, OF_EACH_RANK + 1):
            yield Post(Role.HANDLER, rank.key, f"{rank.key.replace('_', '-')}.{number}", rank.label)
    yield Post(Role.RECORDER, None, "recorder", "Recorder")
    for area in landlord.areas[:1]:
        yield Post(
            Role.RECORDER, None, f"recorder.{area.key}", f"Recorder, of the area {area.label} alone", (area.key,)
        )
    yield Post(Role.REVIEWER, landlord.ranks[-1].key, "reviewer", "Stage 2 reviewer")
    yield Post(Role.ADJUSTMENTS_LEAD, None, "adjustments", "Adjustments lead")
    yield Post(Role.AUDITOR, None, "auditor", "Auditor")


def email_of(landlord: Landlord, post: Post) -> str:
    """Where a sign-in belongs: the landlord's own domain, which is one kept for examples."""
    return f"{post.mailbox}@{landlord.contact.email.partition('@')[2]}"


def open_office(session: Session, landlord: Landlord, calendar: Calendar, password_hash: str, dice: Random) -> Office:
    """Store the accounts of a landlord's staff, all with the same password."""
    users = [_user(landlord, post, password_hash, a_name(dice)) for post in posts(landlord)]
    session.add_all(users)
    session.flush()
    actors = [actor_of(user) for user in users]
    lead, reviewer = (next(each for each in actors if each.role is role) for role in (Role.LEAD, Role.REVIEWER))
    handlers = (lead, *(actor for actor in actors if actor.role is Role.HANDLER))
    return Office(landlord, calendar, lead, handlers, reviewer)


def _user(landlord: Landlord, post: Post, password_hash: str, name: str) -> User:
    return User(
        email=email_of(landlord, post),
        password=password_hash,
        active=True,
        fs_uniquifier=uuid4().hex,
        landlord=landlord.key,
        name=name,
        role=post.role,
        rank=post.rank,
        areas=post.areas,
    )
