"""An email is put on a complaint: that it came, and what its original was, goes into the record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.mail_kinds import MailOutcome
from portal.domain.permissions import Action, Actor, Role
from portal.records import mail
from portal.records.history import CaseFile, append
from portal.records.mail import IncomingMail


def file_mail(
    session: Session,
    actor: Actor,
    reference: str,
    row: IncomingMail,
    *,
    outcome: MailOutcome = MailOutcome.FILED,
    message: int | None = None,
    note: str = "",
    now: datetime,
) -> CaseFile:
    """Put a message that waits, or has just come, on the complaint. `message` is what it is shown as there, if it is.

    Nothing is sent to whoever wrote it, so that no two machines ever answer each other (RFC 3834).
    """
    file = open_for(session, actor, Action.PLACE_MAIL, reference)
    append(session, file, mail.filed(row, message=message, note=note), by=actor, at=now)
    by_id = actor.user_id if actor.role is not Role.SYSTEM else None
    mail.settle(row, outcome, complaint=file.row, by_id=by_id, reason=note, at=now)
    return file
