"""A browser as small as it can be, so that it takes little of the machine away from what is measured."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import Client

TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
TIMEOUT_SECONDS = 30

Fields = Mapping[str, str | Sequence[str]]


class Unexpected(AssertionError):
    """A unit did not get the answer that it is made of: its time would mean nothing."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    path: str
    status: int
    location: str
    body: bytes

    def expect(self, status: int, words: str = "") -> Answer:
        if self.status != status or words.encode() not in self.body:
            raise Unexpected(f"{self.path}: {self.status} and not {status} with {words!r}: {self._end}")
        return self

    def leads_to(self, path: str) -> Answer:
        """A redirect there."""
        if not self.location.endswith(path):
            raise Unexpected(
                f"{self.path}: {self.status} to {self.location!r} and not to {path!r}: {self.body[-1500:]!r}"
            )
        return self

    @property
    def _end(self) -> str:
        return self.body[-1500:].decode(errors="replace")

    @property
    def token(self) -> str:
        found = TOKEN.search(self.body)
        if found is None:
            raise Unexpected(f"{self.path} has no form")
        return found[1].decode()


class Browser(Protocol):
    """Keeps cookies and asks one thing after the other."""

    cookies: dict[str, str]

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, fields: Fields) -> Answer: ...


@dataclass(slots=True)
class HttpBrowser:
    """HTTP/1.1 over one connection that is kept open. It reads what WSGI servers send: a length, never chunks."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: Fields) -> Answer:
        return self._ask("POST", path, urlencode(fields, doseq=True).encode())

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        connection = self._connection()
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return self._answer(connection, path)

    def _connection(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), TIMEOUT_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _answer(self, connection: socket.socket, path: str) -> Answer:
        received = b""
        while b"\r\n\r\n" not in received:
            if not (more := connection.recv(65536)):
                raise ConnectionError(f"{path}: the server hung up")
            received += more
        head, _, body = received.partition(b"\r\n\r\n")
        status, headers = self._headers(head.decode("latin-1").split("\r\n"))
        parts, missing = [body], int(headers.get("content-length", 0)) - len(body)
        while missing > 0:
            parts.append(connection.recv(65536))
            missing -= len(parts[-1])
        return Answer(path, status, headers.get("location", ""), b"".join(parts))

    def _headers(self, lines: Sequence[str]) -> tuple[int, dict[str, str]]:
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, text = value.partition(";")[0].partition("=")
                self.cookies[cookie] = text
        return int(lines[0].split(" ")[1]), headers


class TestBrowser:
    """The same in one process, without a server: for counting, and for the test of the units themselves."""

    __test__ = False

    def __init__(self, app: Flask) -> None:
        # Not Flask's client, whose pages the tests look at: the floor's have no tokens and no landmarks.
        self._client = Client(app, use_cookies=False)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._answer(path, self._client.get(path, headers=self._headers()))

    def post(self, path: str, fields: Fields) -> Answer:
        return self._answer(path, self._client.post(path, data=fields, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _answer(self, path: str, response: Any) -> Answer:
        for line in response.headers.getlist("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        answer = Answer(path, response.status_code, response.headers.get("Location", ""), response.data)
        response.close()
        return answer
