"""A member of staff says that an email is no complaint and of none, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.mail_kinds import MailOutcome
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.records import mail
from portal.records.mail import IncomingMail


def dismiss_mail(session: Session, actor: Actor, mail_id: UUID, *, reason: str, now: datetime) -> IncomingMail:
    """It is kept with the reason. Whoever is unhappy makes a complaint, whatever they call it (Code 1.2)."""
    decision = may(actor, Action.DISMISS_MAIL)
    if not decision:
        raise Forbidden(decision.reason)
    row = mail.with_id(session, actor, mail_id, for_update=True)
    if row is None or row.outcome is not None:
        raise Refused("Somebody has seen to this email meanwhile")
    if not reason.strip():
        raise Refused("Write why it is not a complaint", "reason")
    mail.settle(row, MailOutcome.NO_COMPLAINT, by_id=actor.user_id, reason=reason, at=now)
    return row
