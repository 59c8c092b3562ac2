"""Slow, stopped, endless and enormous requests hold up nobody else, and use little memory."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from portal import intake
from portal.intake import Intake
from portal.paths import folder
from portal.records import schema
from portal.records.database import Database
from portal.serving import THREADS
from tests.demo.test_commands import PATIENCE_SECONDS, a_free_port, answered, running, stop
from tests.evidence import samples
from tests.post.test_dropped_connection import Browser
from tests.web.resident.visitor import COMPLAINT

MEGABYTE = 1_000_000
LARGE = 60 * MEGABYTE
HEAD = b"POST /ids/complain/files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"


class Line:
    """Somebody's connection: what comes over it, and what is answered."""

    def __init__(self, *pieces: bytes, then: str = "end", **headers: str) -> None:
        self.pieces, self.then, self.headers = list(pieces), then, headers
        self.answer: list[dict[str, Any]] = []
        self.is_read = 0

    async def receive(self) -> dict[str, Any]:
        if self.pieces:
            self.is_read += 1
            last = len(self.pieces) == 1 and self.then == "end"
            return {"type": "http.request", "body": self.pieces.pop(0), "more_body": not last}
        if self.then == "stop":
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.answer.append(message)

    @property
    def status(self) -> int:
        return int(self.answer[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(each.get("body", b"") for each in self.answer)


class Portal:
    """Answers with what it was sent, in as many pieces as it is told."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.environ, self.closed = pieces, {}, 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.environ = {**environ, "sent": environ["wsgi.input"].read()}
        start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces or (self.environ["sent"],))

    def close(self) -> None:
        self.closed += 1


def asked(portal: Portal, *lines: Line, longest: int = 100, **given: Any) -> Line:
    """What becomes of requests that come one after the other; the last one is returned."""

    async def all_of_them() -> None:
        around = Intake(portal, lambda _environ: longest, 1, **given)
        for line in lines:
            scope = {
                "type": "http",
                "http_version": "1.1",
                "method": "POST",
                "scheme": "http",
                "path": "/für/x",
                "query_string": b"a=1",
                "server": ("127.0.0.1", 80),
                "client": ("192.0.2.1", 1),
                "headers": [(key.replace("_", "-").encode(), value.encode()) for key, value in line.headers.items()],
            }
            await around(scope, line.receive, line.send)
        around._threads.shutdown()  # what is done once an answer is over is done

    asyncio.run(all_of_them())
    return lines[-1]


def test_a_request_and_its_answer_are_what_they_were() -> None:
    portal, line = Portal(), Line(b"abc", b"def", content_length="6", cookie="x=1", content_type="text/plain")
    asked(portal, line)
    assert (line.status, line.body, portal.closed) == (200, b"abcdef", 1)
    assert [each for each in line.answer[0]["headers"] if each[0] == b"set-cookie"] == [
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
    ]
    told = portal.environ
    assert (told["PATH_INFO"].encode("latin-1").decode(), told["QUERY_STRING"]) == ("/für/x", "a=1")
    assert (told["CONTENT_LENGTH"], told["CONTENT_TYPE"], told["HTTP_COOKIE"]) == ("6", "text/plain", "x=1")
    assert told["REMOTE_ADDR"] == "192.0.2.1"


def test_a_long_answer_goes_in_pieces() -> None:
    line = asked(Portal(b"a" * intake.AT_ONCE, b"b", b"c"), Line(b""))
    assert [len(each["body"]) for each in line.answer[1:]] == [intake.AT_ONCE, 2]


@pytest.mark.parametrize(
    ("line", "status", "is_read"),
    [
        (Line(b"a" * 50, then="stop", content_length="100"), 408, 1),
        (Line(b"a" * 90, content_length="101"), 200, 0),
        (Line(*[b"a" * 50] * 9, transfer_encoding="chunked"), 200, 3),
    ],
    ids=["stops", "is announced as too long", "does not end"],
)
def test_what_is_not_read(monkeypatch: pytest.MonkeyPatch, line: Line, status: int, is_read: int) -> None:
    monkeypatch.setattr(intake, "STALL_SECONDS", 0.01)
    asked(Portal(), line)
    assert (line.status, line.is_read) == (status, is_read)


def test_a_trickle_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "GRACE_SECONDS", -1.0)
    monkeypatch.setattr(intake, "SLOWEST_BYTES", 10**12)
    line = asked(Portal(), Line(b"a", b"a", content_length="2"))
    assert (line.status, line.is_read) == (408, 1)


def test_whoever_leaves_before_the_end_has_sent_nothing() -> None:
    portal = Portal()
    line = asked(portal, Line(b"a", then="leave", content_length="2"))
    assert (line.answer, portal.environ) == ([], {})


def test_unfinished_requests_fill_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ROOM_OF_ONE", 60)
    portal, refused = Portal(), Line(b"a" * 61, content_length="61")
    after = asked(portal, refused, Line(b"a" * 60, content_length="60"), Line(b"a" * 60, content_length="60"))
    assert (refused.status, after.status) == (503, 200)  # what is done makes room again


def test_behind_proxies_of_ones_own_a_source_is_whom_the_first_of_them_saw() -> None:
    around = Intake(Portal(), lambda _environ: 0, 1, proxies=1)
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.7"}
    assert around._source(told) == "192.0.2.7"
    assert Intake(Portal(), lambda _environ: 0, 1)._source(told) == "10.0.0.1"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    database = Database(f"sqlite:///{tmp_path / 'portal.db'}")
    schema.upgrade(database, folder("migrations"))
    database.close()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return own | {
        "PORTAL_SECRET_KEY": "a secret of the tests, long enough",
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.db'}",
        "PORTAL_BASE_URL": "http://127.0.0.1:8000",
        "PORTAL_MAIL_URL": "smtp://127.0.0.1:1",
        "PORTAL_MAIL_FROM": "complaints@example.org",
    }


def test_slow_phones_and_a_large_video_keep_nobody_waiting_and_memory_flat(environ: dict[str, str]) -> None:
    """The real server, in one process, without a proxy before it."""
    port = a_free_port()
    with (
        running("serve", "--port", str(port), "--workers", "1", environ=environ, until="Started") as process,
        ExitStack() as phones,
    ):
        answered(process, f"http://127.0.0.1:{port}/health")
        for _ in range(3 * THREADS):
            phone = phones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS))
            phone.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n--x")
        browser = Browser(port)
        for name, answers in COMPLAINT.items():
            browser.post(f"/ids/complain/{name}", dict(answers))
        token = re.search("csrf_token=([^&]+)", browser.form({}))
        assert token
        before = memory(process.pid)
        status, most = sends_a_video(browser, token[1], lambda: memory(process.pid))
        assert status == 303
        assert most - before < LARGE / MEGABYTE / 3, f"{before} MB before, {most} MB at the most"
        phones.close()
        assert stop(process, signal.SIGTERM) == 0


def sends_a_video(browser: Browser, token: str, look: Callable[[], float]) -> tuple[int, float]:
    """The answer, and the most memory that the server had meanwhile."""
    field = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    before = b"".join(
        f"--x\r\n{field.format(name, more)}{value}".encode()
        for name, more, value in (
            ("csrf_token", "", f"{token}\r\n"),
            ("press", "", "add\r\n"),
            ("file", '; filename="roof.mp4"', ""),
        )
    )
    video, after = samples.GOOD[samples.FileKind.MP4], b"\r\n--x--\r\n"
    connection = HTTPConnection("127.0.0.1", browser.port, timeout=PATIENCE_SECONDS)
    connection.putrequest("POST", "/ids/complain/files")
    headers = {**browser._headers(), "Content-Type": "multipart/form-data; boundary=x"}
    for name, value in {**headers, "Content-Length": str(len(before) + LARGE + len(after))}.items():
        connection.putheader(name, value)
    connection.endheaders(before + video)
    most, left = look(), LARGE - len(video)
    while left:
        piece = min(left, MEGABYTE)
        connection.send(bytes(piece))
        left, most = left - piece, max(most, look())
    connection.send(after)
    status = connection.getresponse().status
    connection.close()
    return status, max(most, look())


def memory(pid: int) -> float:
    """Megabytes of the server's one worker process, at its peak so far."""
    [worker] = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    peak = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text(), re.MULTILINE)
    assert peak
    return int(peak[1]) / 1000
