"""A member of staff says to which complaint an email belongs, and whose words it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.case import Case
from portal.domain.mail import is_from, message_of
from portal.domain.mail_kinds import MailOutcome, WhoseWords
from portal.domain.message_events import MessageReceived
from portal.domain.messages import next_number
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import Representative, acting_now
from portal.records import mail
from portal.records.history import CaseFile, append

GONE = "Somebody has seen to this email meanwhile"


def place_mail(
    session: Session, actor: Actor, mail_id: UUID, reference: str, *, whose: WhoseWords, note: str, now: datetime
) -> CaseFile:
    """Put it on the complaint as the resident's message, as that of whoever acts for them, or as nobody's.

    What is nobody's message is read by staff alone.
    """
    row = mail.with_id(session, actor, mail_id, for_update=True)
    if row is None or row.outcome is not None:
        raise Refused(GONE)
    file = open_for(session, actor, Action.PLACE_MAIL, reference)
    message = None
    if whose is not WhoseWords.SOMEBODY_ELSE:
        one = _representative(file.case, row.sender, now) if whose is WhoseWords.REPRESENTATIVE else None
        message = next_number(file.case.messages)
        words = message_of(mail.as_read(row))
        received = MessageReceived(number=message, representative=one.number if one else None, words=words)
        append(session, file, received, by=actor, at=now)
    append(session, file, mail.filed(row, message=message, note=note), by=actor, at=now)
    mail.settle(row, MailOutcome.PLACED, complaint=file.row, by_id=actor.user_id, reason=note, at=now)
    return file


def _representative(case: Case, sender: str, now: datetime) -> Representative:
    """Whoever has the address that it came from, or the only one who acts."""
    acting = acting_now(case.representatives, now.date())
    known = [each for each in acting if is_from(sender, each.added.email)] or list(acting)
    if not known:
        raise Refused("Nobody acts for the resident there", "whose")
    if len(known) > 1:
        raise Refused("Several people act there. Choose somebody else, and say in a note whose words they are", "whose")
    return known[0]
