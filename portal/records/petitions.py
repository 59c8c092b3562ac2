"""Petitions: found by their landlord's staff alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Actor
from portal.records.models import Petition

__all__ = ["Petition", "petition", "petitions"]

AT_ONCE = 100


def petitions(session: Session, actor: Actor) -> Sequence[Petition]:
    """Those of which nothing has come yet first, longest first; then the latest of the others."""
    ours = select(Petition).where(Petition.landlord == (actor.landlord or ""))
    waiting = ours.where(Petition.settled_at.is_(None)).order_by(Petition.received_on, Petition.id)
    settled = ours.where(Petition.settled_at.is_not(None)).order_by(Petition.settled_at.desc(), Petition.id)
    return [*session.scalars(waiting.limit(AT_ONCE)), *session.scalars(settled.limit(AT_ONCE))]


def petition(session: Session, actor: Actor, reference: str, *, for_update: bool = False) -> Petition | None:
    """One of the actor's landlord, held against other writers where it is to be changed."""
    one = select(Petition).where(Petition.landlord == (actor.landlord or ""), Petition.reference == reference)
    return session.scalar(one.with_for_update() if for_update else one)
