"""Adjustments beyond one complaint: somebody known again, and what was asked for without a complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.domain.events import Person
from portal.domain.permissions import Actor
from portal.records.models import AdjustmentPerson, ComplaintRow, EasierRequest
from portal.records.sight import IN_SIGHT, sight_of

AT_ONCE = 100


def known_by(person: Person) -> tuple[str, ...]:
    """Digests of what somebody is known by: the email, the phone number, the name with the postcode."""
    return tuple(sha256(each.encode()).hexdigest() for each in _marks(person))


def _marks(person: Person) -> Iterator[str]:
    phone = "".join(sign for sign in person.phone if sign.isascii() and sign.isdigit())
    # A number with its country before it is the same number.
    phone = f"0{phone.removeprefix('44')}" if phone.startswith("44") else phone
    name = " ".join(person.name.casefold().split())
    postcode = "".join(person.postcode.casefold().split())
    if person.email.strip():
        yield f"email:{person.email.strip().casefold()}"
    if len(phone) >= 6:
        yield f"phone:{phone}"
    if name and postcode:
        yield f"name:{name}:{postcode}"


def remember(session: Session, complaint: ComplaintRow, person: Person, *, lasting: bool) -> None:
    """Keep, or forget, that this person has adjustments for all contact in this complaint."""
    session.execute(delete(AdjustmentPerson).where(AdjustmentPerson.complaint_id == complaint.id))
    if lasting:
        session.add_all(
            AdjustmentPerson(landlord=complaint.landlord, known_by=each, complaint_id=complaint.id)
            for each in known_by(person)
        )


def earlier_with_adjustments(session: Session, actor: Actor, complaint: ComplaintRow, person: Person) -> Sequence[str]:
    """References of this landlord's other complaints by the same person, with adjustments for all contact.

    Those alone that exist for the actor.
    """
    of_person = select(AdjustmentPerson.complaint_id).where(
        AdjustmentPerson.landlord == complaint.landlord, AdjustmentPerson.known_by.in_(known_by(person))
    )
    earlier = select(ComplaintRow.reference).where(ComplaintRow.id.in_(of_person), ComplaintRow.id != complaint.id)
    return session.scalars(earlier.where(IN_SIGHT).order_by(ComplaintRow.id.desc()), sight_of(actor)).all()


def easier_requests(session: Session, actor: Actor) -> Sequence[EasierRequest]:
    """What was asked for without a complaint: first what waits for a decision, longest first, then the latest.

    However much is asked for after it, what was asked for first stays in sight.
    """
    ours = select(EasierRequest).where(EasierRequest.landlord == (actor.landlord or ""))
    waiting = ours.where(EasierRequest.settled_at.is_(None)).order_by(EasierRequest.asked_at, EasierRequest.id)
    decided = ours.where(EasierRequest.settled_at.is_not(None)).order_by(EasierRequest.asked_at.desc())
    return [*session.scalars(waiting.limit(AT_ONCE)), *session.scalars(decided.limit(AT_ONCE))]


def easier_request(session: Session, actor: Actor, reference: str, *, for_update: bool = False) -> EasierRequest | None:
    """One of them, of the actor's landlord alone; held against other writers where it is to be changed."""
    one = select(EasierRequest).where(
        EasierRequest.landlord == (actor.landlord or ""), EasierRequest.reference == reference
    )
    return session.scalar(one.with_for_update() if for_update else one)
