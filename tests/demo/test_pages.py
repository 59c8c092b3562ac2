"""Nothing that the demonstration shows breaks a page, and its own pages do what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import create_app, landlords
from portal.demo.guide import PASSWORD, Guide
from portal.demo.runner import Demonstration
from portal.records.database import Database
from portal.records.models import ComplaintRow, EventRow, LetterRow
from portal.settings import Settings

HOSTILE = ("<script>alert(", 'href="javascript:', "<img src=x")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def guide(app: Flask) -> Guide:
    return app.extensions["demo"].guide


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


def send(client: FlaskClient, form_at: str, to: str, **fields: str) -> tuple[int, str]:
    """Fill in a form of one page, send it to an address, and say where that led."""
    answer = client.post(to, data={"csrf_token": token(client.get(form_at).text), **fields})
    return answer.status_code, answer.headers.get("Location", "")


def signed_in(client: FlaskClient, key: str, email: str) -> None:
    address = f"/{key}/staff/sign-in"
    status, _ = send(client, address, address, email=email, password=PASSWORD)
    assert status == 303, f"{email} could not sign in"


def one_of_each(database: Database, key: str) -> Iterator[str]:
    """A complaint of this landlord in each stage and status, and each odd one."""
    with database.session() as session:
        rows = session.scalars(select(ComplaintRow).where(ComplaintRow.landlord == key)).all()
    seen = set()
    for row in rows:
        odd = not row.resident_name.replace(" ", "").replace("-", "").isalpha()
        kind = (row.stage, row.status, row.flags, row.resident_name if odd else "")
        if kind not in seen:
            seen.add(kind)
            yield row.reference


@pytest.mark.parametrize("key", landlords.keys())
def test_staff_can_open_a_complaint_in_every_state(
    client: FlaskClient, database: Database, guide: Guide, key: str
) -> None:
    chapter = next(each for each in guide.chapters if each.landlord.key == key)
    signed_in(client, key, chapter.roles[0].email)
    for address in (f"/{key}/staff/", *(f"/{key}/staff/cases/{each}" for each in one_of_each(database, key))):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not any(words in answer.text for words in HOSTILE), address


@pytest.mark.parametrize("key", landlords.keys())
def test_residents_can_follow_what_the_guide_shows(client: FlaskClient, guide: Guide, key: str) -> None:
    chapter = next(each for each in guide.chapters if each.landlord.key == key)
    assert len(chapter.complaints) >= 5
    for each in chapter.complaints:
        status, place = send(client, f"/{key}/track", f"/{key}/track", reference=each.reference, code=each.code)
        assert status == 303
        assert client.get(place).status_code == 200


def test_everybody_in_the_guide_can_sign_in(app: Flask, guide: Guide) -> None:
    for person in (*guide.chapters[0].roles, guide.chapters[0].ranks[-1]):
        signed_in(app.test_client(), guide.chapters[0].landlord.key, person.email)


def test_the_guide_names_every_landlord_account_and_code(client: FlaskClient, guide: Guide) -> None:
    page = client.get("/demo").text
    for chapter in guide.chapters:
        assert chapter.landlord.name in page
        assert all(person.email in page for person in (*chapter.roles, *chapter.ranks))
        assert all(each.reference in page and each.code in page for each in chapter.complaints)


def test_a_link_of_the_guide_fills_in_who_signs_in_and_nothing_more(client: FlaskClient) -> None:
    page = client.get("/ids/staff/sign-in?email=lead@ids.example.org").text
    assert 'value="lead@ids.example.org"' in page
    assert PASSWORD not in page


def test_letters_are_listed_newest_first_to_the_last(client: FlaskClient, database: Database) -> None:
    address, seen = "/demo/letters?landlord=ms", []
    while address:
        page = client.get(address).text
        seen += re.findall(r'href="/demo/letters/([0-9a-f-]{36})"', page)
        assert ": ." not in page, "how far a letter has come is said of every one"
        older = re.search(r'href="([^"]+)" rel="next"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    with database.session() as session:
        stored = session.scalar(select(func.count()).select_from(LetterRow).where(LetterRow.landlord == "ms"))
    assert len(seen) == len(set(seen)) == stored


def test_a_link_that_somebody_asked_for_can_be_pressed(client: FlaskClient) -> None:
    assert "Links and codes" not in client.get("/demo/letters").text, "those of made-up pasts lead nowhere"
    first = "/ms/complain/what-happened"
    send(client, first, first, what_happened="The roof leaks.")
    send(client, "/ms/complain/save", "/ms/complain/save/link", email="somebody@example.org")
    link = re.search(r'href="http://127.0.0.1:5000(/ms/come-back/[0-9a-f]+)"', client.get("/demo/letters").text)
    assert link
    assert "Go on with what you were writing" in client.get(link[1]).text


def test_a_letter_is_shown_as_page_and_as_text(client: FlaskClient, database: Database) -> None:
    with database.session() as session:
        letter = session.scalars(select(LetterRow).limit(1)).one()
    page = client.get(f"/demo/letters/{letter.id}").text
    assert letter.subject in page
    assert "As plain text" in page


@pytest.mark.parametrize(
    "address",
    [
        "/demo/letters?landlord=nobody",
        "/demo/letters?after=yesterday",
        "/demo/letters/00000000-0000-4000-8000-000000000000",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.fixture
def own_app(demonstration: Demonstration, tmp_path: object) -> Iterator[Flask]:
    """The same demonstration; its clock is put back afterwards, which only a test can do."""
    clock = demonstration.app.extensions["clock"]
    moved = clock._moved
    yield demonstration.app
    clock._moved = moved


def missed(database: Database) -> int:
    with database.session() as session:
        query = select(func.count()).select_from(EventRow).where(EventRow.kind == "limit_missed")
        return session.scalar(query) or 0


def test_moving_the_clock_makes_limits_pass_at_once(own_app: Flask, database: Database) -> None:
    client, before, already = own_app.test_client(), own_app.extensions["clock"].today(), missed(database)
    status, place = send(client, "/demo", "/demo/clock", by="week", back="/ids/track?from=here")
    assert (status, place) == (303, "/ids/track?from=here")
    assert (own_app.extensions["clock"].today() - before).days == 7
    assert missed(database) > already


@pytest.mark.parametrize("by", ["", "-1", "year"])
def test_the_clock_takes_no_other_step(client: FlaskClient, app: Flask, by: str) -> None:
    before = app.extensions["clock"].today()
    assert send(client, "/demo", "/demo/clock", by=by)[0] == 400
    assert app.extensions["clock"].today() == before


def test_the_clock_is_not_moved_by_another_website(client: FlaskClient, app: Flask) -> None:
    before = app.extensions["clock"].today()
    assert client.post("/demo/clock", data={"by": "week"}).status_code == 400
    assert client.get("/demo/clock").status_code in (404, 405)
    assert app.extensions["clock"].today() == before


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "demo", ""]
)
def test_after_moving_nobody_is_sent_elsewhere(own_app: Flask, back: str) -> None:
    status, place = send(own_app.test_client(), "/demo", "/demo/clock", by="day", back=back)
    assert (status, place) == (303, "/demo")


@pytest.mark.parametrize("address", ["/demo", "/ids/", "/ids/track", "/nowhere/at/all"])
def test_the_bar_is_on_every_page_of_the_demonstration(client: FlaskClient, address: str) -> None:
    assert "This is a demonstration." in client.get(address).text


def test_without_the_demonstration_there_are_no_such_pages() -> None:
    app = create_app(Settings(secret_key="k" * 32, database_url="sqlite://"))
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("demo.")]
    client = app.test_client()
    for address in ("/demo", "/demo/letters", "/demo/clock"):
        assert client.get(address, follow_redirects=True).status_code == 404
        assert client.post(address).status_code in (308, 400, 404)
    assert "This is a demonstration." not in client.get("/").text


@pytest.mark.parametrize("after", ["2026-01-01", "0001-01-01T00:00+10:00", "2026-01-01T00:00:00+00:00", "nonsense"])
def test_a_page_of_letters_that_does_not_exist(client: FlaskClient, after: str) -> None:
    place = {"after": f"{after}_00000000-0000-0000-0000-000000000000"}
    assert client.get("/demo/letters", query_string=place).status_code == (200 if "00:00:00+" in after else 404)
