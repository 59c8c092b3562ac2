"""Tests of actions run on both databases, in an office of their own."""

from __future__ import annotations

import pytest

from portal.records.database import Database
from tests.actions.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    """The people of a landlord whose policy asks nothing unusual."""
    return Office(database, "ids")
