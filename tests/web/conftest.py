"""A running portal on one database, its clock stopped by the `clock` of whoever asks.

What a form does is an action, and what a page shows a query: `tests/records` tries what these ask on both databases,
and `test_every_route.py` opens each page and sends each form on PostgreSQL too. Pages that ask in ways of their own, or
count what they ask, or are sent what a database could choke on, are marked `on_both`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.clock import StoppedClock
from portal.records.database import Database
from portal.records.files import store_at
from portal.settings import Settings
from portal.web.limits import limiter


@pytest.fixture(scope="session")
def served() -> Flask:
    """Made once: nothing in it remembers who has asked, but for what `app` puts back."""
    made = create_app(Settings(secret_key="not-a-real-secret-" * 2, database_url="sqlite://"))
    made.extensions["database"].close()
    return made


@pytest.fixture
def app(served: Flask, database: Database, clock: StoppedClock, tmp_path: Path) -> Iterator[Flask]:
    config = dict(served.config)
    files = store_at((tmp_path / "files").as_uri())
    served.extensions |= {"database": database, "clock": clock, "files": files}
    limiter.reset()
    yield served
    limiter.reset()
    served.config.clear()
    served.config.update(config)
