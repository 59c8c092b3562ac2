"""Files that somebody sends to do harm: to whoever opens them, to the disk, or to whoever waits behind them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask, request
from sqlalchemy import select

from portal.actions.add_evidence import add_evidence
from portal.clock import StoppedClock
from portal.domain.evidence import LARGEST_FILE, FileKind, file_name
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting
from portal.records.database import Database
from portal.records.models import EvidenceRow
from portal.web.resident import files
from portal.web.uploads import megabytes_announced
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


def test_a_disk_is_not_filled_by_one_source(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.write()
    announced = {"CONTENT_LENGTH": str(LARGEST_FILE), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    told = []
    for _ in range(12):
        answer = visitor.client.post("/ids/complain/files", environ_overrides=announced, input_stream=BytesIO())
        told.append(answer.status_code)
    assert told == [told[0]] * 11 + [429]
    assert told[0] != 429


def test_a_request_that_does_not_say_how_large_it_is_counts_as_the_largest(app: Flask) -> None:
    with app.test_request_context("/ids/complain/files", method="POST", headers={"Transfer-Encoding": "chunked"}):
        assert request.content_length is None
        assert megabytes_announced() == 252


def test_a_complaint_is_received_without_a_file_that_went_meanwhile(app: Flask, office: Office) -> None:
    visitor = Visitor(app)
    visitor.write()
    visitor.post("complain/files", {"press": "add", "file": (BytesIO(b"I called."), "calls.txt")})
    with office.database.unit_of_work() as session:
        session.scalars(select(EvidenceRow)).one().stored = False
    assert visitor.post("complain/check").location == "/ids/complain/received"
    reference, _ = visitor.printed()
    assert office.case(reference).case.files == ()
