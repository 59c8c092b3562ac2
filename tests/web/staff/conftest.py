"""A running portal, its clock stopped, and an office whose people sit in front of it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.clock import StoppedClock
from portal.records.database import Database
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.staff.browser import Browser


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(ten_oclock(MONDAY))


@pytest.fixture
def app(app: Flask) -> Flask:
    """The same portal, which takes forms without a token: these tests are not about forged ones."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, "ids")


@pytest.fixture
def lead(app: Flask, office: Office) -> Browser:
    """A complaints officer who is signed in."""
    return Browser(app).sign_in(office.lead)


@pytest.fixture
def handler(app: Flask, office: Office) -> Browser:
    """Somebody of the rank that answers stage 1, signed in."""
    return Browser(app).sign_in(office.handler)
