"""Photos and other files from a resident: before the complaint is sent, after it, and taken back."""

from __future__ import annotations

import re
import socket
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask

from portal.actions.add_evidence import add_evidence
from portal.clock import StoppedClock
from portal.domain.evidence import FileKind, FileState
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting, delete_unwanted
from portal.records.database import Database
from tests.actions.office import Office
from tests.evidence import samples
from tests.web.answer import Answer, text_of
from tests.web.resident.visitor import COMPLAINT, Visitor

TEXT = samples.GOOD[FileKind.TEXT]


def send(visitor: Visitor, path: str, content: bytes | None, name: str = "calls.txt", press: str = "add") -> Answer:
    file = {"file": (BytesIO(content), name)} if content is not None else {}
    return visitor.post(path, {"press": press, **file})


def look(app: Flask) -> None:
    check_waiting(app.extensions["database"], app.extensions["files"], None, app.extensions["clock"].now())


def buttons(page: Answer) -> list[str]:
    return ["".join(each.itertext()).strip() for each in page.main.iter("button")]


def test_files_are_added_one_at_a_time_and_go_with_the_complaint(visitor: Visitor, office: Office) -> None:
    visitor.write()
    assert send(visitor, "complain/files", TEXT).location == "/ids/complain/files"
    assert send(visitor, "complain/files", samples.GOOD[FileKind.JPEG], "photo.jpg").status == 303
    page = visitor.get("complain/files")
    assert {"Remove calls.txt", "Remove photo.jpg"} <= set(buttons(page))
    assert "photo.jpg" in visitor.get("complain/check").words
    visitor.post("complain/check")
    reference, _ = visitor.printed()
    assert {each.name for each in office.case(reference).case.files} == {"calls.txt", "photo.jpg"}


def test_files_come_along_to_another_device(app: Flask, visitor: Visitor, office: Office) -> None:
    visitor.write()
    send(visitor, "complain/files", TEXT)
    visitor.post("complain/save")
    code, elsewhere = next(visitor.get("complain/save").tree.iter("code")), Visitor(app)
    assert elsewhere.post("come-back", {"code": text_of(code)}).location == "/ids/complain/check"
    send(elsewhere, "complain/files", samples.GOOD[FileKind.JPEG], "photo.jpg")
    assert {"Remove calls.txt", "Remove photo.jpg"} <= set(buttons(elsewhere.get("complain/files")))
    elsewhere.post("complain/check")
    reference, _ = elsewhere.printed()
    assert {each.name for each in office.case(reference).case.files} == {"calls.txt", "photo.jpg"}


def test_sending_and_adding_never_wait_for_the_scanner(visitor: Visitor, app: Flask, office: Office) -> None:
    """Where the scanner should be is somebody who takes every call and never answers."""
    with socket.socket() as silent, pytest.MonkeyPatch.context() as patch:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        silent.setblocking(False)
        at = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        patch.setitem(app.extensions, "settings", replace(app.extensions["settings"], clamd_url=at))
        visitor.write()
        send(visitor, "complain/files", TEXT)
        assert visitor.post("complain/check").location == "/ids/complain/received"
        reference, code = visitor.printed()
        visitor.open(reference, code)
        send(visitor, "my-complaint/files", TEXT, "more.txt")
        with pytest.raises(BlockingIOError):
            silent.accept()  # nobody has called
    assert [each.state for each in office.case(reference).case.files] == [FileState.CHECKING] * 2
    assert visitor.get("my-complaint/files").words.count("We are checking it") == 2


def test_a_file_of_a_draft_is_removed_by_its_name(visitor: Visitor) -> None:
    visitor.write()
    send(visitor, "complain/files", TEXT)
    html = visitor.get("complain/files").html
    address = re.search(r'action="(/ids/complain/files/[^"]+/remove)"', html)
    assert address
    assert visitor.post(address[1]).location == "/ids/complain/files"
    assert "calls.txt" not in visitor.get("complain/files").words


def test_continue_takes_along_what_was_chosen(visitor: Visitor) -> None:
    visitor.write()
    assert send(visitor, "complain/files", TEXT, press="continue").location == "/ids/complain/check"
    assert "calls.txt" in visitor.get("complain/check").words
    assert send(visitor, "complain/files", None, press="continue").location == "/ids/complain/check"
    assert send(visitor, "complain/files", None).errors == {"#file": "Choose a file to add"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.jpg", "“empty.jpg” was not added. There is nothing in it"),
        (
            b"<!DOCTYPE html><script>1</script>",
            "photo.jpg",
            "“photo.jpg” was not added. We cannot take this kind of file",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "a.jpg",
            "“a.jpg” was not added. We cannot take this kind of file",
        ),
        (b"MZ\x90\0" + b"\0" * 99, "../../x.pdf", "“x.pdf” was not added. We cannot take this kind of file"),
    ],
)
def test_what_is_not_taken_is_named_and_other_answers_stay(
    visitor: Visitor, content: bytes, name: str, words: str
) -> None:
    visitor.write()
    send(visitor, "complain/files", TEXT)
    page = send(visitor, "complain/files", content, name)
    assert page.status == 422
    assert page.errors["#file"].startswith(words)
    assert "Remove calls.txt" in buttons(page)
    assert COMPLAINT["what-happened"]["what_happened"] in visitor.get("complain/check").words


def test_five_gigabytes_are_refused_before_they_are_sent(visitor: Visitor) -> None:
    visitor.write()
    announced = {"CONTENT_LENGTH": str(5 * 1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = visitor.client.post("/ids/complain/files", environ_overrides=announced, input_stream=BytesIO())
    assert answer.status_code == 413
    assert "one file can have at most 250 MB" in answer.text
    assert "Everything that you told us before is still there" in answer.text
    assert COMPLAINT["what-happened"]["what_happened"] in visitor.get("complain/check").words


def test_nothing_else_may_be_as_large_as_a_file(visitor: Visitor) -> None:
    long = {"CONTENT_LENGTH": str(5_000_000), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = visitor.client.post("/ids/complain/what-happened", environ_overrides=long, input_stream=BytesIO())
    assert answer.status_code == 413


def test_files_of_a_draft_that_is_deleted_are_deleted(
    visitor: Visitor, app: Flask, database: Database, clock: StoppedClock
) -> None:
    visitor.write()
    send(visitor, "complain/files", TEXT)
    visitor.post("complain/forget")
    clock.move_to(clock.now().replace(hour=12))
    assert delete_unwanted(database, app.extensions["files"], clock.now()) == 1


def test_a_file_added_later_is_checked_then_saved_and_can_be_taken_back(
    visitor: Visitor, app: Flask, office: Office
) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    content = samples.GOOD[FileKind.HEIC]
    assert send(visitor, "my-complaint/files", content, "wall.heic").location == "/ids/my-complaint/files"
    page = visitor.get("my-complaint/files")
    assert "We are checking it" in page.words
    assert not re.search(r'href="(/ids/my-complaint/files/[0-9a-f-]+)"', page.html)
    look(app)
    link = re.search(r'href="(/ids/my-complaint/files/[0-9a-f-]+)"', visitor.get("my-complaint/files").html)
    assert link
    saved = visitor.client.get(link[1])
    assert saved.headers["Content-Disposition"] == "attachment; filename=wall.jpg"
    assert saved.headers["Content-Type"] == "image/jpeg"
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert saved.data.startswith(b"\xff\xd8\xff")
    assert samples.DEVICE.encode() not in saved.data
    assert "wall.heic" in visitor.get("my-complaint").words
    visitor.post(f"{link[1]}/remove")
    assert visitor.client.get(link[1]).status_code == 404
    assert office.case(reference).case.evidence[0].removed


def test_a_refused_file_is_explained_by_name_and_never_served(visitor: Visitor, app: Flask, office: Office) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    send(visitor, "my-complaint/files", samples.png_of(50_000, 50_000), "plan.png")
    look(app)
    assert office.case(reference).case.files[0].state is FileState.REFUSED
    words = visitor.get("my-complaint/files").words
    assert "plan.png" in words
    assert "The picture is too large to be opened" in words
    file = office.case(reference).case.files[0]
    assert visitor.client.get(f"/ids/my-complaint/files/{file.id}").status_code == 404


def test_what_staff_add_is_none_of_the_residents_files(visitor: Visitor, app: Flask, office: Office) -> None:
    visitor.open(*visitor.complain())
    reference, now = visitor.credentials[0], app.extensions["clock"].now()
    theirs = take_in(office.database, app.extensions["files"], "ids", "survey.txt", BytesIO(TEXT), now=now)
    office.do(add_evidence, office.lead, reference, theirs, on=now.date())
    look(app)
    assert office.case(reference).case.files[0].can_be_read
    assert "survey.txt" not in visitor.get("my-complaint/files").html
    assert visitor.client.get(f"/ids/my-complaint/files/{theirs}").status_code == 404
    assert visitor.post(f"my-complaint/files/{theirs}/remove").status == 404


def test_another_persons_file_cannot_be_opened_or_removed(visitor: Visitor, app: Flask, office: Office) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    send(visitor, "my-complaint/files", TEXT)
    look(app)
    file = office.case(reference).case.files[0]
    other = Visitor(app)
    assert other.client.get(f"/ids/my-complaint/files/{file.id}").location == "/ids/track"
    other.complain()
    other.open(*other.credentials)
    assert other.client.get(f"/ids/my-complaint/files/{file.id}").status_code == 404
    other.post(f"my-complaint/files/{file.id}/remove")
    other.post(f"complain/files/{file.id}/remove")
    assert not office.case(reference).case.files[0].removed
