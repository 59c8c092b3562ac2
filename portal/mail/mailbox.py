"""A mailbox, opened over IMAP: which messages are new, and each of them as it came."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from portal.settings import Mailbox

TIMEOUT = SocketTimeout(connect=10, read=60)
PIECE = 1024 * 1024
"""Bytes of a message that are asked for at one time: nobody's email is held in memory whole here."""


class MailboxAway(OSError):
    """The mailbox cannot be reached or refuses us now. Its text names the sort of error and no person."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message in the mailbox: its number, when it reached it, and its size in bytes."""

    uid: int
    received_at: datetime
    size: int


class OpenMailbox:
    """A mailbox while it is open. `uid_validity`: the numbers of its messages mean the same while this does."""

    def __init__(self, client: Any, uid_validity: int) -> None:
        self._client = client
        self.uid_validity = uid_validity

    def after(self, uid: int, limit: int) -> Sequence[int]:
        """The numbers of the next messages after this one, as many as are wanted; deleted ones are left alone."""
        found = self._client.search(["UNDELETED", "UID", f"{uid + 1}:*"])
        return sorted(each for each in found if each > uid)[:limit]  # `*` is the last one, whatever its number

    def about(self, uid: int) -> Arrived | None:
        """None where somebody has removed it meanwhile."""
        told = self._client.fetch([uid], ["INTERNALDATE", "RFC822.SIZE"]).get(uid)
        return Arrived(uid, told[b"INTERNALDATE"], told[b"RFC822.SIZE"]) if told else None

    def copy(self, uid: int, target: BinaryIO) -> None:
        """Write the message as it came, piece by piece."""
        begins = 0
        while piece := self._piece(uid, begins):
            target.write(piece)
            begins += len(piece)
            if len(piece) < PIECE:
                break

    def _piece(self, uid: int, begins: int) -> bytes:
        told = self._client.fetch([uid], [f"BODY.PEEK[]<{begins}.{PIECE}>"]).get(uid, {})
        piece: bytes = next((value for name, value in told.items() if name.startswith(b"BODY[]")), b"") or b""
        return piece

    def mark_taken(self, uid: int) -> None:
        """For whoever looks into the mailbox: what is marked as read has been taken. Nothing here relies on it."""
        self._client.add_flags([uid], [SEEN], silent=True)


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[OpenMailbox]:
    """The mailbox, until the block ends. Raises `MailboxAway`, within the block too."""
    try:
        client = IMAPClient(
            mailbox.host,
            mailbox.port,
            ssl=mailbox.tls == "tls",
            ssl_context=ssl.create_default_context(),
            timeout=TIMEOUT,
        )
    except (OSError, IMAPClientError) as away:
        raise MailboxAway(type(away).__name__) from away
    try:
        client.normalise_times = False  # with their zone, whatever that of this machine is
        if mailbox.tls == "starttls":
            client.starttls(ssl.create_default_context())
        client.login(mailbox.user, mailbox.password)
        selected = client.select_folder(mailbox.folder)
        yield OpenMailbox(client, int(selected[b"UIDVALIDITY"]))
    except (OSError, IMAPClientError) as away:
        raise MailboxAway(type(away).__name__) from away
    finally:
        with suppress(OSError, IMAPClientError):
            client.logout()
