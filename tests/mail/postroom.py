"""Email for an office in tests: it lands in a mailbox of its own, and is fetched from there."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from imapclient import IMAPClient
from sqlalchemy import select

from portal import landlords
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.reply_address import address_with, token_for
from portal.mail.arrival import Desk
from portal.mail.fetching import fetch
from portal.records.files import store_at
from portal.records.history import CaseFile, open_case
from portal.records.mail import IncomingMail
from portal.records.models import LetterRow, LetterState
from portal.settings import Mailbox
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.mail.dovecot import Dovecot

SECRET = "k" * 40
ADDRESS = "replies@ids.example.org"
ADA = "resident.one@example.org"
"""The contact on file of the complaints that are made here."""

NOW = ten_oclock(MONDAY)
_numbers = itertools.count(1)


class Postroom:
    """An office, a mailbox on the server that nobody else uses, and a store for what comes in."""

    def __init__(self, office: Office, server: Dovecot, folder: Path) -> None:
        self.office, self.database = office, office.database
        self.files, self.server = folder / "files", server
        self.desk = Desk(office.database, store_at(self.files.as_uri()), SECRET)
        self.mailbox = Mailbox(
            landlord=office.landlord,
            address=ADDRESS,
            host="127.0.0.1",
            port=server.plain,
            user=f"box{next(_numbers)}",
            password="any",
            tls="none",
        )

    def client(self) -> IMAPClient:
        """As the landlord's own people look into it."""
        client = IMAPClient("127.0.0.1", self.mailbox.port, ssl=False)
        client.login(self.mailbox.user, "any")
        client.select_folder("INBOX")
        return client

    def lands(self, *messages: EmailMessage | bytes, at: datetime = NOW) -> None:
        """What a mail server puts there, with the moment at which it did."""
        client = self.client()
        for each in messages:
            raw = each if isinstance(each, bytes) else each.as_bytes()
            client.append("INBOX", raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), msg_time=at)
        client.logout()

    def fetch(self, now: datetime = NOW) -> Counter[str]:
        return fetch(self.desk, self.mailbox, lambda: now)

    def kept(self) -> Sequence[IncomingMail]:
        """Everything that is here, in the order in which it lay in the mailbox."""
        with self.database.session() as session:
            return session.scalars(select(IncomingMail).order_by(IncomingMail.uid_validity, IncomingMail.uid)).all()

    def file(self, reference: str) -> CaseFile:
        with self.database.session() as session:
            system = Actor(Role.SYSTEM, landlord=self.office.landlord)
            return open_case(session, reference, system, landlords.rules_for)

    def receipt(self, reference: str) -> LetterRow:
        """The first letter of a complaint."""
        return next(each for each in self.office.letters(reference) if each.kind is LetterKind.RECEIPT)

    def sent(self, reference: str) -> None:
        """A mail server has taken the letter."""
        with self.database.unit_of_work() as session:
            letter = session.get_one(LetterRow, self.receipt(reference).id)
            letter.state, letter.next_try_at = LetterState.SENT, None

    def token(self, reference: str) -> str:
        return token_for(SECRET, self.receipt(reference).id)

    def reply_address(self, reference: str) -> str:
        return address_with(ADDRESS, self.token(reference))


def message(words: str = "It still leaks.", **headers: Any) -> EmailMessage:
    """An email from the contact on file; `In_Reply_To` and the like are headers."""
    made = EmailMessage()
    usual = {"From": f"Ada Resident <{ADA}>", "To": ADDRESS, "Subject": "The roof"}
    usual["Message-ID"] = f"<{next(_numbers)}@mail.example.org>"
    for name, value in (usual | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value is not None:
            made[name] = value
    made.set_content(words)
    return made
