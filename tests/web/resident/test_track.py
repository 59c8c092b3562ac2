"""Following a complaint: the code opens it, and nothing tells a stranger whether there is one."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.clock import StoppedClock
from portal.domain import references
from tests.actions.office import Office
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor

pytestmark = pytest.mark.on_both

NOT_FOUND = {"#reference": "We cannot find a complaint with this reference and this code. Check both of them"}
OTHER_REFERENCE = references.new_reference(lambda letters: letters[4])
OTHER_CODE = references.new_code(lambda letters: letters[7])


def answer(page: Answer, *typed: str) -> str:
    """The page without what differs between any two: what was typed, and the token."""
    html = page.html
    for each in (*typed, page.value("csrf_token")):
        html = html.replace(each, "…")
    return html


def test_reference_and_code_open_the_complaint(visitor: Visitor) -> None:
    assert visitor.open(*visitor.complain()).location == "/ids/my-complaint"
    assert visitor.get("my-complaint").heading == "We have your complaint"


def test_it_does_not_matter_how_they_are_written(visitor: Visitor) -> None:
    reference, code = visitor.complain()
    untidy = (f" {reference.replace('-', ' ').lower()} ", code.replace("-", "").lower())
    assert visitor.open(*untidy).location == "/ids/my-complaint"


def test_a_wrong_code_and_an_unknown_reference_get_the_same_answer_for_the_same_work(
    app: Flask, visitor: Visitor
) -> None:
    reference, code = visitor.complain()
    token = visitor.token()
    seen, pages = [], []
    for typed in ((reference, OTHER_CODE), (OTHER_REFERENCE, code)):
        with statements(app) as these:
            page = visitor.post("track", dict(zip(("reference", "code"), typed, strict=True)), token=token)
        assert (page.status, page.errors) == (422, NOT_FOUND)
        seen.append(list(these))
        pages.append(answer(page, *typed))
    assert pages[0] == pages[1]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 1


def test_a_complaint_of_another_landlord_is_not_found(app: Flask, visitor: Visitor) -> None:
    reference, code = visitor.complain()
    page = Visitor(app, "hs").open(reference, code)
    assert (page.status, page.errors) == (422, NOT_FOUND)


def test_a_visit_is_good_for_its_own_landlord_alone(visitor: Visitor) -> None:
    visitor.open(*visitor.complain())
    assert visitor.get("/hs/my-complaint").location == "/hs/track"


@pytest.mark.parametrize(
    ("reference", "code", "where"),
    [
        ("", "", ["#reference", "#code"]),
        (OTHER_REFERENCE[:-1] + "3", OTHER_CODE, ["#reference"]),
        (OTHER_REFERENCE, OTHER_CODE[:-1] + "3", ["#code"]),
        ("x" * 5000, "\0", ["#reference", "#code"]),
        ("<script>", "{{ 7*7 }}", ["#reference", "#code"]),
        ("ÄÖÜ٣٤", "\u202e", ["#reference", "#code"]),
    ],
)
def test_a_slip_is_told_before_anything_is_looked_up(
    app: Flask, visitor: Visitor, reference: str, code: str, where: list[str]
) -> None:
    token = visitor.token()
    with statements(app) as seen:
        page = visitor.post("track", {"reference": reference, "code": code}, token=token)
    assert (page.status, list(page.errors)) == (422, where)
    assert not seen


def test_whoever_knows_the_code_gets_in_while_strangers_guess(app: Flask, visitor: Visitor) -> None:
    reference, code = visitor.complain()
    for source in range(3):
        stranger = Visitor(app)
        token = stranger.token()
        stranger.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{source + 1}"
        for _ in range(30):
            assert stranger.post("track", {"reference": reference, "code": OTHER_CODE}, token=token).status == 422
        refused = stranger.post("track", {"reference": reference, "code": OTHER_CODE}, token=token)
        assert (refused.status, refused.heading) == (429, "Please wait a little")
        assert visitor.open(reference, code).status == 303


def test_guessing_is_slowed_down_for_a_source(app: Flask, visitor: Visitor) -> None:
    for number in range(30):
        other = references.new_reference(lambda letters, number=number: letters[number % 23])
        assert (
            visitor.open(other, OTHER_CODE if number < 23 else references.new_code(lambda all_: all_[2])).status == 422
        )
    assert visitor.open(OTHER_REFERENCE, OTHER_CODE).status == 429


def test_a_visit_lasts_an_hour(visitor: Visitor, clock: StoppedClock) -> None:
    visitor.open(*visitor.complain())
    clock.move_to(THURSDAY.replace(hour=10, minute=59))
    assert visitor.get("my-complaint").status == 200
    clock.move_to(THURSDAY.replace(hour=11))
    assert visitor.get("my-complaint").location == "/ids/track"


def test_a_visit_grows_by_a_press_and_not_by_looking(app: Flask, visitor: Visitor, clock: StoppedClock) -> None:
    visitor.open(*visitor.complain())
    clock.move_to(THURSDAY.replace(hour=10, minute=59))
    page = visitor.get("my-complaint")
    assert "Open on this device until 17 December 2026 at 11:00am" in page.words
    assert 'data-ends-in="60"' in page.html
    with statements(app) as seen:
        assert "until 17 December 2026 at 11:00am" in visitor.get("stay").words
    assert not [each for each in seen if not str(each).startswith("SELECT")]
    assert visitor.post("stay", token="forged").location == "/ids/stay"
    assert "until 17 December 2026 at 11:00am" in visitor.get("stay").words
    assert visitor.post("stay").location == "/ids/stay"
    page = visitor.get("stay")
    assert "It stays open for another hour" in page.words
    assert "until 17 December 2026 at 11:59am" in page.words
    clock.move_to(THURSDAY.replace(hour=11, minute=59))
    assert visitor.post("stay").location == "/ids/stay"  # what has ended is not opened again
    assert visitor.get("stay").location == "/ids/track"
    assert visitor.get("my-complaint").location == "/ids/track"


def test_signing_out_ends_the_visit_on_the_server(visitor: Visitor) -> None:
    visitor.open(*visitor.complain())
    kept = visitor.client.get_cookie("portal").value
    assert visitor.post("sign-out").location == "/ids/signed-out"
    assert visitor.get("signed-out").heading == "You have signed out"
    visitor.client.set_cookie("portal", kept)
    assert visitor.get("my-complaint").location == "/ids/track"


def test_signing_out_needs_a_press_of_the_button(visitor: Visitor) -> None:
    visitor.open(*visitor.complain())
    visitor.post("sign-out", token="forged")
    assert visitor.get("my-complaint").status == 200


def test_a_new_code_ends_the_old_one_and_its_visit(app: Flask, visitor: Visitor, office: Office) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    new = office.issue_code(reference, THURSDAY.date())
    assert visitor.get("my-complaint").location == "/ids/track"
    assert visitor.open(reference, code).errors == NOT_FOUND
    assert visitor.open(reference, new).location == "/ids/my-complaint"


@pytest.mark.parametrize(
    "path",
    [
        "my-complaint",
        "my-complaint/what-you-told-us",
        "my-complaint/stage-2",
        "my-complaint/stage-2/received",
        "my-complaint/letters/00000000-0000-0000-0000-000000000000",
    ],
)
def test_every_page_of_a_complaint_asks_a_stranger_for_the_code(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).location == "/ids/track"


def test_an_expired_session_asks_again(visitor: Visitor) -> None:
    page = visitor.post("track", {"reference": OTHER_REFERENCE, "code": OTHER_CODE}, token="of-yesterday")
    assert page.status == 422
    assert page.value("reference") == OTHER_REFERENCE
