"""An email was put on a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, content, event
from portal.domain.mail_kinds import MailKind


@event("mail_filed")
@dataclass(frozen=True, slots=True, kw_only=True)
class MailFiled(Event):
    """An email that reached us on `received_on` is of this complaint, by its own token or because staff say so.

    `digest` is that of its original bytes. `message` is the number of the message that it is shown as, `letter_id` the
    letter that it answers, or that could not be delivered. `verified`: it came from the contact on file.
    """

    mail_id: str
    digest: str
    mail_kind: MailKind
    received_on: date
    verified: bool
    message: int | None = None
    letter_id: str | None = None
    note: str = content()
