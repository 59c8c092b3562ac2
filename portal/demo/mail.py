"""Email of the demonstration: answers on their complaints, a letter that came back, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.actions.dismiss_mail import dismiss_mail
from portal.demo.storylines import UNREACHABLE
from portal.domain.mail import NewMail
from portal.domain.policy import LetterKind
from portal.domain.read_mail import ReadMail
from portal.domain.reply_address import token_for
from portal.mail.filing import take_on
from portal.records.accounts import User
from portal.records.files import Store, name_of
from portal.records.mail import IncomingMail
from portal.records.models import Channel, ComplaintRow, LetterRow, LetterState
from portal.records.queries import actor_of

SECRET = "the demonstration's own"  # noqa: S105  nothing is fetched with it
BOX = "a mailbox of the demonstration"
POSTMASTER: dict[str, Any] = {
    "sender": "mailer-daemon@example.org",
    "sender_name": "Mail delivery",
    "is_automatic": True,
    "bounced": True,
}
STRANGER = ("Stella Example", "stella.example@example.org")
BETWEEN = timedelta(minutes=20)


def bring_mail(session: Session, store: Store, landlord: str, at: datetime) -> None:
    """What came in on a day from `at` on, and what the portal and one member of staff did about it."""
    replied, away, bounced, forwarded = _answerable(session, landlord)
    name, address = STRANGER
    arrived = [
        _mail(replied, "Re: your letter", "Thank you. Thursday morning suits me for the visit."),
        _mail(away, "Out of office", "I am away until Monday and cannot read this.", is_automatic=True),
        _mail(bounced, "Undelivered mail", "The address does not exist.", **POSTMASTER),
        _mail(forwarded, "Fwd: your letter", "My mother asked me to write for her.", sender=address, sender_name=name),
        _mail(None, "Still no heating", "Nobody came again. I am fed up.", sender=address, sender_name=name),
        _mail(None, "Your search results", "Buy more clicks today!", sender="sales@example.org"),
    ]
    kept = [_take(session, store, landlord, number, each, at + number * BETWEEN) for number, each in enumerate(arrived)]
    lead = session.scalars(select(User).where(User.landlord == landlord).order_by(User.id)).first()
    assert lead is not None
    reason = "It is advertising."
    dismiss_mail(session, actor_of(lead), kept[-1].id, reason=reason, now=at + len(kept) * BETWEEN)


def _answerable(session: Session, landlord: str) -> Sequence[LetterRow]:
    """Receipts that went by email to residents whose complaints are open, one for each message."""
    found = (
        select(LetterRow)
        .join(ComplaintRow, LetterRow.complaint_id == ComplaintRow.id)
        .where(
            LetterRow.landlord == landlord,
            LetterRow.kind == LetterKind.RECEIPT,
            LetterRow.channel == Channel.EMAIL,
            LetterRow.state == LetterState.PENDING,
            LetterRow.to_address != UNREACHABLE,
            LetterRow.representative.is_(None),
            LetterRow.member.is_(None),
            ComplaintRow.is_open,
            ComplaintRow.authority_check_on.is_(None),
        )
        .order_by(ComplaintRow.id)
    )
    letters = session.scalars(found.limit(4)).all()
    for each in letters:
        each.state, each.attempts, each.next_try_at, each.delivered_at = LetterState.SENT, 1, None, each.written_at
    return letters


def _mail(letter: LetterRow | None, subject: str, words: str, **more: Any) -> ReadMail:
    tokens = (token_for(SECRET, letter.id),) if letter else ()
    usual = {"sender": letter.to_address if letter else "", "subject": subject, "words": words, "new_words": words}
    return ReadMail(**{**usual, "tokens": tokens, **more})


def _take(session: Session, store: Store, landlord: str, number: int, said: ReadMail, at: datetime) -> IncomingMail:
    raw = _as_it_came(said)
    digest = sha256(raw).hexdigest()
    new = NewMail(
        id=uuid5(NAMESPACE_URL, f"demonstration {landlord} {number}"),
        landlord=landlord,
        mailbox=f"{BOX} {landlord}",
        uid_validity=1,
        uid=number + 1,
        same_as=digest,
        received_at=at,
        digest=digest,
        size=len(raw),
        read=said,
    )
    store.put(name_of(new.id, digest), BytesIO(raw))
    row = take_on(session, new, (), secret_key=SECRET, now=at)
    session.flush()
    return row


def _as_it_came(said: ReadMail) -> bytes:
    message = EmailMessage()
    message["From"] = f"{said.sender_name} <{said.sender}>"
    message["Subject"] = said.subject
    message.set_content(said.words)
    return message.as_bytes()
