"""Complaints that are being written. They are kept page by page, so that nobody has to write anything twice.

A draft is found by a token that only its writer's browser has; here is its digest alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from portal.records.database import INSERTS
from portal.records.models import Draft

KEPT_FOR = timedelta(days=7)

Answers = Mapping[str, Any]


def new_token() -> str:
    """A token for a new draft: 256 random bits."""
    return secrets.token_urlsafe(32)


def draft(session: Session, landlord: str, token: str, *, at: datetime) -> Draft | None:
    """The draft of this token, unless it was kept long enough."""
    return session.scalar(_draft(landlord, token, at))


def draft_to_submit(session: Session, landlord: str, token: str, *, at: datetime) -> Draft | None:
    """The same, held until the unit of work ends: of two presses of the button, the second waits and sees the first."""
    return session.scalar(_draft(landlord, token, at).with_for_update())


def save_page(session: Session, landlord: str, token: str, page: str, answers: Answers, *, at: datetime) -> Draft:
    """Keep one page's answers, and the draft for another `KEPT_FOR`. A submitted draft stays as it is."""
    kept = draft_to_submit(session, landlord, token, at=at)
    if kept is None:
        kept = Draft(token_hash=_digest(token), landlord=landlord, pages={})
        session.add(kept)
    if kept.submitted_reference is None:
        kept.pages = {**kept.pages, page: dict(answers)}
        kept.updated_at, kept.expires_at = at, at + KEPT_FOR
    return kept


def claimed(session: Session, landlord: str, token: str, *, at: datetime) -> Draft:
    """The draft of a form that is sent whole, made by its first press; a second one waits here, then finds it."""
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(Draft)
        .values(token_hash=_digest(token), landlord=landlord, pages={}, updated_at=at, expires_at=at + KEPT_FOR)
        .on_conflict_do_nothing()
    )
    return session.scalars(_draft(landlord, token, at).with_for_update()).one()


def mark_submitted(kept: Draft, reference: str) -> None:
    """From now on the draft only says which complaint it became: its words are in the complaint."""
    kept.submitted_reference = reference
    kept.pages = {}


def delete_draft(session: Session, landlord: str, token: str) -> None:
    """Forget it, because its writer wants that."""
    session.execute(delete(Draft).where(Draft.token_hash == _digest(token), Draft.landlord == landlord))


def forget_old_drafts(session: Session, *, at: datetime) -> None:
    """Remove drafts that were kept long enough."""
    session.execute(delete(Draft).where(Draft.expires_at <= at))


def _draft(landlord: str, token: str, at: datetime) -> Select[Draft]:
    return select(Draft).where(Draft.token_hash == _digest(token), Draft.landlord == landlord, Draft.expires_at > at)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
