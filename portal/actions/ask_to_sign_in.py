"""Somebody of an office wants to sign in and gives their official address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import same_address
from portal.post.letters import committed
from portal.records import links, offices
from portal.records.database import after_commit


def ask_to_sign_in(session: Session, landlord: str, email: str, *, token: str, now: datetime) -> None:
    """Send a code to the address if it is a member's. Whoever asked is not told, and the work is the same.

    The code signs in the browser alone that keeps `token`: nobody can use up somebody else's by trying.
    """
    member = offices.member_with(session, landlord, same_address(email), at=now)
    links.for_sign_in(session, landlord, token, member, at=now)
    if member:
        after_commit(session, committed.send)
