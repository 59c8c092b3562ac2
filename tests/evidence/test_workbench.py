"""Files made to do harm, each opened as the worker opens it: in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from portal.domain.evidence import FileKind, WhyRefused
from portal.evidence import workbench
from portal.evidence.verdict import Unfit
from portal.evidence.workbench import examine
from tests.evidence import samples

PHOTOS = (FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC)


def opened(folder: Path, kind: FileKind, content: bytes) -> Path:
    original, copy = folder / "original", folder / "copy.jpg"
    original.write_bytes(content)
    examine(original, kind, copy)
    return copy


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_photo_is_shown_upright_as_jpeg_without_place_and_device(tmp_path: Path, kind: FileKind) -> None:
    assert samples.DEVICE.encode() in samples.GOOD[kind]
    copy = opened(tmp_path, kind, samples.GOOD[kind])
    with Image.open(copy) as picture:
        assert picture.format == "JPEG"
        # It lay on its side; a HEIC is turned by the file itself, and what EXIF says of it is not to be heeded.
        assert picture.size == ((80, 60) if kind is FileKind.HEIC else (60, 80))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert all(abs(has - had) < 12 for has, had in zip(picture.getpixel((30, 40)), samples.GREEN, strict=True))
    assert b"Made-up" not in copy.read_bytes()


def test_what_stands_behind_a_photo_does_not_come_along(tmp_path: Path) -> None:
    """A file that is a photo and a Word document at once."""
    copy = opened(tmp_path, FileKind.JPEG, samples.GOOD[FileKind.JPEG] + samples.document() + b"<script>")
    assert b"PK\x03\x04" not in copy.read_bytes()
    assert b"script" not in copy.read_bytes()


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (FileKind.PNG, samples.png_of(50_000, 50_000), WhyRefused.TOO_MANY_PIXELS),
        (FileKind.HEIC, samples.GOOD[FileKind.HEIC][:200] + b"\xff" * 300, WhyRefused.UNREADABLE),
        (FileKind.JPEG, samples.GOOD[FileKind.JPEG][:80], WhyRefused.UNREADABLE),
        (FileKind.JPEG, samples.GOOD[FileKind.PNG], WhyRefused.UNREADABLE),
        (FileKind.DOCX, samples.document(word__bomb=b"\0" * 210_000_000), WhyRefused.UNPACKS_TOO_LARGE),
        (
            FileKind.DOCX,
            samples.lying(samples.document(word__bomb=b"\0" * 210_000_000), "word/bomb"),
            WhyRefused.UNREADABLE,
        ),
        (
            FileKind.DOCX,
            samples.document(word__vbaProject__bin=b"").replace(b"Project/bin", b"Project.bin"),
            WhyRefused.MACROS,
        ),
        (FileKind.DOCX, samples.archive(readme=b"no document"), WhyRefused.UNREADABLE),
        (FileKind.DOCX, samples.GOOD[FileKind.DOCX][:100], WhyRefused.UNREADABLE),
    ],
    ids=[
        "50,000 x 50,000",
        "corrupt HEIC",
        "half a JPEG",
        "not a JPEG",
        "zip bomb",
        "lying zip bomb",
        "macros",
        "a zip",
        "half a zip",
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_for_its_reason(
    tmp_path: Path, kind: FileKind, content: bytes, why: WhyRefused
) -> None:
    with pytest.raises(Unfit) as unfit:
        opened(tmp_path, kind, content)
    assert unfit.value.why is why


def test_a_word_document_is_kept_as_it_is(tmp_path: Path) -> None:
    assert not opened(tmp_path, FileKind.DOCX, samples.GOOD[FileKind.DOCX]).exists()


def test_the_process_that_opens_a_file_has_little_memory_and_time(tmp_path: Path) -> None:
    look = (
        "import resource; from portal.evidence import workbench as bench;"
        "bench.check_document = lambda _: print(*map(resource.getrlimit, (resource.RLIMIT_AS, resource.RLIMIT_CPU)));"
        "bench.main('', 'docx', '')"
    )
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout
    memory, seconds = workbench.MEMORY, workbench.SECONDS
    assert said.strip() == f"{(memory, memory)} {(seconds, seconds)}"


def test_a_file_that_takes_over_its_process_finds_no_secret_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, str] = {}

    def run(command: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        given.update(env)
        return subprocess.CompletedProcess(command, 0, "", "")

    for name in ("PORTAL_SECRET_KEY", "PORTAL_DATABASE_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "a secret")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr(workbench.subprocess, "run", run)
    examine(tmp_path / "original", FileKind.JPEG, tmp_path / "copy.jpg")
    assert given["LANG"] == "C.UTF-8"
    assert "a secret" not in given.values()
