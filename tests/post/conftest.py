"""A mail server of our own, on a port of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what arrives, and refuses whom it is told to. `answers` gives the reply for an address."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.contents: list[bytes] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.contents.append(envelope.content)
        self.senders.append(envelope.mail_from)
        return "250 OK"


class MailServer:
    """An SMTP server that can be switched on and off and keeps its port."""

    def __init__(self, postbox: Postbox | None = None) -> None:
        self.postbox = postbox or Postbox()
        self.port = _free_port()
        self._running: Controller | None = None

    def start(self) -> None:
        self._running = Controller(self.postbox, hostname="127.0.0.1", port=self.port)
        self._running.start()

    def stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Switched off at first."""
    server = MailServer()
    yield server
    server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
