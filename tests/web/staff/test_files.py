"""Files on the pages for staff: who sees them, what is marked, and the original of a photo."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask

from portal.actions.add_evidence import add_evidence
from portal.domain.evidence import FileKind
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.evidence import samples
from tests.web.staff.browser import Browser

TEXT = samples.GOOD[FileKind.TEXT]


@pytest.fixture
def photo(app: Flask, office: Office) -> tuple[str, UUID]:
    """A complaint with a photo that was looked at without a scanner."""
    reference, now = office.submit(MONDAY), ten_oclock(MONDAY)
    content = BytesIO(samples.GOOD[FileKind.JPEG])
    evidence_id = take_in(office.database, app.extensions["files"], "ids", "damp wall.jpg", content, now=now)
    office.do(add_evidence, office.resident(reference), reference, evidence_id, on=MONDAY)
    check_waiting(office.database, app.extensions["files"], None, now)
    return reference, evidence_id


def test_a_file_that_nobody_scanned_is_marked_so(lead: Browser, photo: tuple[str, UUID]) -> None:
    reference, _ = photo
    case = lead.get(f"cases/{reference}")
    assert "damp wall.jpg" in case.words
    assert "Not scanned for viruses" in case.words
    assert "No virus scanner has looked at the files that are marked so" in lead.get(f"cases/{reference}/files").words


def test_a_file_that_nobody_scanned_says_so_in_its_name_for_staff(lead: Browser, photo: tuple[str, UUID]) -> None:
    reference, evidence_id = photo
    assert "damp wall.jpg (not scanned)" in lead.get(f"cases/{reference}").words
    for address in (f"cases/{reference}/files/{evidence_id}", f"cases/{reference}/files/{evidence_id}/original"):
        saved = lead.client.get(lead.address(address))
        assert saved.data
        assert saved.headers["Content-Disposition"] == 'attachment; filename="NOT SCANNED damp wall.jpg"'


def test_the_original_of_a_photo_is_for_the_lead_alone(
    lead: Browser, handler: Browser, photo: tuple[str, UUID]
) -> None:
    reference, evidence_id = photo
    address = lead.address(f"cases/{reference}/files/{evidence_id}")
    copy = handler.client.get(address)
    assert copy.status_code == 200
    assert samples.DEVICE.encode() not in copy.data
    assert handler.client.get(f"{address}/original").status_code == 404
    assert lead.client.get(f"{address}/original").data == samples.GOOD[FileKind.JPEG]


def test_staff_add_a_file_and_only_they_or_the_lead_take_it_back(
    handler: Browser, lead: Browser, app: Flask, office: Office
) -> None:
    reference = office.submit(MONDAY)
    path = f"cases/{reference}/files"
    assert handler.post(path, {"file": (BytesIO(b""), "notes.txt")}).status == 422
    assert handler.post(path, {"file": (BytesIO(TEXT), "notes.txt")}).status == 303
    (file,) = office.case(reference).case.files
    assert file.by_staff == office.handler.user_id
    assert office.case(reference).case.residents_files == ()
    assert "Remove notes.txt" in handler.get(path).words
    colleague = Browser(app).sign_in(office.colleague)
    assert "Remove notes.txt" not in colleague.get(path).words
    assert colleague.post(f"{path}/{file.id}/remove").status == 422
    assert lead.post(f"{path}/{file.id}/remove").status == 303
    assert office.case(reference).case.files == ()
    assert "File removed" in lead.get(f"cases/{reference}").words
