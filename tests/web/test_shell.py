"""What every page has in common: refused by default, nothing inline, a kind error, one landlord at a time."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient
from markupsafe import escape

from portal import create_app, landlords
from portal.domain.permissions import Action
from portal.settings import Settings
from portal.web.access import mark_of, public, requires
from portal.web.fragments import page_or_fragment, see_other

SECRET = "not-a-real-secret-not-a-real-secret"
LANDLORD = "ids"


@pytest.fixture
def app() -> Flask:
    app = create_app(Settings(secret_key=SECRET, database_url="sqlite://"))
    app.register_blueprint(trial_pages())
    return app


@pytest.fixture(autouse=True)
def every_landlord_again() -> Iterator[None]:
    """Which landlords are served is known to the whole process."""
    yield
    landlords.load()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def trial_pages() -> Blueprint:
    """Routes of every kind, which no real page needs to lend itself for."""
    trial = Blueprint("trial", __name__, url_prefix="/<landlord>/trial")

    @trial.get("/unmarked")
    def unmarked() -> str:
        return "should never be seen"

    @trial.get("/staff")
    @requires(Action.SEE_QUEUE)
    def staff() -> str:
        return "should not be seen by a stranger"

    @trial.get("/open")
    @public
    def open_to_all() -> str:
        return "open"

    @trial.route("/form", methods=["GET", "POST"])
    @public
    def form() -> object:
        return see_other("/elsewhere")

    @trial.get("/broken")
    @public
    def broken() -> str:
        raise ValueError("the name of a resident")

    @trial.get("/part")
    @public
    def part() -> object:
        return page_or_fragment("about/privacy.html", "errors/404.html", status=int(request.args["status"]))

    return trial


def at(path: str) -> str:
    return f"/{LANDLORD}/trial/{path}"


def test_a_route_that_says_nothing_is_refused(client: FlaskClient) -> None:
    assert client.get(at("unmarked")).status_code == 404


def test_a_route_for_staff_is_not_there_for_a_stranger(client: FlaskClient) -> None:
    refused = client.get(at("staff"))
    assert refused.status_code in {303, 404}
    assert b"should not be seen" not in refused.data


def test_a_public_route_is_open(client: FlaskClient) -> None:
    assert client.get(at("open")).text == "open"


def test_every_route_of_the_portal_is_marked(app: Flask) -> None:
    with app.app_context():
        unmarked = [name for name in app.view_functions if mark_of(name) is None]
    assert unmarked == ["trial.unmarked"], "mark these with @public or @requires(Action...)"


def test_an_unknown_landlord_is_a_page_that_does_not_exist(client: FlaskClient) -> None:
    missing = client.get("/nobody/accessibility")
    assert missing.status_code == 404
    assert "We cannot find this page" in missing.text


def test_only_the_landlords_that_are_served_have_pages() -> None:
    client = create_app(Settings(secret_key=SECRET, database_url="sqlite://", landlords=("ms",))).test_client()
    assert client.get("/ms/privacy").status_code == 200
    assert client.get("/ids/privacy").status_code == 404
    assert client.get("/").location.startswith("/ms")


def test_with_several_landlords_the_front_door_offers_each(client: FlaskClient) -> None:
    front = client.get("/").text
    assert all(escape(landlords.landlord(key).name) in front for key in landlords.keys())


def test_every_answer_forbids_what_is_inline_and_is_not_kept(client: FlaskClient) -> None:
    for path in (f"/{LANDLORD}/privacy", "/nowhere", at("broken")):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_and_transport_are_strict_where_the_address_is_https() -> None:
    app = create_app(Settings(secret_key=SECRET, database_url="sqlite://", base_url="https://complaints.example.org"))
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert "Strict-Transport-Security" in app.test_client().get("/health").headers


def test_our_own_mistake_gives_a_reference_and_logs_no_data(client: FlaskClient, capsys, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get(at("broken"))
    logged = capsys.readouterr().out + caplog.text
    failed = next(json.loads(line) for line in logged.splitlines() if '"failed"' in line)
    assert answer.status_code == 500
    assert failed["reference"] in answer.text
    assert failed["kind"] == "ValueError"
    assert "the name of a resident" not in logged + answer.text


def test_the_log_of_a_request_holds_no_query(client: FlaskClient, capsys) -> None:
    client.get(at("open") + "?name=somebody")
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (line["route"], line["status"]) == ("/<landlord>/trial/open", 200)
    assert "somebody" not in json.dumps(line)


def test_a_stale_form_says_that_nothing_is_lost(client: FlaskClient) -> None:
    answer = client.post(at("form"), data={"words": "mine"})
    assert answer.status_code == 400
    assert "Nothing is lost" in answer.text


def test_a_form_of_many_long_answers_is_read_and_a_larger_one_kindly_refused(client: FlaskClient) -> None:
    long = client.post(at("form"), data={"words": "😀" * 100_000})
    assert long.status_code == 400  # it was read: what it lacks is its token
    assert client.post(at("form"), data={"words": "x" * 5_000_000}).status_code == 413


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_the_part_and_everyone_else_the_page(
    client: FlaskClient, headers: dict[str, str], whole: bool
) -> None:
    answer = client.get(at("part?status=422"), headers=headers)
    assert answer.status_code == 422
    assert ("What this website keeps" in answer.text) is whole
    assert "HX-Request" in answer.headers["Vary"]


def test_the_method_that_a_page_does_not_have_is_told_in_words(client: FlaskClient) -> None:
    answer = client.put(at("open"))
    assert answer.status_code in {400, 405}
    assert "<h1" in answer.text


def test_demo_pages_exist_in_the_demo_alone(app: Flask) -> None:
    demo = create_app(Settings(secret_key=SECRET, database_url="sqlite://", demo=True))
    assert "demo" in demo.blueprints
    assert "demo" not in app.blueprints


def test_the_accessibility_page_is_dated_says_what_is_missing_and_how_to_complain_about_it(client: FlaskClient) -> None:
    page = client.get("/ids/accessibility").text
    for words in (
        "This page was written on",
        "What we know does not work yet",
        "have not tested it yet",
        "tel:",
    ):
        assert words in page
    assert 'href="/ids/"' in page.split("You can also complain about it")[1].split("</p>")[0]
    assert "no part that fails" not in page
