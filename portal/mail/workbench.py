"""Opens one message in a process of its own, with little memory and time: `python -m portal.mail.workbench`."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portal.domain.read_mail import LARGEST_READ, MailFile, ReadMail
from portal.mail.reading import read

MEMORY = 1024**3
SECONDS = 20
TOLD = "told.json"


class Unreadable(Exception):
    """A message that cannot be opened, or is too large to be."""


def open_message(path: Path, folder: Path) -> ReadMail:
    """What a message says, its files in the folder, each under its number. Raises `Unreadable`.

    One that brings its process down, or keeps it longer than `SECONDS`, is one that cannot be read.
    """
    if path.stat().st_size > LARGEST_READ:
        raise Unreadable("too large")
    command = [sys.executable, "-m", "portal.mail.workbench", str(path), str(folder)]
    try:
        ended = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=2 * SECONDS, check=False, env=_no_secrets()
        )
    except subprocess.TimeoutExpired as slow:
        raise Unreadable("too slow") from slow
    told = folder / TOLD
    if ended.returncode or not told.is_file():
        raise Unreadable("broken")
    return _read_from(json.loads(told.read_text("utf-8")))


def _read_from(told: dict[str, Any]) -> ReadMail:
    files = tuple(MailFile(each["name"], each["size"]) for each in told["files"])
    several = {name: tuple(told[name]) for name in ("tokens", "references")}
    return ReadMail(**{**told, **several, "files": files})


def _no_secrets() -> dict[str, str]:
    """The environment without what opens the database, the mailbox and the store: one may take over its process."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "AWS_"))}


def main(path: str, folder: str) -> int:
    """Runs in the other process. Whatever goes wrong ends it, and no word of the message is printed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    told = asdict(read(Path(path), Path(folder)))
    Path(folder, TOLD).write_text(json.dumps(told), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
