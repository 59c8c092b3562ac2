"""Somebody who is writing a complaint wants to go on with it on another device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.post.letters import committed
from portal.records import drafts, links
from portal.records.database import after_commit


def send_draft_link(
    session: Session, landlord: str, token: str, *, to_address: str, secret_key: str, now: datetime
) -> bool:
    """Whether the draft of this token is still being written, and a link to it is now on its way."""
    kept = drafts.draft(session, landlord, token, at=now)
    if kept is None or kept.submitted_reference:
        return False
    links.for_draft(session, secret_key, kept, to_address, at=now)
    after_commit(session, committed.send)
    return True
