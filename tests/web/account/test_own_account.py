"""What staff see to for themselves: password, second step, recovery codes, and where they are signed in."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.records.database import Database
from portal.records.models import Link, RecoveryCode, StaffEntry, User
from tests.actions.office import Office
from tests.web.account.app import App
from tests.web.account.conftest import PASSWORD
from tests.web.account.test_second_step import codes_of
from tests.web.account.test_sign_in import enter
from tests.web.staff.browser import Browser

NEW = "three quiet green boats"


@pytest.fixture
def signed_in(browser: Browser, email: str) -> Browser:
    enter(browser, email)
    return browser


def changes(database: Database) -> list[str]:
    with database.session() as session:
        return [each.change.value for each in session.scalars(select(StaffEntry).order_by(StaffEntry.id))]


def told(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(select(Link.about).order_by(Link.written_at, Link.about)))


def test_every_role_has_its_own_account(app: Flask, office: Office) -> None:
    for who in ("handler", "lead", "administrator", "oversight", "recorder", "reviewer", "adjustments_lead", "auditor"):
        page = Browser(app).sign_in(getattr(office, who)).get("account")
        assert page.status == 200, who
        assert getattr(office, who).name in page.words


def test_a_new_password_ends_every_other_session_and_is_told(
    app: Flask, signed_in: Browser, email: str, database: Database
) -> None:
    elsewhere = Browser(app)
    enter(elsewhere, email)
    assert signed_in.post("account/password", {"before": PASSWORD, "password": NEW}).status == 303
    assert signed_in.get("account").status == 200
    assert elsewhere.get().status == 303
    assert enter(Browser(app), email).status == 422
    assert enter(Browser(app), email, NEW).status == 303
    assert changes(database) == ["password_changed"]
    assert told(database) == ["password_changed"]


@pytest.mark.parametrize(
    ("before", "password", "field", "words"),
    [
        ("wrong", NEW, "#before", "not your password"),
        ("", NEW, "#before", "Enter your present password"),
        (PASSWORD, "", "#password", "Enter a new password"),
        (PASSWORD, "short", "#password", "at least 12"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", "#password", "more different characters"),
        (PASSWORD, "x" * 2_000, "#password", "longer"),
    ],
)
def test_a_password_that_would_be_guessed_is_not_taken(
    signed_in: Browser, database: Database, before: str, password: str, field: str, words: str
) -> None:
    page = signed_in.post("account/password", {"before": before, "password": password})
    assert page.status == 422
    assert words in page.errors[field]
    assert changes(database) == []


def test_nor_is_one_with_the_email_address_in_it(signed_in: Browser, email: str) -> None:
    page = signed_in.post("account/password", {"before": PASSWORD, "password": f"my {email.upper()} my"})
    assert "email address" in page.errors["#password"]


def test_a_computer_that_was_left_open_is_no_place_to_try_passwords(signed_in: Browser) -> None:
    tries = [signed_in.post("account/password", {"before": f"no {n}", "password": NEW}).status for n in range(12)]
    assert tries == [422] * 10 + [429] * 2


def test_sessions_elsewhere_end_and_this_one_goes_on(app: Flask, signed_in: Browser, email: str) -> None:
    elsewhere = Browser(app)
    enter(elsewhere, email)
    assert elsewhere.get().status == 200
    assert signed_in.post("account/sessions").status == 303
    assert elsewhere.get().status == 303
    assert signed_in.get().status == 200


def test_the_second_step_is_set_up_renewed_and_moved_to_another_telephone(
    signed_in: Browser, office: Office, database: Database
) -> None:
    assert signed_in.get("account/second-step").status == 303, "nothing was begun"
    assert signed_in.post("account/second-step/begin").location == "/ids/staff/account/second-step"
    first = App.that_read(signed_in.get("account/second-step").words)
    assert signed_in.post("account/second-step", {"code": "000000"}).errors.keys() == {"#code"}
    codes = codes_of(signed_in.post("account/second-step", {"code": first.code()}))
    assert len(codes) == 10
    assert signed_in.post("account/recovery-codes", {"codes-code": "000000"}).errors.keys() == {"#codes-code"}
    page = signed_in.post("account/recovery-codes", {"codes-code": codes[0]})
    newer = codes_of(page)
    assert not set(codes) & set(newer)
    with database.session() as session:
        assert len(session.scalars(select(RecoveryCode)).all()) == 10
    assert signed_in.post("account/second-step/begin", {"replace-code": codes[1]}).status == 422, "it is worth nothing"
    assert signed_in.post("account/second-step/begin", {"replace-code": newer[0]}).status == 303
    second = App.that_read(signed_in.get("account/second-step").words)
    assert signed_in.post("account/second-step", {"code": first.code(1)}).status == 422
    assert signed_in.post("account/second-step", {"code": second.code()}).status == 200
    assert second.made.key != first.made.key
    assert changes(database) == [
        "second_step_set_up",
        "code_used",
        "codes_made",
        "code_used",
        "second_step_set_up",
    ]
    assert sorted(told(database)) == sorted(changes(database))
    with database.session() as session:
        assert session.get_one(User, office.lead.user_id).totp_counter is not None


def test_whoever_signs_in_elsewhere_has_no_password_here_to_change(app: Flask, office: Office) -> None:
    page = Browser(app).sign_in(office.handler).get("account")
    assert "Change your password" not in page.words
    sent = Browser(app).sign_in(office.handler).post("account/password", {"before": "x", "password": NEW})
    assert sent.status == 404
