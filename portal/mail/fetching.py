"""Fetches what is new in a mailbox, one message after the other; one that is broken stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from portal.domain.mail_kinds import MailKind, MailOutcome
from portal.mail.arrival import Desk, Place, take
from portal.mail.mailbox import OpenMailbox, opened
from portal.records import mail
from portal.settings import Mailbox

AT_ONCE = 50
"""Messages that are fetched in one go by the worker, which has other things to do."""

log = structlog.get_logger("portal.mail")


def fetch(
    desk: Desk,
    mailbox: Mailbox,
    clock: Callable[[], datetime],
    limit: int = AT_ONCE,
    after_each: Callable[[], object] = lambda: None,
) -> Counter[str]:
    """Take what is new, at most `limit`: how many were filed, how many wait for a person, and how many were here.

    One message can take many seconds, and somebody can send many: `after_each` is when other work gets its turn.
    Raises `MailboxAway` and `StoreAway`; what was taken before stays so, and the rest comes next time.
    """
    counted: Counter[str] = Counter()
    with opened(mailbox) as box:
        with desk.database.session() as session:
            read_to = mail.read_to(session, mailbox.name, box.uid_validity)
        for uid in box.after(read_to, limit):
            counted[_one(desk, mailbox, box, uid, clock())] += 1
            with desk.database.unit_of_work() as session:
                mail.remember_read_to(session, mailbox.name, box.uid_validity, uid)
            box.mark_taken(uid)
            after_each()
    if counted:
        log.info("mail_fetched", landlord=mailbox.landlord, **counted)
    return counted


def _one(desk: Desk, mailbox: Mailbox, box: OpenMailbox, uid: int, now: datetime) -> str:
    """What became of a message."""
    arrived = box.about(uid)
    if arrived is None:
        return "gone"
    place = Place(mailbox.landlord, mailbox.name, box.uid_validity, uid)
    with TemporaryDirectory(prefix="portal-mail-") as folder:
        path = Path(folder, "message.eml")
        with path.open("wb") as target:
            box.copy(uid, target)
        if not path.stat().st_size:
            return "gone"  # removed while we were at it
        row = take(desk, place, path, arrived.received_at, now)
    if row is None:
        return "known"
    if row.kind is MailKind.UNREADABLE:
        return "unreadable"
    return "filed" if row.outcome is MailOutcome.FILED else "waiting"
