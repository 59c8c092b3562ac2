"""What the worker does: a real scanner, a folder and a real S3 store, and everything that is refused."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import pytest

from portal.actions.add_evidence import add_evidence
from portal.actions.remove_evidence import remove_evidence
from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.domain.refusal import Refused
from portal.evidence import checking
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting, delete_unwanted
from portal.evidence.scanner import Scanner
from portal.evidence.verdict import Unfit
from portal.records import drafts
from portal.records.evidence import file_row, give_to_draft
from portal.records.files import NotStored, Store, digest_of, name_of, store_at
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.evidence import samples

NOW = ten_oclock(MONDAY)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    return store_at(request.getfixturevalue(request.param))


def added(office: Office, store: Store, name: str, content: bytes) -> tuple[str, UUID]:
    """A complaint whose resident has added one file."""
    reference = office.submit(MONDAY)
    evidence_id = take_in(office.database, store, office.landlord, name, BytesIO(content), now=NOW)
    office.do(add_evidence, office.resident(reference), reference, evidence_id, on=MONDAY)
    return reference, evidence_id


def kept(store: Store, evidence_id: UUID, content: bytes) -> bytes:
    return b"".join(store.read(name_of(evidence_id, digest_of(BytesIO(content))[0])))


def test_a_harmful_file_is_found_refused_and_deleted(office: Office, store: Store, clamd: str) -> None:
    reference, evidence_id = added(office, store, "letter.txt", samples.HARMFUL)
    assert kept(store, evidence_id, samples.HARMFUL)
    assert check_waiting(office.database, store, Scanner(clamd), NOW) == 1
    (file,) = office.case(reference).case.files
    assert (file.state, file.why_refused, file.can_be_read) == (FileState.REFUSED, WhyRefused.VIRUS, False)
    assert delete_unwanted(office.database, store, NOW) == 1
    with pytest.raises(NotStored):
        kept(store, evidence_id, samples.HARMFUL)
    assert delete_unwanted(office.database, store, NOW) == 0


def test_a_clean_photo_keeps_its_original_beside_the_copy(office: Office, store: Store, clamd: str) -> None:
    content = samples.GOOD[FileKind.JPEG]
    reference, evidence_id = added(office, store, "wall.jpg", content)
    assert check_waiting(office.database, store, Scanner(clamd), NOW) == 1
    assert office.case(reference).case.files[0].state is FileState.CLEAN
    with office.database.unit_of_work() as session:
        row = file_row(session, office.landlord, evidence_id)
        assert row is not None
        shared = row.shared_digest
    assert shared is not None
    assert samples.DEVICE.encode() not in b"".join(store.read(name_of(evidence_id, shared)))
    assert kept(store, evidence_id, content) == content


def test_what_is_too_large_for_the_scanner_is_marked_as_not_scanned(office: Office, folder: str, clamd: str) -> None:
    reference, _ = added(office, store_at(folder), "long.txt", b"words " * 400_000)
    check_waiting(office.database, store_at(folder), Scanner(clamd), NOW)
    assert office.case(reference).case.files[0].state is FileState.UNSCANNED


def test_without_a_scanner_files_are_held_as_unscanned(office: Office, folder: str) -> None:
    reference, _ = added(office, store_at(folder), "calls.txt", samples.GOOD[FileKind.TEXT])
    check_waiting(office.database, store_at(folder), None, NOW)
    assert office.case(reference).case.files[0].state is FileState.UNSCANNED


def test_while_the_scanner_is_away_files_wait_and_are_tried_again(office: Office, folder: str, clamd: str) -> None:
    store = store_at(folder)
    reference, _ = added(office, store, "calls.txt", samples.GOOD[FileKind.TEXT])
    away = Scanner("unix:///nowhere/clamd.sock")
    assert check_waiting(office.database, store, away, NOW) == 0
    assert office.case(reference).case.files[0].state is FileState.CHECKING
    assert check_waiting(office.database, store, Scanner(clamd), NOW) == 0
    assert check_waiting(office.database, store, Scanner(clamd), NOW + timedelta(minutes=3)) == 1
    assert office.case(reference).case.files[0].state is FileState.CLEAN


def test_a_file_that_nobody_foresaw_stops_no_other(
    office: Office, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(folder)
    first, _ = added(office, store, "first.txt", b"This one fills the disk.")
    second, _ = added(office, store, "second.txt", b"This one is as usual.")

    def full(original: Path, *_: object) -> None:
        if b"fills" in original.read_bytes():
            raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(checking, "examine", full)
    assert check_waiting(office.database, store, None, NOW) == 1
    assert office.case(first).case.files[0].state is FileState.CHECKING
    assert office.case(second).case.files[0].state is FileState.UNSCANNED
    assert check_waiting(office.database, store, None, NOW) == 0


def test_files_of_complaints_are_looked_at_first_and_other_work_goes_on_between(office: Office, folder: str) -> None:
    store = store_at(folder)
    of_draft = take_in(office.database, store, "ids", "draft.txt", BytesIO(b"words"), now=NOW - timedelta(hours=1))
    with office.database.unit_of_work() as session:
        kept = drafts.save_page(session, "ids", "a token", "what-happened", {"what_happened": "damp"}, at=NOW)
        session.flush()
        row = file_row(session, "ids", of_draft)
        assert row is not None
        give_to_draft(row, kept)
    reference, _ = added(office, store, "calls.txt", b"words")
    seen: list[FileState] = []
    after_each = lambda: seen.append(office.case(reference).case.files[0].state)  # noqa: E731
    assert check_waiting(office.database, store, None, NOW, after_each) == 2
    assert seen == [FileState.UNSCANNED] * 2


def test_what_is_taken_back_is_deleted_and_stays_on_record(office: Office, store: Store) -> None:
    content = samples.GOOD[FileKind.TEXT]
    reference, evidence_id = added(office, store, "calls.txt", content)
    with pytest.raises(Refused):
        office.do(remove_evidence, office.lead, reference, evidence_id, on=MONDAY)
    office.do(remove_evidence, office.resident(reference), reference, evidence_id, on=MONDAY)
    case = office.case(reference).case
    assert case.files == ()
    assert case.evidence[0].digest == digest_of(BytesIO(content))[0]
    delete_unwanted(office.database, store, NOW)
    with pytest.raises(NotStored):
        kept(store, evidence_id, content)


def test_what_belongs_to_nothing_is_swept_away_after_an_hour(office: Office, folder: str) -> None:
    store = store_at(folder)
    take_in(office.database, store, office.landlord, "calls.txt", BytesIO(b"words"), now=NOW)
    assert delete_unwanted(office.database, store, NOW + timedelta(minutes=59)) == 0
    assert delete_unwanted(office.database, store, NOW + timedelta(minutes=61)) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", WhyRefused.EMPTY),
        (b"<html>", WhyRefused.UNKNOWN_KIND),
        (b"%PDF-1.7\n" + b"x" * 25_000_000, WhyRefused.TOO_LARGE),
    ],
    ids=["empty", "html", "large"],
)
def test_what_is_not_taken_is_not_stored(office: Office, folder: str, content: bytes, why: WhyRefused) -> None:
    with pytest.raises(Unfit) as unfit:
        take_in(office.database, store_at(folder), office.landlord, "photo.jpg", BytesIO(content), now=NOW)
    assert unfit.value.why is why


class Endless:
    """A video of so many bytes that takes no memory."""

    def __init__(self, length: int) -> None:
        self.length, self.at = length, 0

    def seek(self, to: int, whence: int = 0) -> int:
        self.at = to if whence == 0 else self.length + to
        return self.at

    def read(self, size: int = -1) -> bytes:
        size = min(size if size >= 0 else self.length, self.length - self.at)
        begins = samples.GOOD[FileKind.MP4] if self.at == 0 else b""
        self.at += size
        return (begins + b"\0" * size)[:size]


def test_memory_stays_flat_while_a_large_video_is_stored_and_read(office: Office, folder: str) -> None:
    store, source = store_at(folder), Endless(200_000_000)
    video: BinaryIO = source  # type: ignore[assignment]
    tracemalloc.start()
    evidence_id = take_in(office.database, store, office.landlord, "damp.mp4", video, now=NOW)
    digest, length = digest_of(video)
    read = sum(len(piece) for piece in store.read(name_of(evidence_id, digest)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == length == 200_000_000
    assert most < 10_000_000
