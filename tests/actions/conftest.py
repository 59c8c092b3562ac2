"""Tests of actions run in an office of their own, on one database.

What they ask of it is in `portal/records`. Marked `on_both` is what sends PostgreSQL a statement that no other test
sends it, or is about what the database itself refuses; `test_any_moves.py` goes its random ways on both.
"""

from __future__ import annotations

import pytest

from portal.records.database import Database
from tests.actions.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    """The people of a landlord whose policy asks nothing unusual."""
    return Office(database, "ids")
