"""A running portal, its clock stopped, and an office whose people sit in front of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal import create_app
from portal.clock import StoppedClock
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

SECRET = "not-a-real-secret-not-a-real-secret"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(ten_oclock(MONDAY))


@pytest.fixture
def app(database: Database, clock: StoppedClock) -> Iterator[Flask]:
    url = database.url.render_as_string(hide_password=False)
    app = create_app(Settings(secret_key=SECRET, database_url=url), clock)
    app.extensions["database"].close()
    app.extensions["database"] = database
    app.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    yield app
    limiter.reset()


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
