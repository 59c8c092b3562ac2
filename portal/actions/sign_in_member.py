"""Somebody of an office signs in with the code that was sent to their official address."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from sqlalchemy.orm import Session

from portal.domain.offices import MOST_WRONG_CODES
from portal.records import links, offices


def sign_in_member(
    session: Session, landlord: str, *, token: str, code: str, secret_key: str, now: datetime
) -> str | None:
    """The token of a new session, or None: wrong, used, too old, tried too often, or of nobody.

    A code works once; a second press of the button is answered like the first. Each wrong try counts, also where
    nobody has the address, so that the work tells nothing.
    """
    asked = links.sign_in_of(session, landlord, token, at=now)
    if asked is None:
        return None
    right = compare_digest(code.encode(), links.sign_in_code(secret_key, asked.id).encode())
    spent = asked.used_at is not None and now - asked.used_at > links.SECOND_PRESS
    if spent or asked.wrong_tries >= MOST_WRONG_CODES:
        return None
    if not right or asked.member is None or not offices.has_access(asked.member, now):
        asked.wrong_tries += 1
        return None
    asked.used_at = asked.used_at or now
    return offices.begin_session(session, asked.member, at=now)
