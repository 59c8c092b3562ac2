"""Emails that came in, without a mailbox: for tests of what is done with them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from portal.domain.mail import NewMail
from portal.domain.read_mail import ReadMail
from portal.mail.filing import take_on
from portal.records.files import Store, name_of
from portal.records.mail import IncomingMail
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY

SECRET = "k" * 40
RAW = b"From: stranger@example.org\r\nSubject: The lift\r\n\r\nThe lift is broken again.\r\n"
_numbers = itertools.count(1)


def new_mail(landlord: str, *, raw: bytes = RAW, at: datetime | None = None, read: bool = True, **said: Any) -> NewMail:
    """A message as it comes out of a mailbox. What it says is given by name."""
    digest, number = sha256(raw).hexdigest(), next(_numbers)
    usual = {"sender": "stranger@example.org", "subject": "The lift", "words": "The lift is broken again."}
    told = {**usual, "new_words": said.get("words", usual["words"]), **said}
    return NewMail(
        id=uuid4(),
        landlord=landlord,
        mailbox="a mailbox",
        uid_validity=1,
        uid=number,
        same_as=sha256(f"{number}".encode()).hexdigest(),
        received_at=at or ten_oclock(MONDAY),
        digest=digest,
        size=len(raw),
        read=ReadMail(**told) if read else None,
        files=said.get("files", ()),
    )


def came_in(
    office: Office, store: Store | None = None, *, evidence: Sequence[UUID] = (), secret_key: str = SECRET, **said: Any
) -> IncomingMail:
    """One that the portal has kept and put where it belongs, of which nobody has seen anything yet."""
    raw = said.pop("raw", RAW)
    new = new_mail(office.landlord, raw=raw, **said)
    if store:
        store.put(name_of(new.id, new.digest), BytesIO(raw))
    with office.database.unit_of_work() as session:
        row = take_on(session, new, evidence, secret_key=secret_key, now=said.get("at") or ten_oclock(MONDAY))
        session.flush()
        session.expunge(row)
    return row
