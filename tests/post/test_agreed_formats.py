"""Adjustments proved at the output: the bytes of each letter after "18-point", and a message of plain text alone.

The size of type is read back out of the PDF with pypdf: the size of each piece of text as it stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import typst
from pypdf import PdfReader

from portal import create_app, landlords
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person
from portal.domain.policy import LetterKind
from portal.post.delivery import deliver_unsent
from portal.post.formats import email
from portal.post.letters import write_letter
from portal.post.mailer import Mailer
from portal.post.pdf import MARKS_ON_A_LETTER, pdf, with_few_marks
from portal.records.database import Database
from portal.records.models import Channel, LetterRow
from portal.settings import MailServer as Server
from tests.builders import ANYONE, begun
from tests.post.cases import LONDON, RECEIVED_EVENT, story_for
from tests.post.conftest import MailServer
from tests.post.test_delivery import settings_for

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
IN_18_POINT = replace(
    RECEIVED_EVENT, adjustments=(Adjustment.LARGE_PRINT, Adjustment.NO_PHONE), adjustment_words="18-point"
)
ADDRESS = "Ada Resident\n1 Example Row\nAB1 2CD"
A4, POINTS_IN_A_MM = 841.89, 72 / 25.4


def printed(kind: LetterKind, size: int | None) -> bytes:
    composed = story_for("ids", kind, IN_18_POINT).letter(kind)
    row = LetterRow(
        language="en_GB",
        id=uuid4(),
        landlord="ids",
        channel=Channel.POST,
        to_address=ADDRESS,
        subject=composed.subject,
        body=composed.body,
        type_size=size,
        written_at=NOW,
    )
    return pdf(row, landlords.landlord("ids"))


TO_REPRESENTATIVES = [LetterKind.REPRESENTATIVE_RECEIPT, LetterKind.REPRESENTATIVE_ENDED]


def sizes(document: bytes) -> tuple[set[float], str]:
    """Every size of type in points that stands in a PDF, and all its words."""
    found: set[float] = set()

    def look(text: str, _cm: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(matrix[3]), 1))

    words = [page.extract_text(visitor_text=look) for page in PdfReader(BytesIO(document)).pages]
    return found, " ".join(" ".join(words).split())


@pytest.mark.parametrize("kind", LetterKind)
def test_each_letter_is_in_18_point_or_larger(kind: LetterKind) -> None:
    found, words = sizes(printed(kind, 18))
    assert min(found) == 18
    assert "Ada Resident 1 Example Row AB1 2CD" in words
    assert "Industrial Dwellings Society" in words


@pytest.mark.parametrize("size", [None, 18, 36])
def test_the_address_stands_alone_in_the_window_of_the_envelope(size: int | None) -> None:
    lines: dict[str, float] = {}

    def look(text: str, page: Any, matrix: Any, _font: Any, _size: float) -> None:
        if text.strip():
            lines.setdefault(text.strip(), (A4 - page[3] * matrix[5] - page[5]) / POINTS_IN_A_MM)

    words = PdfReader(BytesIO(printed(LetterKind.RECEIPT, size))).pages[0].extract_text(visitor_text=look)
    above, window = lines.pop("Industrial Dwellings Society"), [lines.pop(each) for each in ADDRESS.split("\n")]
    assert above < 45 < window[0]
    assert window == sorted(window)
    assert window[-1] < 45 + 30
    assert min(lines.values()) > 45 + 30
    assert words.count("Industrial Dwellings Society\n") == 1  # the head, and not again below it


def test_nobody_who_did_not_ask_gets_less_than_12_point() -> None:
    found, _ = sizes(printed(LetterKind.RECEIPT, None))
    assert min(found) == 12


def test_a_printed_letter_has_its_pages_numbered_and_its_structure_told() -> None:
    document = PdfReader(BytesIO(printed(LetterKind.RESPONSE_STAGE_1, 18)))
    pages = [page.extract_text() for page in document.pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"{number}\s*/\s*{len(pages)}", page)
    assert "/StructTreeRoot" in document.trailer["/Root"]  # headings and lists, for a screen reader
    assert "/Lang" in document.trailer["/Root"]


def test_the_same_letter_is_the_same_file() -> None:
    assert printed(LetterKind.RECEIPT, 18) == printed(LetterKind.RECEIPT, 18)


@pytest.fixture
def smtp(mail_server: MailServer) -> Iterator[Mailer]:
    app = create_app(settings_for(Server("127.0.0.1", mail_server.port)))
    mail_server.start()
    yield app.extensions["mailer"]
    app.extensions["database"].close()


def sent(database: Database, smtp: Mailer, server: MailServer, **asked: Any) -> Any:
    with database.unit_of_work() as session:
        file = begun(session, "ids", **asked)
        write_letter(session, file, LetterKind.RECEIPT, by=ANYONE, at=NOW)
    assert deliver_unsent(database, smtp, NOW) == 1
    return server.postbox.letters[-1]


def test_plain_text_is_text_alone(one_database: Database, smtp: Mailer, mail_server: MailServer) -> None:
    asked = {"adjustments": (Adjustment.PLAIN_TEXT, Adjustment.LARGE_PRINT)}
    message = sent(one_database, smtp, mail_server, **asked)
    assert {part.get_content_type() for part in message.walk()} == {"text/plain"}
    assert not message.is_multipart()
    assert "<" not in message.get_content().replace("<https://", "")


def test_an_email_in_large_print_has_the_letter_in_it_and_as_a_pdf(
    one_database: Database, smtp: Mailer, mail_server: MailServer
) -> None:
    asked = {"adjustments": (Adjustment.LARGE_PRINT,), "adjustment_words": "20 point"}
    message = sent(one_database, smtp, mail_server, **asked)
    assert "font-size: 20pt" in message.get_body(("html",)).get_content()
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "letter.pdf")
    found, words = sizes(attached.get_content())
    assert min(found) == 20
    assert "not yet our acknowledgement" in words


def test_an_ordinary_email_has_nothing_attached(one_database: Database, smtp: Mailer, mail_server: MailServer) -> None:
    message = sent(one_database, smtp, mail_server)
    assert [*message.iter_attachments()] == []
    assert "font-size" not in message.get_body(("html",)).get_content()


@pytest.mark.parametrize("kind", [each for each in LetterKind if each not in TO_REPRESENTATIVES])
def test_a_summary_comes_before_everything_else(kind: LetterKind) -> None:
    asked = replace(RECEIVED_EVENT, adjustments=(Adjustment.SUMMARY_FIRST,))
    body = story_for("ids", kind, asked).letter(kind).body
    first = next(line for line in body.splitlines() if line.startswith("## "))
    assert first == "## In short"
    points = body.partition("## In short")[2].strip().splitlines()
    assert points[0].startswith("- ")
    assert "## In short" not in story_for("ids", kind).letter(kind).body


@pytest.mark.parametrize("kind", TO_REPRESENTATIVES)
def test_a_representatives_own_letters_are_not_in_the_residents_format(kind: LetterKind) -> None:
    asked = replace(RECEIVED_EVENT, adjustments=(Adjustment.SUMMARY_FIRST,))
    assert "## In short" not in story_for("ids", kind, asked).letter(kind).body


# Marks of Hebrew and Arabic in a row, which nobody's name is: the typesetter breaks down at them.
MARKS = "".join(chr(each) for each in range(0x591, 0x60D))


@pytest.mark.parametrize("name", [MARKS, "e" + "\u0301" * 298, "\u0646\u0645 " * 90], ids=["marks", "pile", "Arabic"])
def test_no_name_breaks_a_letter(one_database: Database, smtp: Mailer, mail_server: MailServer, name: str) -> None:
    asked = {"adjustments": (Adjustment.LARGE_PRINT,), "person": Person(name=name, email="one@example.org")}
    (attached,) = sent(one_database, smtp, mail_server, **asked).iter_attachments()
    assert "not yet our acknowledgement" in sizes(attached.get_content())[1]


def test_no_language_loses_its_marks() -> None:
    for words in (
        "Nguy\u1ec5n",
        "Nguye\u0302\u0303n",
        "\u0628\u0650\u0633\u0652\u0645\u0650",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
    ):
        assert with_few_marks(words, MARKS_ON_A_LETTER) == words
    assert with_few_marks("e" + "\u0301" * 9 + "f", MARKS_ON_A_LETTER) == "e" + "\u0301" * 4 + "f"


def test_words_that_cannot_be_set_go_without_a_copy_to_print(
    one_database: Database, smtp: Mailer, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breakdown(BaseException):
        """What the typesetter raises is no `Exception`."""

    def broken(*_: object, **__: object) -> bytes:
        raise Breakdown

    monkeypatch.setattr(typst, "compile", broken)
    message = sent(one_database, smtp, mail_server, adjustments=(Adjustment.LARGE_PRINT,))
    assert list(message.iter_attachments()) == []
    assert "font-size: 18pt" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("words", "attached"),
    [("The roof leaks. " * 3_000, True), ("The roof leaks. " * 40_000, False), ("a\\\n" * 16_000, False)],
    ids=["50,000 characters", "640,000 characters", "16,000 lines"],
)
def test_a_letter_as_long_as_a_book_keeps_no_other_waiting(words: str, attached: bool) -> None:
    row = LetterRow(
        id=uuid4(),
        landlord="ids",
        language="en_GB",
        channel=Channel.EMAIL,
        to_address="one@example.org",
        written_at=NOW,
    )
    row.kind, row.subject, row.body, row.type_size, row.plain_text = LetterKind.MESSAGE, "A message", words, 18, False
    message = email(row, landlords.landlord("ids"), sender="letters@example.org", base_url="https://example.org")
    assert bool(message.attachments) is attached
    assert "font-size: 18pt" in (message.html or "")
