"""The second step: nobody is signed in before it, no code works twice, and whoever lost their telephone gets in."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from flask import Flask
from limits import RateLimitItemPerDay
from passlib.totp import TOTP
from sqlalchemy import func, select

from portal.domain.staff import Warned
from portal.records.database import Database
from portal.records.models import Link, RecoveryCode, StaffEntry, StaffWarning, User
from portal.web.account import second_step, security
from portal.web.account.authenticator import Authenticators
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.account.app import App
from tests.web.account.conftest import PASSWORD
from tests.web.account.test_sign_in import at, enter
from tests.web.staff.browser import Browser

STEP = "sign-in/second-step"
KEY = "a key of an installation, kept secret"


@pytest.fixture(autouse=True)
def _second_step_is_needed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], second_step=True))


def codes_of(page) -> list[str]:
    return [each.text for each in page.main.iter("code")]


@pytest.fixture
def set_up(browser: Browser, email: str, database: Database, office: Office) -> tuple[App, list[str]]:
    """The app of somebody who set it up a while ago and signed out again, and their recovery codes."""
    enter(browser, email)
    phone = App.that_read(browser.get(STEP).words)
    page = browser.post(STEP, {"code": phone.code()})
    assert browser.get().status == 200
    browser.post("sign-out")
    with database.unit_of_work() as session:
        session.get_one(User, office.lead.user_id).totp_counter = None
    return phone, codes_of(page)


def test_after_the_password_the_app_is_set_up_and_nobody_is_signed_in_before(
    browser: Browser, email: str, database: Database, office: Office
) -> None:
    page = enter(browser, email, next="/ids/staff/record")
    assert (page.status, page.location) == (303, "/ids/staff/sign-in/second-step?next=/ids/staff/record")
    for path in ("", "record", "account"):
        assert browser.get(path).status == 303, path
    page = browser.get(STEP)
    assert "<svg" in page.html
    phone = App.that_read(page.words)
    assert browser.post(STEP, {"code": "000000"}).errors.keys() == {"#code"}
    assert browser.get().status == 303
    page = browser.post(STEP, {"code": phone.code(), "next": "/ids/staff/record"})
    assert len(set(codes_of(page))) == 10
    assert next(each for each in page.main.iter("a")).get("href") == "/ids/staff/record"
    assert browser.get("record").status == 200
    with database.session() as session:
        user = session.get_one(User, office.lead.user_id)
        stored = session.scalars(select(RecoveryCode.code_hash)).all()
    assert phone.made.base32_key not in user.tf_totp_secret
    assert not set(stored) & set(codes_of(page))
    assert browser.get(STEP).location == "/ids/staff/sign-in?next=/ids/staff/", "shown once"


def test_then_each_sign_in_needs_a_code_and_none_works_twice(
    app: Flask, browser: Browser, email: str, set_up: tuple[App, list[str]]
) -> None:
    phone, _codes = set_up
    enter(browser, email)
    assert browser.get().status == 303
    code = phone.code()
    assert browser.post(STEP, {"code": f" {code[:3]} {code[3:]} "}).status == 303
    assert browser.get().status == 200
    other = Browser(app)
    enter(other, email)
    assert other.post(STEP, {"code": code}).status == 422, "it was used"
    assert other.post(STEP, {"code": phone.code(-1)}).status == 422, "it is older than one that was used"
    assert other.post(STEP, {"code": phone.code(1)}).status == 303


def test_clocks_that_are_one_step_wrong_are_taken_and_no_more() -> None:
    ours = Authenticators(KEY)
    secret = ours.generate_totp_secret()
    phone, noon = ours._totp.from_source(secret), 1_800_000_000
    for seconds, fits in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        code = phone.generate(time=noon + seconds).token
        assert (ours.moment_of(code, secret, None, at=noon) is not None) is fits, seconds
    taken = ours.moment_of(phone.generate(time=noon).token, secret, None, at=noon)
    assert taken == noon // 30
    for seconds in (-30, 0):
        assert ours.moment_of(phone.generate(time=noon + seconds).token, secret, taken, at=noon) is None
    assert Authenticators("another key").moment_of(phone.generate(time=noon).token, secret, None, at=noon) is None
    assert TOTP(phone.base32_key).base32_key not in secret


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "nul\0", "x" * 10_000])
def test_nonsense_is_refused_kindly(browser: Browser, email: str, set_up: tuple[App, list[str]], code: str) -> None:
    enter(browser, email)
    assert browser.post(STEP, {"code": code}).errors.keys() == {"#code"}
    assert browser.get().status == 303


def test_a_recovery_code_stands_in_once_and_its_owner_is_told(
    app: Flask, browser: Browser, email: str, set_up: tuple[App, list[str]], database: Database
) -> None:
    _phone, codes = set_up
    enter(browser, email)
    assert browser.post(STEP, {"code": codes[0].lower().replace("-", " ")}).status == 303
    assert "You have 9 recovery codes left" in browser.get("account").words
    other = Browser(app)
    enter(other, email)
    assert other.post(STEP, {"code": codes[0]}).status == 422
    with database.session() as session:
        assert session.scalar(select(func.count()).where(Link.about == "code_used", Link.to_address == email)) == 1
        assert session.scalar(select(func.count()).where(StaffEntry.change == "code_used")) == 1


def test_another_persons_recovery_code_is_none(
    app: Flask, browser: Browser, email: str, set_up: tuple[App, list[str]], office: Office, database: Database
) -> None:
    _phone, codes = set_up
    with database.unit_of_work() as session:
        colleague = session.get_one(User, office.colleague.user_id)
        colleague.password = session.get_one(User, office.lead.user_id).password
        colleague.tf_totp_secret = session.get_one(User, office.lead.user_id).tf_totp_secret
        address = colleague.email
    enter(browser, address)
    assert browser.post(STEP, {"code": codes[0]}).status == 422


def test_guessing_is_slowed_down_for_each_source_and_ends_for_the_account_but_not_for_its_owner(
    app: Flask, browser: Browser, email: str, set_up: tuple[App, list[str]], monkeypatch: pytest.MonkeyPatch, database
) -> None:
    phone, codes = set_up
    monkeypatch.setattr(second_step, "WRONG_CODES", RateLimitItemPerDay(12))

    def guesses(address: str, times: int) -> list[int]:
        thief = at(browser, address)
        enter(thief, email)
        return [thief.post(STEP, {"code": "000000"}).status for _ in range(times)]

    assert guesses("192.0.2.1", 6) == [422] * 5 + [429]
    assert warned(database) == []
    assert guesses("192.0.2.2", 6) == [422] * 5 + [429]
    assert warned(database) == [Warned.CODES]
    assert guesses("192.0.2.3", 3) == [422] * 3
    enter(browser, email)
    refused = browser.post(STEP, {"code": phone.code()})
    assert "Too many wrong codes" in refused.errors["#code"]
    assert browser.post(STEP, {"code": codes[0]}).status == 303
    assert warned(database) == [Warned.CODES], "once a day"
    # 30 codes a day, of which three are right at any moment: less than one chance in ten thousand.
    assert RateLimitItemPerDay(30).amount * 3 / 10**6 < 1e-4


def warned(database: Database) -> list[Warned]:
    with database.session() as session:
        return list(session.scalars(select(StaffWarning.warned)))


def test_many_wrong_passwords_are_told_whether_there_is_such_an_account_or_not(
    browser: Browser, email: str, database: Database, office: Office
) -> None:
    for address in (email, "nobody@example.org"):
        for number in range(25):
            enter(at(browser, f"192.0.2.{number}"), address, "wrong")
    with database.session() as session:
        found = session.scalars(select(StaffWarning).order_by(StaffWarning.id)).all()
    assert [(each.warned, each.user_id) for each in found] == [
        (Warned.PASSWORDS, office.lead.user_id),
        (Warned.PASSWORDS, None),
    ]


def test_the_time_between_the_two_steps_is_short(browser: Browser, email: str, set_up: tuple[App, list[str]]) -> None:
    phone, _codes = set_up
    enter(browser, email)
    with patch.object(second_step, "SECONDS", -1):
        assert browser.post(STEP, {"code": phone.code()}).location == "/ids/staff/sign-in"
    assert browser.get().status == 303


def test_who_is_switched_off_between_the_two_steps_gets_no_further(
    browser: Browser, email: str, set_up: tuple[App, list[str]], database: Database, office: Office
) -> None:
    phone, _codes = set_up
    enter(browser, email)
    with database.unit_of_work() as session:
        session.get_one(User, office.lead.user_id).active = False
    assert browser.post(STEP, {"code": phone.code()}).location == "/ids/staff/sign-in"


def test_at_another_landlord_it_is_not_there(app: Flask, browser: Browser, email: str) -> None:
    enter(browser, email)
    elsewhere = Browser(app, "ivh")
    elsewhere.client = browser.client
    assert elsewhere.get(STEP).status == 303


def test_a_session_from_before_it_was_needed_is_over(app: Flask, office: Office) -> None:
    assert Browser(app).sign_in(office.lead).get().status == 303


def test_no_session_lasts_longer_than_a_day_of_work(
    browser: Browser, email: str, set_up: tuple[App, list[str]]
) -> None:
    phone, _codes = set_up
    enter(browser, email)
    browser.post(STEP, {"code": phone.code()})
    assert browser.get().status == 200
    with patch.object(security, "LONGEST_SECONDS", -1):
        assert browser.get().status == 303


def test_typed_words_come_back_after_both_steps(
    browser: Browser, email: str, office: Office, set_up: tuple[App, list[str]]
) -> None:
    phone, _codes = set_up
    reference = office.submit(MONDAY)
    enter(browser, email)
    browser.post(STEP, {"code": phone.code()})
    with patch.object(security, "IDLE_SECONDS", -1):
        browser.app.config["WTF_CSRF_ENABLED"] = True
        token = browser.get("sign-in").value("csrf_token")
        browser.app.config["WTF_CSRF_ENABLED"] = False
        with patch("portal.web.account.routes.validate_csrf"):
            page = browser.post(f"cases/{reference}/withdraw", {"words": "She wrote so.", "csrf_token": token})
    assert page.status == 401
    fields = {"email": email, "password": PASSWORD, "next": page.value("next"), "kept": page.value("kept")}
    page = browser.post("sign-in", fields)
    assert page.status == 200, "the second step, with the words on its page and in no cookie"
    page = browser.post(STEP, {"code": phone.code(1), "next": page.value("next"), "kept": page.value("kept")})
    assert page.value("words") == "She wrote so."


def test_without_it_being_needed_whoever_has_set_it_up_is_asked_all_the_same(
    app: Flask, browser: Browser, email: str, set_up: tuple[App, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], second_step=False))
    assert "second-step" in enter(browser, email).location
    assert browser.get().status == 303
