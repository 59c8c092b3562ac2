"""Requests are taken in whole before a thread of the portal waits for them, and answers leave it at once.

A WSGI server reads a body in the thread that serves it, and Granian sets no limit to how long that takes. Four phones
that send a video over a slow line would keep everybody else waiting, and somebody who stops in the middle would do so
for ever. Here a loop reads all of them at once, into memory and then onto the disk, and only then is there a thread.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

IN_MEMORY = 256 * 1024
AT_ONCE = 64 * 1024
"""Bytes of one request that are held in memory, and of an answer that are sent in one piece."""

STALL_SECONDS = 30.0
"""How long nothing at all may come, or be taken."""

SLOWEST_BYTES = 1024
GRACE_SECONDS = 60.0
"""After a minute a request has to come at a thousand bytes a second at least: the slowest telephone line is faster."""

ROOM = 4 * 1024**3
ROOM_OF_ONE = 1024**3
"""Bytes of unfinished requests that one process keeps, of all and of one source, so that no disk is filled."""

TOO_SLOW = (408, "Nothing more came. Check your connection, and send it again.")
NO_ROOM = (503, "Many files are arriving just now. Wait a few minutes, and send yours again.")


class Gone(Exception):
    """Whoever asked has left."""


class Turned(Exception):
    """The request is not taken in; the first argument is a status, the second the words."""


class Intake:
    """An ASGI application around the portal. `longest` says how much of a request is read at all, by its route."""

    def __init__(self, portal: WsgiApp, longest: Callable[[Environ], int], threads: int, proxies: int = 0) -> None:
        self._portal, self._longest, self._proxies = portal, longest, proxies
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="portal")
        self._held: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http", "nothing else is asked of us"
        environ = environ_of(scope)
        with SpooledTemporaryFile(IN_MEMORY) as body, suppress(Gone):
            try:
                await self._take_in(environ, receive, body)
            except Turned as turned:
                await _say(send, *turned.args)
                return
            environ["wsgi.input"] = body
            await self._answer(environ, send)

    async def _take_in(self, environ: Environ, receive: Receive, body: IO[bytes]) -> None:
        """Everything that was sent. Of what is announced as too long nothing is read: the portal says so at once."""
        announced = environ.get("CONTENT_LENGTH")
        if announced is None and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return
        longest = self._longest(environ)
        if announced is not None and not 0 < int(announced) <= longest:
            return
        loop = asyncio.get_running_loop()
        begun, length, more = loop.time(), 0, True
        with self._room_for(self._source(environ)) as take:
            while more and length <= longest:
                piece, more = await _next(receive)
                length += len(piece)
                take(len(piece))
                body.write(piece)
                passed = loop.time() - begun
                if more and passed > GRACE_SECONDS and length < SLOWEST_BYTES * passed:
                    raise Turned(*TOO_SLOW)
        body.seek(0)

    def _source(self, environ: Environ) -> str:
        """Whoever sends: behind proxies of our own, whom the first of them saw."""
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if self._proxies else []
        seen: str = forwarded[-self._proxies] if len(forwarded) >= self._proxies > 0 else environ["REMOTE_ADDR"]
        return seen.strip()

    @contextmanager
    def _room_for(self, source: str) -> Iterator[Callable[[int], None]]:
        taken = 0

        def take(more: int) -> None:
            nonlocal taken
            if self._held.total() + more > ROOM or self._held[source] + more > ROOM_OF_ONE:
                raise Turned(*NO_ROOM)
            taken += more
            self._held[source] += more

        try:
            yield take
        finally:
            self._held[source] -= taken
            if not self._held[source]:
                del self._held[source]

    async def _answer(self, environ: Environ, send: Send) -> None:
        """What the portal says, made by one of its threads. Whatever becomes of it, the answer is closed at last."""
        answer = Answer(self._portal, environ)
        work = self._on_a_thread(answer.begin)
        try:
            piece, more = await asyncio.shield(work)
            await _sent(send, answer.start())
            while more:
                await _sent(send, {"type": "http.response.body", "body": piece, "more_body": True})
                work = self._on_a_thread(answer.go_on)
                piece, more = await asyncio.shield(work)
            await _sent(send, {"type": "http.response.body", "body": piece, "more_body": False})
        finally:
            if work.done():
                self._threads.submit(answer.close)
            else:  # whoever asked left while a thread is at work, which finishes first
                work.add_done_callback(lambda _done: self._threads.submit(answer.close))

    def _on_a_thread(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work)


class Answer:
    """The portal's answer to one request, piece by piece."""

    def __init__(self, portal: WsgiApp, environ: Environ) -> None:
        self._portal, self._environ = portal, environ
        self._status, self._headers = 500, [("Content-Length", "0")]
        self._pieces: Iterable[bytes] = ()
        self._left: Iterator[bytes] = iter(())

    def begin(self) -> tuple[bytes, bool]:
        self._pieces = self._portal(self._environ, self._start_response)
        self._left = iter(self._pieces)
        return self.go_on()

    def go_on(self) -> tuple[bytes, bool]:
        """The next piece, and whether there may be more."""
        found = bytearray()
        for each in self._left:
            found += each
            if len(found) >= AT_ONCE:
                return bytes(found), True
        return bytes(found), False

    def start(self) -> dict[str, Any]:
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self._headers]
        return {"type": "http.response.start", "status": self._status, "headers": headers}

    def close(self) -> None:
        """What the portal does once an answer is over, such as sending letters."""
        if close := getattr(self._pieces, "close", None):
            close()

    def _start_response(self, status: str, headers: list[tuple[str, str]], _problem: object = None) -> None:
        self._status, self._headers = int(status.split(" ", 1)[0]), headers


def environ_of(scope: Scope) -> Environ:
    """The request as WSGI has it, but for its body."""
    host, port = scope.get("server") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.input": None,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        told = name.decode("latin-1").upper().replace("-", "_")
        key = told if told in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{told}"
        said = value.decode("latin-1")
        between = "; " if told == "COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{said}" if key in environ else said
    return environ


async def _next(receive: Receive) -> tuple[bytes, bool]:
    try:
        message = await asyncio.wait_for(receive(), STALL_SECONDS)
    except TimeoutError as stalled:
        raise Turned(*TOO_SLOW) from stalled
    if message["type"] == "http.disconnect":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)


async def _sent(send: Send, message: dict[str, Any]) -> None:
    try:
        await asyncio.wait_for(send(message), STALL_SECONDS)
    except TimeoutError as stalled:
        raise Gone from stalled


async def _say(send: Send, status: int, words: str) -> None:
    said = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(said)).encode())]
    await _sent(send, {"type": "http.response.start", "status": status, "headers": headers})
    await _sent(send, {"type": "http.response.body", "body": said})
