"""Somebody of an office wants to sign in and gives their official address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.offices import same_address
from portal.records import links, offices


def ask_to_sign_in(
    session: Session, landlord: str, email: str, *, token: str, language: str, send: bool, now: datetime
) -> None:
    """Have a code sent to the address if it is a member's. Whoever asked is not told, and the work is the same.

    Nothing is sent here: the worker does that, so that no later request of theirs takes longer where there was somebody
    to write to. The code signs in the browser alone that keeps `token`: nobody can use up somebody else's by trying.

    Where `send` is false the address has had enough for now, whoever asked, and nothing more goes there.
    """
    member = offices.member_with(session, landlord, same_address(email), at=now)
    links.for_sign_in(session, landlord, token, member, language=language, send=send, at=now)
