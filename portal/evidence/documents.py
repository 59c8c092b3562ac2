"""Word documents: archives that must not unpack into a flood, hold programs, or be something else."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile

from portal.domain.evidence import MEGABYTE, WhyRefused
from portal.evidence.verdict import Unfit

MOST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 5_000
PIECE = 256 * 1024
NEEDED = {"[Content_Types].xml", "word/document.xml"}
_BROKEN = (BadZipFile, LargeZipFile, OSError, EOFError, zlib.error, ValueError, NotImplementedError, RuntimeError)


def check_document(path: Path) -> None:
    """Raise `Unfit` for an archive that is no Word document, holds macros, or unpacks into too much."""
    try:
        with ZipFile(path) as archive:
            _check_parts(archive)
            _unpack(archive)
    except _BROKEN as broken:
        raise Unfit(WhyRefused.UNREADABLE) from broken


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = {each.filename for each in parts}
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise Unfit(WhyRefused.UNPACKS_TOO_LARGE)
    if not names >= NEEDED:
        raise Unfit(WhyRefused.UNREADABLE)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit(WhyRefused.MACROS)


def _unpack(archive: ZipFile) -> None:
    """Unpack every part and keep nothing. One that unpacks into more than it says is broken, and is read no further."""
    for each in archive.infolist():
        with archive.open(each) as part:
            while part.read(PIECE):
                pass
