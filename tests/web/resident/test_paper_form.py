"""The form on paper asks what the online form asks, in both sizes, and tells where to send it and who else helps."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from portal import landlords
from portal.web.easier_fields import Languages
from portal.web.fields import AnyOf, Line, OneOf
from portal.web.resident import forms, pages
from portal.web.resident.paper import ONLINE_ALONE
from portal.web.staff.forms import RecordComplaint
from tests.web.resident.visitor import Visitor

PAPERS = {"paper-form.pdf": 12, "paper-form-large-print.pdf": 18}


def paper(app: Flask, landlord: str, name: str = "paper-form.pdf") -> PdfReader:
    response = app.test_client().get(f"/{landlord}/{name}")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    return PdfReader(BytesIO(response.data))


def words_of(read: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def fields_online() -> list[Any]:
    """The fields of each page as a browser is shown them, but for the token."""
    return [field for page in pages.PAGES.values() for field in page(formdata=None) if field.name != "csrf_token"]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("landlord", landlords.keys())
def test_each_question_and_each_choice_is_on_paper(app: Flask, landlord: str, name: str) -> None:
    said = words_of(paper(app, landlord, name))
    with app.test_request_context(f"/{landlord}/"):
        asked = fields_online()
        for field in asked:
            again = field.name == "address" and "letters" in str(field.label.text)
            assert again or field.name in ONLINE_ALONE or str(field.label.text) in said
            for choice in () if isinstance(field, Languages) else getattr(field, "choices", ()):
                assert str(choice.label) in said, f"{field.name} can be answered with {choice.value} online"
    assert len(asked) > 12


def test_a_question_that_is_added_online_is_on_paper(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pets(forms.Page):
        pet = Line("What is your cat called?", 100, "Too long")
        temper = OneOf("Is it friendly?", [("yes", "Mostly, but not to strangers")])
        likes = AnyOf("What does it like?", [("fish", "Fish from the tin")])

    monkeypatch.setitem(pages.PAGES, "pets", Pets)
    said = words_of(paper(app, "ids"))
    for words in ("What is your cat called?", "Mostly, but not to strangers", "Fish from the tin"):
        assert words in said


def test_nothing_is_asked_twice(app: Flask) -> None:
    with app.test_request_context("/ids/"):
        twice = [field.name for field in fields_online()]
    assert "address" in {name for name in twice if twice.count(name) > 1}, "online it is asked where it is missing"
    assert words_of(paper(app, "ids")).count("Your address") == 1
    assert "Address for letters" not in words_of(paper(app, "ids"))


@pytest.mark.parametrize("name", PAPERS)
def test_the_type_is_as_large_as_it_says(app: Flask, name: str) -> None:
    found: set[float] = set()

    def look(text: str, _page: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(matrix[3]), 1))

    for page in paper(app, "ids", name).pages:
        page.extract_text(visitor_text=look)
    assert min(found) == PAPERS[name]


@pytest.mark.parametrize("landlord", landlords.keys())
def test_it_says_where_to_send_it_and_who_else_helps(app: Flask, landlord: str) -> None:
    ours = landlords.landlord(landlord)
    said = words_of(paper(app, landlord))
    for words in (
        "Nothing has to be filled in",
        f"Complain to {ours.name}",
        ", ".join(ours.contact.post),
        ours.contact.phone,
        "Housing Ombudsman",
        "0300 111 3000",
        "the day on which this form reached us",
    ):
        assert words in said
    others = [each for each in landlords.keys() if each != landlord]
    assert not [each for each in others if landlords.landlord(each).name in said]


def test_a_screen_reader_is_told_its_language_its_title_and_its_headings(app: Flask) -> None:
    read = paper(app, "ids", "paper-form-large-print.pdf")
    catalogue = read.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Complain to Industrial Dwellings Society"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_whoever_does_not_want_the_website_finds_it_on_the_start_page(visitor: Visitor) -> None:
    start = visitor.get("")
    links = {each.get("href") for each in start.main.iter("a")}
    assert {f"/ids/{name}" for name in PAPERS} <= links
    assert "#other-ways" in links


def test_staff_who_type_it_in_are_asked_the_same(app: Flask) -> None:
    """Each question that paper asks has its box on the staff's form, and each tick has its own."""
    with app.test_request_context("/ids/"):
        typed = RecordComplaint(formdata=None)
        for field in fields_online():
            assert field.name in typed, f"staff cannot type in the answer to {field.label.text}"
            values = {each.value for each in getattr(field, "choices", ())}
            assert values <= {each.value for each in getattr(typed[field.name], "choices", ())}, field.name


@pytest.mark.parametrize("landlord", landlords.keys())
def test_whom_to_call_in_danger_stands_first(app: Flask, landlord: str) -> None:
    said = words_of(paper(app, landlord))
    own = landlords.landlord(landlord).contact.emergency_repairs
    assert said.index("999") < said.index("0800 111 999") < said.index(own) < said.index("What happened?")
