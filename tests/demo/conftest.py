"""One demonstration for all of these tests: making it takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.demo.runner import Demonstration
from portal.records.database import Database

MORNING = "2026-12-17T10:00"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A whole one, made on a Thursday before Christmas."""
    made = Demonstration(tmp_path_factory.mktemp("demo"), {"PORTAL_CLOCK": MORNING}, "http://127.0.0.1:5000")
    made.fill()
    made.open()
    yield made
    made.app.extensions["database"].close()


@pytest.fixture(scope="session")
def app(demonstration: Demonstration) -> Flask:
    return demonstration.app


@pytest.fixture(scope="session")
def database(app: Flask) -> Database:
    return app.extensions["database"]
