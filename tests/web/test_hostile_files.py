"""Files that somebody sends to do harm: to whoever opens them, to the disk, or to whoever waits behind them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask

from portal.actions.add_evidence import add_evidence
from portal.clock import StoppedClock
from portal.domain.evidence import FileKind, file_name
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting
from portal.records.database import Database
from portal.web.resident import files
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.evidence import samples
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

NOW: datetime = ten_oclock(MONDAY)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, "ids")


@pytest.mark.parametrize(
    ("kind", "named", "saved_as"),
    [
        (FileKind.TEXT, "letter.hta", "letter.txt"),
        (FileKind.PDF, "report.js", "report.pdf"),
        (FileKind.DOCX, "report.docm", "report.docx"),
        (FileKind.JPEG, "wall.hta", "wall.jpg"),
    ],
)
def test_a_file_is_saved_as_what_it_is_and_never_as_something_to_run(
    app: Flask, office: Office, kind: FileKind, named: str, saved_as: str
) -> None:
    reference = office.submit(MONDAY)
    content, store = samples.GOOD[kind], app.extensions["files"]
    evidence_id = take_in(office.database, store, "ids", named, BytesIO(content), now=NOW)
    office.do(add_evidence, office.resident(reference), reference, evidence_id, on=MONDAY)
    check_waiting(office.database, store, None, NOW)
    lead = Browser(app).sign_in(office.lead)
    original = "/original" if kind is FileKind.JPEG else ""
    saved = lead.client.get(lead.address(f"cases/{reference}/files/{evidence_id}{original}"))
    assert saved.data == content
    assert saved.headers["Content-Disposition"] == f'attachment; filename="NOT SCANNED {saved_as}"'


@pytest.mark.parametrize("unseen", ["\xad", "\u180e", "\u3164", "\U000e0041"])
def test_nothing_that_is_not_seen_stays_in_a_name(unseen: str) -> None:
    assert file_name(f"bill{unseen}.txt") == "bill.txt"


def test_two_files_at_once_are_no_more_than_fit(app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(app)
    visitor.write()
    monkeypatch.setattr(files, "MOST_FILES_OF_DRAFT", 1)
    # Each has looked how many there are before either is there.
    monkeypatch.setattr(files, "files_of_draft", list)
    sent = [
        visitor.post("complain/files", {"press": "add", "file": (BytesIO(b"I called."), "calls.txt")}).status
        for _ in range(2)
    ]
    assert sent == [303, 422]
    monkeypatch.undo()
    assert len(visitor.get("complain/check").html.split("calls.txt")) == 2
