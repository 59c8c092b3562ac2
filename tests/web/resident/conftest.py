"""A running portal on each database, its clock stopped, and a resident in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from portal import create_app
from portal.clock import LONDON, StoppedClock
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import Office
from tests.web.resident.visitor import Visitor

SECRET = "not-a-real-secret-not-a-real-secret"
THURSDAY = datetime(2026, 12, 17, 10, 0, tzinfo=LONDON)
"""Christmas lies ahead, so that a date counted by calendar days would be seen to be wrong."""


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(THURSDAY)


@pytest.fixture
def app(database: Database, clock: StoppedClock) -> Iterator[Flask]:
    url = database.url.render_as_string(hide_password=False)
    app = create_app(Settings(secret_key=SECRET, database_url=url), clock)
    app.extensions["database"].close()
    app.extensions["database"] = database
    limiter.reset()
    yield app
    limiter.reset()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def office(app: Flask, database: Database) -> Office:
    """The landlord's side of the same complaints."""
    return Office(database, "ids")
