"""One demonstration for all of these tests: making it takes seconds."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.demo.runner import Demonstration
from portal.records.database import Database

MORNING = "2026-12-17T10:00"
ADDRESS = "http://127.0.0.1:5000"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A whole one, made on a Thursday before Christmas, and opened again as on another day."""
    folder = tmp_path_factory.mktemp("demo") / "copy"
    shutil.copytree(_filled(tmp_path_factory), folder)
    made = Demonstration(folder, {"PORTAL_CLOCK": MORNING}, ADDRESS)
    made.open()
    yield made
    made.app.extensions["database"].close()


def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where there is one that nobody has touched: whichever of several test processes comes first has made it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    (shared / "filled").mkdir(exist_ok=True)
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = Demonstration(shared / "filled", {"PORTAL_CLOCK": MORNING}, ADDRESS)
        if made.is_new:
            made.fill()
        made.app.extensions["database"].close()
    return shared / "filled"


@pytest.fixture(scope="session")
def app(demonstration: Demonstration) -> Flask:
    return demonstration.app


@pytest.fixture(scope="session")
def database(app: Flask) -> Database:
    return app.extensions["database"]
