"""A running portal, its clock stopped, with a representative and a resident in two browsers of their own."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from portal.clock import LONDON, StoppedClock
from portal.records.database import Database
from tests.actions.office import Office
from tests.web.resident.visitor import Visitor

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(MONDAY)


@pytest.fixture
def daughter(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def resident(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def office(app: Flask, database: Database) -> Office:
    return Office(database, "ids")
