"""A running portal on each database, its clock stopped by the `clock` of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.clock import StoppedClock
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter


@pytest.fixture
def app(database: Database, clock: StoppedClock, tmp_path: Path) -> Iterator[Flask]:
    url = database.url.render_as_string(hide_password=False)
    app = create_app(
        Settings(secret_key="not-a-real-secret-" * 2, database_url=url, files_url=(tmp_path / "files").as_uri()), clock
    )
    app.extensions["database"].close()
    app.extensions["database"] = database
    limiter.reset()
    yield app
    limiter.reset()
