"""Opens one file in a process of its own, with little memory and time: `python -m portal.evidence.workbench`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from portal.domain.evidence import PICTURES, FileKind, WhyRefused
from portal.evidence.documents import check_document
from portal.evidence.pictures import share
from portal.evidence.verdict import Unfit

MEMORY = 2 * 1024**3
SECONDS = 60
REFUSED = 3
"""How the process ends when it has said why."""

NEEDS_OPENING = PICTURES | {FileKind.DOCX}
"""Kinds of which the beginning does not tell enough."""


def examine(original: Path, kind: FileKind, copy: Path) -> None:
    """Open the file, and write the shared copy of a photo. Raises `Unfit` where it cannot be kept.

    A file that brings its process down, or keeps it longer than `SECONDS`, is one that cannot be read.
    """
    if kind not in NEEDS_OPENING:
        return
    command = [sys.executable, "-m", "portal.evidence.workbench", str(original), kind.value, str(copy)]
    try:
        ended = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=2 * SECONDS,
            check=False,
            env=_no_secrets(),
        )
    except subprocess.TimeoutExpired as slow:
        raise Unfit(WhyRefused.UNREADABLE) from slow
    if ended.returncode == REFUSED:
        raise Unfit(WhyRefused(ended.stdout.strip()))
    if ended.returncode:
        raise Unfit(WhyRefused.UNREADABLE)


def _no_secrets() -> dict[str, str]:
    """The environment without what opens the database, the letters and the store: a file may take over its process."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "AWS_"))}


def main(original: str, kind: str, copy: str) -> int:
    """Runs in the other process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        if FileKind(kind) in PICTURES:
            share(Path(original), FileKind(kind), Path(copy))
        else:
            check_document(Path(original))
    except Unfit as unfit:
        sys.stdout.write(unfit.why.value)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
