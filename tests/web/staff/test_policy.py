"""The policy beside the Code, as a page of the landlord's own and as a tool for whoever brings a file."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from time import perf_counter

import pytest
from flask import Flask

from portal.web.staff.policy import LONGEST_FILE, LONGEST_LINE
from tests.actions.office import Office
from tests.web.answer import Answer
from tests.web.staff.browser import Browser

TEXT = files("portal.landlords").joinpath("ivh.toml").read_text(encoding="utf-8")


def brought(app: Flask, **fields: object) -> Answer:
    browser = Browser(app)
    return browser.page(browser.client.post("/policy-check", data=fields))


def test_oversight_reads_what_departs_and_what_would_meet_it(app: Flask, office: Office) -> None:
    page = Browser(app).sign_in(office.oversight).get("policy")
    assert page.status == 200
    assert "Certain (1) IDS-01: Code 3.7" in page.words
    assert "Former customers and the public have no access to the Ombudsman" in page.words
    assert "It normally investigates after our final response" in page.words
    assert "6.4" in page.words


@pytest.mark.parametrize(
    "fields", [{"text": TEXT}, {"file": (BytesIO(TEXT.encode()), "ivh.toml")}], ids=["pasted", "file"]
)
def test_anybody_may_bring_a_file(app: Flask, fields: dict[str, object]) -> None:
    page = brought(app, **fields)
    assert page.status == 200
    assert "Irwell Valley Homes" in page.words
    assert "IVH-03: Code 5.11, 6.10" in page.words


def test_what_is_wrong_is_told_with_its_line_and_nothing_is_lost(app: Flask) -> None:
    page = brought(app, text=TEXT.replace('"working_days"', '"workdays"', 1))
    assert page.status == 422
    assert "There is a problem This is not a landlord’s file that can be used" in page.words
    line = next(n for n, each in enumerate(TEXT.splitlines(), 1) if '"working_days"' in each)
    assert f"line {line}, policies[0].stage_1.respond.unit: 'workdays' is not allowed" in page.words
    assert "Irwell Valley Homes: customer complaints policy" in page.words


HOSTILE = {
    "nothing": "",
    "no table": "a = [",
    "lists within lists": "a = " + "[\n" * 40_000,
    "a key of many parts": "a." * 30_000 + "b = 1",
    "many keys of many parts": "\n".join(f"k{n}." + "a." * 490 + "b = 1" for n in range(95)),
    "a heading of blanks": "[" + " " * 90_000,
    "markup": 'key = "<script>alert(1)</script>"',
    "too long": "#" * (LONGEST_FILE + 1),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_policy_is_refused_in_words_and_in_time(app: Flask, text: str) -> None:
    began = perf_counter()
    page = brought(app, text=text)
    assert page.status == 422
    assert "There is a problem" in page.words
    assert "<script>alert" not in page.html
    assert perf_counter() - began < 5


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * (LONGEST_FILE + 1)], ids=["no text", "too long"])
def test_a_file_that_is_no_text_or_too_long_is_refused(app: Flask, content: bytes) -> None:
    page = brought(app, file=(BytesIO(content), "x.toml"))
    assert page.status == 422
    assert "This is not a landlord’s file that can be used" in page.words


def test_no_line_of_ours_is_too_long() -> None:
    every = (file for file in files("portal.landlords").iterdir() if file.name.endswith(".toml"))
    assert max(len(line) for file in every for line in file.read_text("utf-8").splitlines()) < LONGEST_LINE


def test_trying_all_day_is_slowed_down(app: Flask) -> None:
    answers = [brought(app, text="").status for _ in range(31)]
    assert answers[-1] == 429
