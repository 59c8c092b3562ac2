"""The files in a message that is kept: taken out once somebody has said where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from portal.domain.read_mail import MailFile
from portal.mail.arrival import Desk, take_in_files
from portal.mail.workbench import Unreadable, open_message
from portal.records.files import name_of
from portal.records.mail import IncomingMail


def original(desk: Desk, row: IncomingMail) -> Iterator[bytes]:
    """The message as it came, in pieces. Raises `NotStored` and `StoreAway`."""
    return desk.store.read(name_of(row.id, row.digest))


def unpack(desk: Desk, row: IncomingMail, now: datetime) -> tuple[Sequence[UUID], tuple[MailFile, ...]]:
    """The files that are taken, waiting to be looked at; and all of them, with why some are not.

    None of a message that cannot be read. Raises `NotStored` and `StoreAway`.
    """
    if not row.files:
        return (), ()
    with TemporaryDirectory(prefix="portal-mail-") as folder:
        path, unpacked = Path(folder, "message.eml"), Path(folder, "files")
        unpacked.mkdir()
        with path.open("wb") as target:
            for piece in original(desk, row):
                target.write(piece)
        try:
            said = open_message(path, unpacked)
        except Unreadable:
            return (), ()
        return take_in_files(desk, row.landlord, said, unpacked, now)
