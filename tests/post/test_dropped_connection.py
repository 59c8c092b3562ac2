"""A browser that is gone before its answer: what `portal serve` does with the letter.

The server is the real one. Letters go once an answer is over, which here it is with nobody to read it. Whatever
becomes of that, the letter is on record, and arrives once.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from portal import create_app
from portal.clock import Clock, StoppedClock
from portal.post.delivery import LEASE
from portal.records.database import Database
from portal.records.models import LetterRow, LetterState
from portal.settings import Settings
from portal.worker import Worker
from tests.demo.test_commands import PATIENCE_SECONDS, a_free_port, answered, running, stop
from tests.post.conftest import MailServer
from tests.web.resident.visitor import COMPLAINT

SEND = "/<landlord>/complain/check"


@dataclass
class Browser:
    """One browser's cookies at the server on a port."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def post(self, path: str, fields: dict[str, Any]) -> None:
        status, _ = self._ask("POST", path, self.form(fields))
        assert status == 303

    def form(self, fields: dict[str, Any]) -> str:
        """The body of a form, with the token that a page gives."""
        _, html = self._ask("GET", "/ids/track")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
        assert token
        return urlencode({"csrf_token": token[1], **fields}, doseq=True)

    def leaves_while_it_is_answered(self, path: str, body: str) -> None:
        """Sends a form that the server has begun to read, and closes the connection."""
        told = {**self._headers(), "Host": "127.0.0.1", "Content-Length": str(len(body)), "Expect": "100-continue"}
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall("\r\n".join(lines).encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 100 ")  # said when the form is read, not before
            connection.sendall(body.encode())

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, body, self._headers())
        answer = connection.getresponse()
        for each in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(each)
        html = answer.read().decode()
        connection.close()
        return answer.status, html

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def nobody_writes(database: Database) -> Iterator[None]:
    """Whoever wants to write waits in the queue of writers meanwhile."""
    with Path(f"{database.url.database}.lock").open("w") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


def logged(process: subprocess.Popen[str], route: str) -> dict[str, Any]:
    """What the server's log says of the next request to this route."""
    assert process.stdout is not None
    for line in process.stdout:
        told = json.loads(line) if line.startswith("{") else {}
        if (told.get("route"), told.get("method")) == (route, "POST"):
            return told
    raise AssertionError("the server has ended")


def states(database: Database) -> list[LetterState]:
    with database.session() as session:
        return list(session.scalars(select(LetterRow.state)))


def wait_until(done: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    for _ in range(PATIENCE_SECONDS * 20):
        if done():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            pytest.fail("the server has ended")
    pytest.fail("nothing came of it")


@pytest.fixture
def environ(sqlite_database: Database, mail_server: MailServer) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return own | {
        "PORTAL_SECRET_KEY": "a secret of the tests, long enough",
        "PORTAL_DATABASE_URL": sqlite_database.url.render_as_string(hide_password=False),
        "PORTAL_BASE_URL": "http://127.0.0.1:8000",
        "PORTAL_MAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "PORTAL_MAIL_FROM": "complaints@example.org",
    }


def test_the_letter_goes_all_the_same_and_where_it_cannot_the_worker_sends_it(
    sqlite_database: Database, mail_server: MailServer, environ: dict[str, str]
) -> None:
    port = a_free_port()
    with running("serve", "--port", str(port), "--workers", "1", environ=environ, until="Started") as process:
        answered(process, f"http://127.0.0.1:{port}/health")

        def somebody_complains_and_leaves() -> None:
            browser = Browser(port)
            for name, answers in COMPLAINT.items():
                browser.post(f"/ids/complain/{name}", dict(answers))
            body = browser.form({})
            with nobody_writes(sqlite_database):
                browser.leaves_while_it_is_answered("/ids/complain/check", body)
            assert logged(process, SEND)["status"] == 303

        somebody_complains_and_leaves()
        wait_until(lambda: states(sqlite_database) == [LetterState.FAILED], process)
        mail_server.start()
        somebody_complains_and_leaves()
        wait_until(lambda: LetterState.SENT in states(sqlite_database), process)
        stop(process, signal.SIGTERM)

    settings = Settings.from_environment(environ, production=True)
    app = create_app(settings, StoppedClock(Clock().now() + 2 * LEASE))
    Worker(app).turn()
    Worker(app).turn()
    app.extensions["database"].close()
    assert states(sqlite_database) == [LetterState.SENT] * 2
    arrived = [each["Message-ID"] for each in mail_server.postbox.letters]
    assert len(arrived) == len(set(arrived)) == 2
