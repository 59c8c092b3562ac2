"""Petitions: found by their landlord's staff alone, and their letters on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, selectinload

from portal.domain.permissions import Actor
from portal.domain.petitions import PetitionLetterKind
from portal.records.models import TO_DELIVER, Channel, Petition, PetitionLetter

__all__ = [
    "Petition",
    "PetitionLetter",
    "emailed_to",
    "is_petition",
    "letter_to_deliver",
    "petition",
    "petition_letter",
    "petitions",
]

AT_ONCE = 100


def petitions(session: Session, actor: Actor) -> Sequence[Petition]:
    """Those of which nothing has come yet first, longest first; then the latest of the others."""
    ours = select(Petition).where(Petition.landlord == (actor.landlord or ""))
    waiting = ours.where(Petition.settled_at.is_(None)).order_by(Petition.received_on, Petition.id)
    settled = ours.where(Petition.settled_at.is_not(None)).order_by(Petition.settled_at.desc(), Petition.id)
    return [*session.scalars(waiting.limit(AT_ONCE)), *session.scalars(settled.limit(AT_ONCE))]


def petition(session: Session, actor: Actor, reference: str, *, for_update: bool = False) -> Petition | None:
    """One of the actor's landlord, with its letters; held against other writers where it is to be changed."""
    one = select(Petition).where(Petition.landlord == (actor.landlord or ""), Petition.reference == reference)
    one = one.options(selectinload(Petition.letters))
    return session.scalar(one.with_for_update() if for_update else one)


def petition_letter(found: Petition, letter_id: UUID) -> PetitionLetter | None:
    """The letter of this petition with this number."""
    return next((each for each in found.letters if each.id == letter_id), None)


def is_petition(session: Session, reference: str) -> bool:
    """Whether any landlord here has a petition with this reference."""
    return session.scalar(select(Petition.id).where(Petition.reference == reference)) is not None


def emailed_to(session: Session, address: str, kind: PetitionLetterKind, *, since: datetime) -> int:
    """How many such letters were written to this address by email since then, of every landlord here."""
    letters = select(func.count()).select_from(PetitionLetter)
    found = session.scalar(
        letters.where(
            PetitionLetter.kind == kind,
            PetitionLetter.channel == Channel.EMAIL,
            func.lower(PetitionLetter.to_address) == address.strip().lower(),
            PetitionLetter.written_at > since,
        )
    )
    return found or 0


def letter_to_deliver(session: Session, now: datetime) -> PetitionLetter | None:
    """A letter whose time to be tried has come, held so that a second worker takes another."""
    due = select(PetitionLetter).where(text(TO_DELIVER), PetitionLetter.next_try_at <= now)
    return session.scalar(
        due.order_by(PetitionLetter.next_try_at, PetitionLetter.id).limit(1).with_for_update(skip_locked=True)
    )
