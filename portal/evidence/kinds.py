"""What a file is, by its content alone."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

import puremagic

from portal.domain.evidence import FileKind

HEAD = 4096
LIST_OF_PARTS = 1024 * 1024
PIECE = 256 * 1024

# Each must stand at the very beginning: readers that look further would take other files for these.
_BEGINS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", FileKind.PDF),
    (b"ID3", FileKind.MP3),
    (b"OggS\x00", FileKind.OGG),
)
_RIFF = {b"WEBP": FileKind.WEBP, b"WAVE": FileKind.WAV}
_BRANDS: dict[bytes, FileKind] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), FileKind.HEIC),
    **dict.fromkeys((b"M4A ", b"M4B ", b"F4A "), FileKind.M4A),
    b"qt  ": FileKind.MOV,
    # MP4 under the names of many makers, and what telephones of before 2010 make.
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"mmp4"),
        FileKind.MP4,
    ),
    **dict.fromkeys((b"dash", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gs7", b"3g2a", b"3g2b"), FileKind.MP4),
}
_MPEG_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa\xfb]")
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|!--)", re.IGNORECASE)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PROGRAMS = {
    ".exe",
    ".dll",
    ".sys",
    ".sh",
    ".js",
    ".php",
    ".py",
    ".bat",
    ".ps1",
    ".rtf",
    ".eml",
    ".html",
    ".svg",
    ".xml",
}


def kind_of(source: BinaryIO) -> FileKind | None:
    """The kind, or None for one that is not taken. `source` stands at its beginning afterwards."""
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    return _by_signature(head) or _zipped(head, source) or _text(head, source)


def _by_signature(head: bytes) -> FileKind | None:
    for begins, kind in _BEGINS:
        if head.startswith(begins):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return FileKind.WEBM if b"\x42\x82" in head[:64] and b"webm" in head[:64] else None
    return FileKind.MP3 if _MPEG_FRAME.match(head) else None


def _zipped(head: bytes, source: BinaryIO) -> FileKind | None:
    """A Word document is an archive, whose list of parts stands at its end."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    length = source.seek(0, os.SEEK_END)
    source.seek(max(0, length - LIST_OF_PARTS))
    parts = source.read()
    source.seek(0)
    return FileKind.DOCX if b"word/document.xml" in parts and b"[Content_Types].xml" in parts else None


def _text(head: bytes, source: BinaryIO) -> FileKind | None:
    """Words without formatting. A web page or a program is written in letters too, and is not taken."""
    if (
        not head
        or head.startswith(b"#!")
        or _MARKUP.search(head)
        or {each.extension for each in _guesses(head)} & _PROGRAMS
    ):
        return None
    return FileKind.TEXT if _is_text(source) else None


def _guesses(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return []


def _is_text(source: BinaryIO) -> bool:
    """No zero bytes or other control characters anywhere, in UTF-8 and in the older alphabets of one byte."""
    try:
        while piece := source.read(PIECE):
            if _NOT_TEXT.search(piece):
                return False
        return True
    finally:
        source.seek(0)
