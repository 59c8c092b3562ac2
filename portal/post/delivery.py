"""Delivery: after the commit, and again by the worker. It reads rows, so what was not stored cannot be sent.

A letter is claimed in one short transaction, sent outside any, and recorded in another. A claim is
a lease: should the process die while it sends, the letter is due again when the lease ends. It may
then arrive twice, with one Message-ID; it is never lost.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from portal.domain.refusal import StaleVersion
from portal.post.mailer import Mailer, NotDelivered
from portal.records import enquiries, letters, links
from portal.records.database import Database
from portal.records.models import EnquiryLetter, LetterRow, LetterState, Link
from portal.records.sent import keep
from portal.records.sent_tables import SentAs

Sendable = LetterRow | Link | EnquiryLetter
"""Whatever goes to somebody by email: the columns of its delivery are the same."""

LEASE = timedelta(minutes=10)
"""Far longer than a server that answers at the last moment each time can take."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
THEN = timedelta(days=1)

AT_ONCE = 50


def deliver_unsent(
    database: Database, mailer: Mailer, now: datetime, limit: int = AT_ONCE, *, links_too: bool = True
) -> int:
    """Send what has come to its time, at most `limit`, and return how many went.

    It stops early where the server cannot be reached: the others keep their turn. Links and codes come first, because
    somebody waits for them before a screen. Requests leave them to the worker: whether there was one to send would
    show in how long they take.
    """
    delivered = 0
    for _ in range(limit):
        letter = _claimed(database, now, links_too=links_too)
        if letter is None:
            break
        sent, problem = _send(mailer, letter)
        _record(database, letter, sent, problem, now)
        delivered += problem is None
        if problem and problem.unreachable:
            break
    return delivered


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again after that many attempts: pauses that grow, then daily."""
    return now + (PAUSES[attempts - 1] if attempts <= len(PAUSES) else THEN)


def _claimed(database: Database, now: datetime, *, links_too: bool) -> Sendable | None:
    with database.unit_of_work() as session:
        for link in links.links_to_deliver(session, now) if links_too else ():
            link.attempts += 1
            link.next_try_at = now + LEASE
            return link
        if letter := letters.claim(session, now, until=now + LEASE):
            return letter
        if of_enquiry := enquiries.letter_to_deliver(session, now):
            of_enquiry.attempts += 1
            of_enquiry.next_try_at = now + LEASE
            return of_enquiry
        return None


def _send(mailer: Mailer, letter: Sendable) -> tuple[bytes | None, NotDelivered | None]:
    """What went, and what went wrong, if anything did."""
    try:
        return mailer.send(letter), None
    except NotDelivered as problem:
        return None, problem


def _record(
    database: Database, letter: Sendable, sent: bytes | None, problem: NotDelivered | None, now: datetime
) -> None:
    # A link may be gone meanwhile: its draft was sent, or another code was asked for. There is nothing to write then.
    with suppress(StaleVersion), database.unit_of_work() as session:
        session.add(letter)  # as it was claimed: what is set here is written, and nothing is read again
        if problem is None:
            letter.state, letter.delivered_at = LetterState.SENT, now
            letter.next_try_at, letter.last_error = None, ""
            if sent and not isinstance(letter, Link):  # a link or a code opens something, and is kept by nobody
                keep(session, letter, SentAs.EMAIL, sent, at=now)
        else:
            letter.state, letter.last_error = LetterState.FAILED, problem.kind
            letter.next_try_at = None if problem.permanent else next_try(letter.attempts, now)
