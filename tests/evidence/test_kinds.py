"""What a file is, told by its content: its name and what a browser says of it are not believed."""

from __future__ import annotations

from io import BytesIO

import pytest

from portal.domain.evidence import FileKind, ending_in, file_name
from portal.evidence.kinds import kind_of
from tests.evidence import samples


@pytest.mark.parametrize("kind", FileKind)
def test_each_kind_is_known_by_its_content(kind: FileKind) -> None:
    source = BytesIO(samples.GOOD[kind])
    assert kind_of(source) is kind
    assert source.tell() == 0


@pytest.mark.parametrize("brand", [b"3gp4", b"3gp6", b"3g2a", b"mp42", b"MSNV"])
def test_videos_of_old_telephones_are_taken(brand: bytes) -> None:
    assert kind_of(BytesIO(samples.boxed(brand))) is FileKind.MP4


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"hello <script>alert(1)</script>",
        b"MZ\x90\x00" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 200,
        b"#!/bin/sh\nrm -rf /\n",
        b"GIF89a" + b"\0" * 100,
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0" * 64,
        samples.archive(readme=b"a zip"),
        b"RIFF\x24\x00\x00\x00AVI " + b"\0" * 40,
        b"  %PDF-1.7 not at the beginning\0",
        b"words, and then\0a byte that no text has",
    ],
)
def test_other_files_are_not_taken(content: bytes) -> None:
    assert kind_of(BytesIO(content)) is None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("a\0b\r\n.txt", "ab.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("  two   spaces .txt ", "two spaces .txt"),
        ("..", ""),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("Żółć مرحبا.pdf", "Żółć مرحبا.pdf"),
    ],
)
def test_a_name_is_a_name_and_no_place(told: str, name: str) -> None:
    assert file_name(told) == name


def test_a_file_ends_as_its_content_does() -> None:
    assert ending_in(".jpg", "IMG_1.HEIC") == "IMG_1.jpg"
    assert ending_in(".jpg", "IMG_1.JPEG") == "IMG_1.JPEG"
    assert ending_in(".pdf", "letter.exe") == "letter.pdf"
    assert ending_in(".txt", "") == "file.txt"
