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
from portal.post.pdf import MARKS_ON_A_LETTER, on_their_own_sheets, pdf, with_few_marks
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


def printed(kind: LetterKind, size: int | None, address: str = ADDRESS, landlord: str = "ids") -> bytes:
    composed = story_for(landlord, kind, IN_18_POINT).letter(kind)
    row = LetterRow(
        language="en_GB",
        id=uuid4(),
        landlord=landlord,
        channel=Channel.POST,
        to_address=address,
        subject=composed.subject,
        body=composed.body,
        type_size=size,
        written_at=NOW,
    )
    return pdf(row, landlords.landlord(landlord))


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


LONG_ADDRESS = "\n".join(
    [
        "Wolfeschlegelsteinhausenbergerdorff Ramasubramaniam and Household",
        "Flat 123, The Building with the Long and Winding Name",
        "Example Estate",
        "1234 Example Street That Does Not End",
        "Townford-under-Example",
        "Countyshire",
        "AB1 2CD",
    ]
)
IN_THE_WINDOW = range(46, 92)
"""Millimetres from the top edge that the window of a DL envelope may show, as the letter slides in it."""


def heights(document: bytes) -> dict[str, float]:
    """How far below the top edge of the first page each line stands, in mm."""
    lines: dict[str, float] = {}

    def look(text: str, page: Any, matrix: Any, _font: Any, _size: float) -> None:
        if text.strip():
            lines.setdefault(text.strip(), (A4 - page[3] * matrix[5] - page[5]) / POINTS_IN_A_MM)

    PdfReader(BytesIO(document)).pages[0].extract_text(visitor_text=look)
    return lines


@pytest.mark.parametrize("size", [None, 18, 36])
def test_the_address_stands_alone_in_the_window_of_the_envelope(size: int | None) -> None:
    document = printed(LetterKind.RECEIPT, size)
    lines = heights(document)
    window = [lines.pop(each) for each in ADDRESS.split("\n")]
    assert window == sorted(window)
    assert window[0] > 57
    assert window[-1] <= 81.1  # these 24 mm show however the letter lies
    assert [each for each, height in lines.items() if int(height) in IN_THE_WINDOW] == []
    words = PdfReader(BytesIO(document)).pages[0].extract_text()
    assert words.count("Industrial Dwellings Society\n") == 1  # the head, and not again below it


@pytest.mark.parametrize("size", [None, 36])
def test_a_long_address_is_set_smaller_and_stays_in_the_window(size: int | None) -> None:
    lines = heights(printed(LetterKind.RECEIPT, size, LONG_ADDRESS))
    inside = [each for each, height in lines.items() if int(height) in IN_THE_WINDOW]
    assert "".join("".join(inside).split()) == "".join(LONG_ADDRESS.split())
    assert max(lines[each] for each in inside) <= 81.1


def test_nobody_who_did_not_ask_gets_less_than_12_point() -> None:
    found, _ = sizes(printed(LetterKind.RECEIPT, None))
    assert min(found) == 12


def test_a_printed_letter_says_its_language_its_title_and_each_page() -> None:
    document = PdfReader(BytesIO(printed(LetterKind.RESPONSE_STAGE_1, 18)))
    pages = [page.extract_text() for page in document.pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert page.strip().endswith(f"Page {number} of {len(pages)}")
    assert document.trailer["/Root"]["/Lang"] == "en-GB"
    assert document.metadata is not None
    assert document.metadata.title == "Reference H4KM-72Q: our answer"


def says_pdf_ua(document: bytes) -> bool:
    """Whether it claims PDF/UA-1, which Typst lets no page do that breaks a rule which can be checked."""
    return b"<pdfuaid:part>1</pdfuaid:part>" in PdfReader(BytesIO(document)).trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize("kind", LetterKind)
def test_a_screen_reader_follows_each_printed_letter(kind: LetterKind) -> None:
    document = printed(kind, None)
    root = PdfReader(BytesIO(document)).trailer["/Root"]
    assert says_pdf_ua(document)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = tags_in(root["/StructTreeRoot"])
    assert tags.count("/H1") == 1
    assert "/P" in tags


def tags_in(node: Any) -> list[str]:
    """What each part of a page is said to be, in the order in which it is read."""
    found = node.get_object()
    if isinstance(found, list):
        return [tag for each in found for tag in tags_in(each)]
    if not isinstance(found, dict):
        return []
    return [*([found["/S"]] if "/S" in found else []), *(tags_in(found["/K"]) if "/K" in found else [])]


def test_a_sign_that_no_typeface_has_stops_no_letter() -> None:
    document = printed(LetterKind.RECEIPT, None, "Ada \U00010000\n1 Example Row")
    assert not says_pdf_ua(document)
    assert "1 Example Row" in sizes(document)[1]


def test_letters_that_are_printed_together_begin_on_sheets_of_their_own() -> None:
    letter = printed(LetterKind.RECEIPT, 18)
    assert len(PdfReader(BytesIO(letter)).pages) % 2, "one that ends on the front of a sheet"
    pages = [each.extract_text() for each in PdfReader(BytesIO(on_their_own_sheets([letter] * 3))).pages]
    begin = [number for number, words in enumerate(pages) if "Ada Resident\n1 Example Row" in words]
    assert len(begin) == 3
    assert [number % 2 for number in begin] == [0, 0, 0]


@pytest.mark.parametrize("landlord", landlords.keys())
def test_a_printed_letter_is_in_its_landlords_colour(landlord: str) -> None:
    known = landlords.landlord(landlord)
    red, green, blue = (int(known.brand.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    first = PdfReader(BytesIO(printed(LetterKind.RECEIPT, None, landlord=landlord))).pages[0]
    numbers = [
        tuple(map(float, each.split())) for each in re.findall(rb"([\d. ]+) scn\b", first.get_contents().get_data())
    ]
    assert any(each == pytest.approx((red, green, blue), abs=0.005) for each in numbers if len(each) == 3)


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
