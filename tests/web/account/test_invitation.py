"""An invitation: opening it uses nothing up, it works once, and it ends with what came after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.disable_staff import disable_staff
from portal.actions.invite_again import invite_again
from portal.actions.invite_staff import invite_staff
from portal.clock import StoppedClock
from portal.domain.permissions import Role
from portal.domain.staff import Duties
from portal.records import links
from portal.records.database import Database
from portal.records.models import Link, LinkPurpose
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.account.conftest import PASSWORD
from tests.web.account.test_sign_in import enter
from tests.web.staff.browser import Browser

ADDRESS = "new.colleague@example.org"


@pytest.fixture
def told(app: Flask) -> dict[str, Any]:
    return {"secret_key": app.extensions["settings"].secret_key, "now": ten_oclock(MONDAY)}


@pytest.fixture
def user_id(office: Office, database: Database, told: dict[str, Any]) -> int:
    with database.unit_of_work() as session:
        duties = Duties(roles=(Role.HANDLER,), rank="officer")
        return invite_staff(session, office.administrator, "New Colleague", ADDRESS, duties, **told).id


def address(app: Flask, database: Database) -> str:
    """What the newest email leads to."""
    with database.session() as session:
        query = select(Link).where(Link.purpose == LinkPurpose.INVITATION).order_by(Link.expires_at.desc(), Link.id)
        found = [each for each in session.scalars(query) if each.expires_at > ten_oclock(MONDAY)]
    return f"invitation/{links.token_of(app.extensions['settings'].secret_key, found[0].id)}"


def test_opening_it_uses_nothing_up_and_the_password_that_is_chosen_opens_the_account(
    app: Flask, browser: Browser, user_id: int, database: Database
) -> None:
    invitation = address(app, database)
    for _ in range(5):
        assert browser.get(invitation).status == 200
        assert browser.client.head(browser.address(invitation)).status_code == 200
    assert enter(browser, ADDRESS, "").status == 422
    assert browser.post(invitation, {"password": "short"}).errors.keys() == {"#password"}
    page = browser.post(invitation, {"password": PASSWORD})
    assert page.location == f"/ids/staff/sign-in?email={ADDRESS}"
    assert enter(browser, ADDRESS).location == "/ids/staff/"
    assert browser.get().status == 200
    for again in (browser.get(invitation), browser.post(invitation, {"password": "another password here"})):
        assert again.status == 404
    assert enter(Browser(app), ADDRESS).status == 303


def test_another_invitation_ends_the_first_and_serves_who_forgot_the_password(
    app: Flask, browser: Browser, user_id: int, office: Office, database: Database, told: dict[str, Any]
) -> None:
    first = address(app, database)
    with database.unit_of_work() as session:
        invite_again(session, office.administrator, user_id, **told)
    assert browser.get(first).status == 404
    assert browser.post(address(app, database), {"password": PASSWORD}).status == 303


@pytest.mark.parametrize("how", ["a week later", "kept out", "another landlord", "nonsense"])
def test_when_it_is_over(
    app: Flask, browser: Browser, user_id: int, office: Office, database: Database, told, clock: StoppedClock, how: str
) -> None:
    invitation = address(app, database)
    if how == "a week later":
        clock.move_to(ten_oclock(MONDAY + timedelta(days=7)))
    if how == "kept out":
        with database.unit_of_work() as session:
            disable_staff(session, office.administrator, user_id, **told)
    if how == "another landlord":
        browser = Browser(app, "ivh")
    if how == "nonsense":
        invitation = "invitation/" + "0" * 64
    assert browser.get(invitation).status == 404
    assert browser.post(invitation, {"password": PASSWORD}).status == 404
    assert enter(Browser(app), ADDRESS).status == 422


def test_whoever_was_signed_in_on_this_computer_is_signed_out(
    app: Flask, user_id: int, office: Office, database: Database
) -> None:
    computer = Browser(app).sign_in(office.lead)
    assert computer.post(address(app, database), {"password": PASSWORD}).status == 303
    assert computer.get().status == 303
