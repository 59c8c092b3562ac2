"""Asks ClamAV whether a file holds something known to do harm. The file goes to it in pieces, through its socket."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PIECE = 256 * 1024
SECONDS = 120.0
"""How long one answer may take."""


class ScannerAway(OSError):
    """Nothing answers at the scanner's address, or it answers that it cannot do its work now."""


class Scan(StrEnum):
    """What a scanner says. NOT_SCANNED: it does not take files that large."""

    CLEAN = "clean"
    FOUND = "found"
    NOT_SCANNED = "not_scanned"


class Scanner:
    """A `clamd` at `unix:///path/to/socket` or `tcp://host:port`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def scan(self, path: Path) -> Scan:
        """Send the file (clamd's INSTREAM: length and bytes of each piece, then a length of nothing)."""
        try:
            with self._connected() as line:
                return _meaning(self._asked(line, path))
        except OSError as away:
            raise ScannerAway(str(away)) from away

    def _asked(self, line: socket.socket, path: Path) -> str:
        line.sendall(b"zINSTREAM\0")
        # It ends the connection at a file that is too large for it, now and then before it can be heard saying so.
        answer = b"size limit exceeded"
        with suppress(BrokenPipeError, ConnectionResetError):
            with path.open("rb") as source:
                while piece := source.read(PIECE):
                    line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = b"".join(iter(lambda: line.recv(4096), b""))
        return answer.decode(errors="replace").strip("\0\n ")

    def _connected(self) -> socket.socket:
        if self._url.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(SECONDS)
            try:
                line.connect(self._url.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection((self._url.hostname or "", self._url.port or 3310), SECONDS)


def _meaning(answer: str) -> Scan:
    if answer.endswith("FOUND"):
        return Scan.FOUND
    if answer.endswith("OK"):
        return Scan.CLEAN
    if "size limit exceeded" in answer:
        return Scan.NOT_SCANNED
    raise ScannerAway(answer or "it said nothing")
