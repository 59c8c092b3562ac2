"""Files as people send them, good and bad, made here so that each says what it is."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import pillow_heif
from PIL import Image

from portal.actions.add_evidence import add_evidence
from portal.domain.evidence import FileKind
from portal.evidence.arrival import take_in
from portal.records.files import Store
from tests.actions.office import Office, ten_oclock

DEVICE = "Made-up Phone 12"
# Of the test signature that every scanner knows, in two halves: whole, this file itself would be found.
HARMFUL = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
GREEN = (30, 160, 60)


def exif() -> Image.Exif:
    """Who made the picture, turned how, and where: 51 degrees 30 minutes north."""
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x0112] = "Made-up Maker", DEVICE, 6
    said.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return said


def picture(kind: str = "JPEG", size: tuple[int, int] = (80, 60)) -> bytes:
    """A green picture, lying on its side, with all that a telephone writes into it."""
    pillow_heif.register_heif_opener()
    target = BytesIO()
    Image.new("RGB", size, GREEN).save(target, kind, exif=exif(), **({"comment": DEVICE} if kind == "JPEG" else {}))
    return target.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large, with hardly anything in it."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + name + body + struct.pack("!L", zlib.crc32(name + body))

    size = struct.pack("!LLBBBBB", width, height, 1, 0, 0, 0, 0)
    drawn = part(b"IHDR", size) + part(b"IDAT", zlib.compress(b"\0" * 10_000)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + drawn


def document(**parts: bytes) -> bytes:
    """A Word document as far as its parts go. Others are given by name, with `__` for a slash."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/"), body)
    return target.getvalue()


def lying(content: bytes, name: str) -> bytes:
    """The same archive, whose list says that this part has ten bytes."""
    at = content.rindex(name.encode()) - 46  # where its entry in the list begins
    assert content[at : at + 4] == b"PK\x01\x02"
    return content[: at + 24] + struct.pack("<L", 10) + content[at + 28 :]


def archive(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return target.getvalue()


def boxed(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isommp42" + b"\0" * 64


GOOD: dict[FileKind, bytes] = {
    FileKind.JPEG: picture(),
    FileKind.PNG: picture("PNG"),
    FileKind.WEBP: picture("WEBP"),
    FileKind.HEIC: picture("HEIF"),
    FileKind.PDF: b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
    FileKind.DOCX: document(),
    FileKind.TEXT: "I rang on 2 March. Nobody came — again.\r\nمرحبا\n".encode(),
    FileKind.MP3: b"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64" + b"\0" * 400,
    FileKind.M4A: boxed(b"M4A "),
    FileKind.WAV: b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 40,
    FileKind.OGG: b"OggS\x00\x02" + b"\0" * 20 + b"\x01vorbis",
    FileKind.MP4: boxed(b"isom"),
    FileKind.MOV: boxed(b"qt  "),
    FileKind.WEBM: b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 40,
}


def a_file(office: Office, reference: str, on: date, store: Store) -> UUID:
    """The resident of a complaint adds a text."""
    evidence_id = take_in(
        office.database,
        store,
        office.landlord,
        "calls.txt",
        BytesIO(GOOD[FileKind.TEXT]),
        now=ten_oclock(on),
    )
    office.do(add_evidence, office.resident(reference), reference, evidence_id, on=on)
    return evidence_id
