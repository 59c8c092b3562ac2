"""Somebody who is writing a complaint wants to go on with it on another device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.records import drafts, links


def send_draft_link(
    session: Session,
    landlord: str,
    token: str,
    *,
    to_address: str,
    language: str,
    secret_key: str,
    send: bool,
    now: datetime,
) -> bool:
    """Whether the draft of this token is still being written. A link to it then waits for the worker, if `send`."""
    kept = drafts.draft(session, landlord, token, at=now)
    if kept is None or kept.submitted_reference:
        return False
    if send:
        links.for_draft(session, secret_key, kept, to_address, language=language, at=now)
    return True
