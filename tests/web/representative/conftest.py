"""A running portal, and the office of an MP whose one member is not signed in yet."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.clock import StoppedClock
from portal.records.database import Database
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.web.representative.member import Known, Member, an_office


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(ten_oclock(MONDAY))


@pytest.fixture
def office(app: Flask, database: Database) -> Office:
    """The landlord's people."""
    return Office(database, "ids")


@pytest.fixture
def known(office: Office) -> Known:
    return an_office(office)


@pytest.fixture
def member(app: Flask) -> Member:
    return Member(app)
