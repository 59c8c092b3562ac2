"""Signing in and out: who gets in, what everybody else learns (nothing), and what becomes of typed words."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from limits import RateLimitItemPerDay, parse

from portal.domain.staff import SHORTEST_PASSWORD
from portal.records.models import User
from portal.web.account import routes, security
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.account.conftest import PASSWORD
from tests.web.staff.browser import HTMX, Browser
from tests.web.staff.test_acts import DEFINITION

pytestmark = pytest.mark.on_both

WRONG = "The email address or the password is not right"


def enter(browser: Browser, email: str, password: str = PASSWORD, **more: str):
    return browser.post("sign-in", {"email": email, "password": password, **more})


def leave_for(browser: Browser, seconds: int) -> None:
    """Nobody touches the browser for so long."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - seconds

    with browser.app.app_context(), patch.object(security, "TimestampSigner", Earlier):
        stamp = security._signer().sign(b"seen").decode()
    with browser.client.session_transaction() as cookie:
        cookie[security.SEEN] = stamp


def test_signing_in_leads_to_the_queue(browser: Browser, email: str) -> None:
    assert enter(browser, email.upper()).location == "/ids/staff/"
    assert browser.get().status == 200
    assert browser.get("sign-in").location == "/ids/staff/"


def test_nobody_learns_which_part_was_wrong(app: Flask, browser: Browser, email: str, office: Office) -> None:
    other = Browser(app, "ivh")
    with app.extensions["database"].session() as session:
        without_password = session.get_one(User, office.colleague.user_id).email
    answers = [
        enter(browser, email, "wrong"),
        enter(browser, "nobody@example.org"),
        enter(browser, without_password),
        enter(other, email),
    ]
    assert [page.status for page in answers] == [422] * 4
    assert [page.errors for page in answers] == [{"#email": WRONG}] * 4


@pytest.mark.parametrize("who", ["nobody@example.org", None])
def test_every_failure_costs_one_hash(app: Flask, browser: Browser, email: str, who: str | None) -> None:
    with (
        patch.object(security, "hash_password", wraps=security.hash_password) as hashed,
        patch.object(User, "verify_and_update_password", autospec=True, return_value=False) as verified,
    ):
        enter(browser, who or email, "wrong")
    assert hashed.call_count + verified.call_count == 1


def test_an_account_that_was_switched_off_gets_no_further(app: Flask, browser: Browser, email: str, office) -> None:
    enter(browser, email)
    with app.extensions["database"].unit_of_work() as session:
        session.get_one(User, office.lead.user_id).active = False
    assert browser.get().status == 303
    assert enter(browser, email).errors == {"#email": WRONG}


def test_guessing_is_slowed_down_for_the_account(browser: Browser, email: str) -> None:
    for _ in range(10):
        assert enter(browser, email, "wrong").status == 422
    assert enter(browser, email, "wrong").status == 429
    assert enter(browser, email).status == 429
    assert enter(browser, "somebody.else@example.org", "wrong").status == 422


def at(browser: Browser, address: str) -> Browser:
    elsewhere = Browser(browser.app)
    elsewhere.client.environ_base["REMOTE_ADDR"] = address
    return elsewhere


def test_a_stranger_keeps_nobody_out_of_their_account(browser: Browser, email: str) -> None:
    stranger = at(browser, "192.0.2.66")
    assert [enter(stranger, email, "wrong").status for _ in range(40)] == [422] * 10 + [429] * 30
    assert enter(stranger, email).status == 429
    assert enter(browser, email).status == 303


def test_guesses_from_many_sources_are_slowed_down_for_every_source_and_the_owner_gets_in(
    browser: Browser, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guess(address: str, times: int) -> list[int]:
        return [enter(at(browser, address), email, "wrong").status for _ in range(times)]

    monkeypatch.setattr(routes, "FAILURES_FOR_ONE_ACCOUNT", RateLimitItemPerDay(12))
    assert guess("192.0.2.1", 11) == [422] * 10 + [429]
    assert guess("192.0.2.2", 8) == [422] * 7 + [429]  # two more, and then five for the rest of the day
    assert guess("2001:db8:0:1::1", 3) + guess("2001:db8:0:2::1", 3) == [422] * 5 + [429]  # one customer
    assert guess("192.0.2.3", 4) == [422] * 4
    assert enter(at(browser, "192.0.2.3"), email).status == 303
    assert enter(browser, email).status == 303


def test_a_days_guesses_at_one_account_are_few(browser: Browser) -> None:
    """What one source, and ten thousand of them, may try in a day: by hand 105 and 50,100."""
    assert parse(routes.FROM_ONE_SOURCE_WHILE_GUESSED).GRANULARITY.name == "day"
    for_each = parse(routes.FROM_ONE_SOURCE_WHILE_GUESSED).amount
    one, many = (routes.FAILURES_FOR_ONE_ACCOUNT.amount + sources * for_each for sources in (1, 10_000))
    assert (one, many) == (105, 50_100)
    # Of passwords of twelve small letters drawn at random.
    assert one / 26**SHORTEST_PASSWORD < 1e-14
    assert many / 26**SHORTEST_PASSWORD < 1e-12


@pytest.mark.parametrize("spelling", ["{}\x01", " \x02{}", "\x7f{}\x7f"])
def test_no_other_spelling_of_an_address_gives_more_guesses(browser: Browser, email: str, spelling: str) -> None:
    for _ in range(10):
        enter(browser, email, "wrong")
    assert enter(browser, spelling.format(email.upper()), "wrong").status == 429


def test_empty_and_endless_words_are_refused_kindly(browser: Browser, email: str) -> None:
    assert enter(browser, "", "").errors == {"#email": "Enter your email address", "#password": "Enter your password"}
    assert "#password" in enter(browser, email, "x" * 100_000).errors
    assert "#email" in enter(browser, "x" * 100_000, "x").errors
    assert enter(browser, "nul\0@example.org", "nul\0").status == 422


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/ids/staff/?view=mine", "/ids/staff/?view=mine"),
        ("/ids/staff/cases/H4KM-72Q", "/ids/staff/cases/H4KM-72Q"),
        ("https://example.org/", "/ids/staff/"),
        ("//example.org/ids/staff/", "/ids/staff/"),
        ("/ids/staff//example.org", "/ids/staff/"),
        ("/\\example.org", "/ids/staff/"),
        ("/ivh/staff/", "/ids/staff/"),
        ("javascript:alert(1)", "/ids/staff/"),
        ("//[", "/ids/staff/"),
        ("/ids/staff/\r\nSet-Cookie: a=b", "/ids/staff/"),
        ("", "/ids/staff/"),
    ],
)
def test_signing_in_leads_only_to_our_own_pages(browser: Browser, email: str, wanted: str, reached: str) -> None:
    assert enter(browser, email, next=wanted).location == reached


def test_the_session_begins_anew(browser: Browser, email: str) -> None:
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    enter(browser, email)
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "_remember" not in cookie
    assert browser.client.get_cookie("remember_token") is None


def test_signing_out_takes_a_post(browser: Browser, email: str) -> None:
    enter(browser, email)
    assert browser.get("sign-out").status in (404, 405)
    assert browser.post("sign-out").location == "/ids/staff/sign-in"
    assert browser.get().status == 303


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(app: Flask, browser: Browser, email: str) -> None:
    enter(browser, email)
    copied = browser.client.get_cookie("portal")
    thief = Browser(app)
    thief.client.set_cookie("portal", copied.value)
    assert thief.get().status == 200
    browser.post("sign-out")
    assert thief.get().status == 303
    assert enter(browser, email).status == 303


@pytest.mark.parametrize("path", ["", "record", "cases/H4KM-72Q", "cases/H4KM-72Q/acknowledge"])
def test_a_stranger_is_asked_to_sign_in_whatever_the_page(browser: Browser, office: Office, path: str) -> None:
    page = browser.get(path)
    assert page.status == 303
    assert page.location.startswith("/ids/staff/sign-in?next=")


def test_htmx_takes_the_whole_page_to_the_sign_in(browser: Browser, office: Office) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://localhost/ids/staff/?view=mine"}
    response = browser.client.get("/ids/staff/?view=overdue", headers=headers)
    assert response.headers["HX-Redirect"] == "/ids/staff/sign-in?next=/ids/staff/"
    assert response.text == ""


def test_an_hour_without_a_page_ends_the_session(browser: Browser, email: str) -> None:
    enter(browser, email)
    leave_for(browser, 59 * 60)
    assert browser.get().status == 200
    leave_for(browser, 61 * 60)
    assert browser.get().status == 303
    assert "You have been signed out" in browser.get("sign-in").words


def test_words_that_were_typed_outlive_the_session(browser: Browser, email: str, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    enter(browser, email)
    browser.app.config["WTF_CSRF_ENABLED"] = True  # only a form of our own is kept, which its token shows
    path = f"cases/{reference}/acknowledge"
    opened = browser.get(path)
    sent = {name: opened.value(name) for name in ("version", "csrf_token")} | {"press": "send"}
    leave_for(browser, 61 * 60)
    asked = browser.post(path, {**DEFINITION, **sent})
    assert asked.status == 401
    assert "What you typed is kept" in asked.words
    kept = {name: asked.value(name) for name in ("next", "kept", "csrf_token")}
    back = enter(browser, email, **kept)
    assert back.heading == "You are signed in again"
    again = browser.post(path, {name: back.value(name) for name in (*DEFINITION, "version", "press", "csrf_token")})
    assert again.status == 200
    assert again.value("points-2") == "Nobody called back"
    assert office.case(reference).case.now.acknowledged is None  # nothing was done with them meanwhile


def test_htmx_that_names_no_address_is_led_to_the_queue(browser: Browser, office: Office) -> None:
    response = browser.client.get("/ids/staff/", headers={**HTMX, "HX-Current-URL": "http://["})
    assert response.headers["HX-Redirect"] == "/ids/staff/sign-in?next=/ids/staff/"


def test_kept_words_that_cannot_be_written_are_left_out(browser: Browser, email: str) -> None:
    back = enter(browser, email, kept=json.dumps([["points-0", "The roof\ud800\0 leaks"]]))
    assert back.status == 200
    assert back.value("points-0") == "The roof leaks"


@pytest.mark.parametrize(
    "kept", ["[" * 100_000, "nonsense", "{}", "[1]", '[["press"]]', json.dumps([["csrf_token", "x"]])]
)
def test_kept_words_that_are_none_are_left(browser: Browser, email: str, kept: str) -> None:
    assert enter(browser, email, kept=kept).status == 303
