"""Short ways to make what a test is about. Whatever a test does not say has an ordinary value here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain import references
from portal.domain.events import ComplaintReceived, Link, Person, ReplyBy
from portal.domain.permissions import Actor, Role
from portal.records.history import CaseFile, begin_case
from portal.records.models import User

MONDAY = date(2026, 11, 2)
"""A day with no bank holiday near it."""

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)

ANYONE = Actor(role=Role.ANYONE)

_numbers = count(1)


def number() -> int:
    """A number that no other call in this process gets."""
    return next(_numbers)


def new_reference() -> str:
    """A well-formed reference, another one each time."""
    left = number()

    def choose(letters: Any) -> Any:
        nonlocal left
        left, place = divmod(left, len(letters))
        return letters[place]

    return references.new_reference(choose)


def received(**changes: Any) -> ComplaintReceived:
    """A complaint about damp that came online on `MONDAY`."""
    words: dict[str, Any] = {
        "received_on": MONDAY,
        "channel": "online",
        "link": Link.TENANT,
        "reply_by": ReplyBy.EMAIL,
        "person": Person(name="Resident One", email="resident.one@example.org"),
        "what_happened": "The bedroom wall has been damp since March.",
    }
    return ComplaintReceived(**(words | changes))


def begun(session: Session, landlord: str = "ids", *, reference: str | None = None, **changes: Any) -> CaseFile:
    """A case that has been received and nothing more."""
    return begin_case(
        session,
        landlord,
        reference or new_reference(),
        received(**changes),
        by=ANYONE,
        at=NOW,
        rules_for=landlords.rules_for,
    )


def staff(session: Session, landlord: str = "ids", role: Role = Role.HANDLER, **changes: Any) -> User:
    """A member of staff who is stored."""
    user = somebody(landlord, role, **changes)
    session.add(user)
    session.flush()
    return user


def somebody(landlord: str = "ids", role: Role = Role.HANDLER, **changes: Any) -> User:
    """A member of staff with an email address that no other has."""
    unique = f"staff{number()}"
    words: dict[str, Any] = {
        "landlord": landlord,
        "role": role,
        "name": unique.title(),
        "email": f"{unique}@example.org",
        "active": True,
        "fs_uniquifier": unique,
    }
    return User(**(words | changes))


def lead(landlord: str = "ids") -> Actor:
    """A complaints officer who is on no list of users."""
    return Actor(role=Role.LEAD, landlord=landlord, name="Lead")
