"""Complaints that are being written. They are kept page by page, so that nobody has to write anything twice.

A draft is found by a token that only its writer's browser has; here is its digest alone. A code that its writer
noted down, or a link that was emailed, brings it to another browser, which gets a token of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from portal.domain import references
from portal.records.database import INSERTS
from portal.records.models import Draft, DraftKey, DraftKeyKind

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


def leave_to_sender(session: Session, kept: Draft, token: str) -> None:
    """Nothing but this token finds the submitted draft from now on: no other browser, no code and no link."""
    session.execute(delete(DraftKey).where(DraftKey.draft_hash == kept.token_hash))
    if kept.token_hash == _digest(token):
        return
    # The browser that began it is known by the row's own name, so the sender's takes the row's place.
    session.add(
        Draft(
            token_hash=_digest(token),
            landlord=kept.landlord,
            pages={},
            updated_at=kept.updated_at,
            expires_at=kept.expires_at,
            submitted_reference=kept.submitted_reference,
        )
    )
    session.flush()
    session.execute(delete(Draft).where(Draft.token_hash == kept.token_hash))


def delete_draft(session: Session, landlord: str, token: str) -> None:
    """Forget it, because its writer wants that."""
    session.execute(delete(Draft).where(Draft.token_hash == found_by(token), Draft.landlord == landlord))


def forget_old_drafts(session: Session, *, at: datetime) -> None:
    """Remove drafts that were kept long enough."""
    session.execute(delete(Draft).where(Draft.expires_at <= at))


def keep_code(session: Session, kept: Draft, code: str) -> None:
    """From now on this code finds the draft, for as long as it is kept and until it is submitted."""
    key = DraftKey(key_hash=_code_digest(kept.landlord, code), draft_hash=kept.token_hash, kind=DraftKeyKind.CODE)
    session.merge(key)


def is_code_kept(session: Session, landlord: str, code: str) -> bool:
    """Whether somebody asked for this code, which alone makes it one."""
    return session.get(DraftKey, _code_digest(landlord, code)) is not None


def draft_of_code(session: Session, landlord: str, code: str, *, at: datetime) -> Draft | None:
    """The draft that a code finds. A submitted one is found by its complaint's own reference and code alone."""
    key = select(DraftKey.draft_hash).where(
        DraftKey.key_hash == _code_digest(landlord, code), DraftKey.kind == DraftKeyKind.CODE
    )
    return session.scalar(_unsent(landlord, at).where(Draft.token_hash == key.scalar_subquery()))


def unsent_draft(session: Session, landlord: str, draft_hash: str, *, at: datetime) -> Draft | None:
    """The draft that an emailed link was written for."""
    return session.scalar(_unsent(landlord, at).where(Draft.token_hash == draft_hash))


def open_elsewhere(session: Session, kept: Draft) -> str:
    """A token with which another browser goes on with the same draft. The first one keeps its own."""
    token = new_token()
    session.add(DraftKey(key_hash=_digest(token), draft_hash=kept.token_hash, kind=DraftKeyKind.DEVICE))
    return token


def _draft(landlord: str, token: str, at: datetime) -> Select[Draft]:
    return select(Draft).where(Draft.token_hash == found_by(token), Draft.landlord == landlord, Draft.expires_at > at)


def _unsent(landlord: str, at: datetime) -> Select[Draft]:
    return select(Draft).where(Draft.landlord == landlord, Draft.expires_at > at, Draft.submitted_reference.is_(None))


def found_by(token: str) -> ColumnElement[str]:
    """The digest that names the draft: that of the token, unless it is the token of another browser."""
    digest = _digest(token)
    elsewhere = select(DraftKey.draft_hash).where(DraftKey.key_hash == digest, DraftKey.kind == DraftKeyKind.DEVICE)
    return func.coalesce(elsewhere.scalar_subquery(), digest)


def _code_digest(landlord: str, code: str) -> str:
    return _digest(f"{landlord}:{references.plain(code)}")


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
