"""A running portal, its clock stopped, and a resident in front of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from portal.clock import LONDON, StoppedClock
from portal.records.database import Database
from tests.actions.office import Office
from tests.web.resident.visitor import Visitor

THURSDAY = datetime(2026, 12, 17, 10, 0, tzinfo=LONDON)
"""Christmas lies ahead, so that a date counted by calendar days would be seen to be wrong."""


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(THURSDAY)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def office(app: Flask, database: Database) -> Office:
    """The landlord's side of the same complaints."""
    return Office(database, "ids")
