"""An administrator lets somebody work here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.domain.staff import Change, Duties, check_duties, check_person
from portal.records import staff
from portal.records.accounts import User


def invite_staff(
    session: Session, actor: Actor, name: str, email: str, duties: Duties, *, secret_key: str, now: datetime
) -> User:
    """They get an email with a link, and choose a password there. Until then nobody can sign in as them."""
    decision = may(actor, Action.KEEP_STAFF)
    if not decision:
        raise Forbidden(decision.reason)
    landlord = actor.landlord or ""
    email = email.strip().lower()
    check_person(name, email)
    check_duties(duties, landlords.landlord(landlord))
    if staff.is_known(session, email):
        raise Refused("Somebody signs in with this address already", "email")
    user = staff.add(session, landlord, name.strip(), email, duties)
    staff.record(session, user, Change.INVITED, by_id=actor.user_id, at=now, details=" ".join(duties.roles))
    staff.invite(session, secret_key, user, at=now)
    return user
