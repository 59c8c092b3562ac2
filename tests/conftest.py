"""What any test may ask for: a database of its own, on SQLite and again on PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from portal import landlords
from portal.paths import folder
from portal.records import database as database_module
from portal.records import schema
from portal.records.database import Database
from portal.records.models import Base
from portal.web.account import security
from tests.page import CheckedClient

# Whatever page any test asks for is looked at, whether the test is about pages or not.
Flask.test_client_class = CheckedClient


class Compiled(BytecodeCache):
    """Templates as Python, so that an application of a test need not compile again what another has compiled."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.codes[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}

# A commit of a test need not outlast the machine, so it does not wait for the disk. Whether one does is a test.
DURABLE = database_module.prepare_sqlite


def _hurried(connection: Any, record: object) -> None:
    DURABLE(connection, record)
    connection.execute("PRAGMA synchronous = OFF")


database_module.prepare_sqlite = _hurried

# How long an example takes says something about the machine, and nothing about the portal.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# A password is hashed slowly so that it cannot be guessed; these are known anyway.
security.CONFIG["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
    "argon2__rounds": 1,
    "argon2__memory_cost": 8,
    "argon2__parallelism": 1,
}

# What pages show and actions do asks the database through `records` alone, whose tests run on both.
ON_ONE = {"web", "actions", "demo"}
ONE_DATABASE = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
POSTGRESQL = make_url(os.environ.get("PORTAL_TEST_POSTGRESQL_URL", "postgresql+psycopg://root@127.0.0.1:5432/postgres"))

PACKAGED = landlords.keys()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys first: they take longest, and whoever comes to the end earlier can take over what is short."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: to look through it again for what nobody needs took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _every_landlord_is_served_again() -> Iterator[None]:
    """One process serves one set of landlords, and an application of a test may have chosen a few."""
    yield
    if landlords.keys() != PACKAGED:
        landlords.load()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_one = ON_ONE.intersection(metafunc.definition.path.parts)
    if "database" in metafunc.fixturenames and (not on_one or metafunc.definition.get_closest_marker("on_both")):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with the schema that the migrations make."""
    made: Database = request.getfixturevalue(f"{getattr(request, 'param', ONE_DATABASE)}_database")
    return made


@pytest.fixture
def one_database(request: pytest.FixtureRequest) -> Database:
    """For what has nothing to do with where it is kept: SQLite, or the one that PORTAL_TEST_DATABASE names."""
    made: Database = request.getfixturevalue(f"{ONE_DATABASE}_database")
    return made


@pytest.fixture
def sqlite_database(_sqlite_template: Path, _sqlite_of_worker: Database) -> Iterator[Database]:
    path = Path(_sqlite_of_worker.url.database or "")
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    shutil.copyfile(_sqlite_template, path)
    yield _sqlite_of_worker
    _sqlite_of_worker.close()


@pytest.fixture
def postgresql_database(_postgresql_of_worker: Database) -> Iterator[Database]:
    with _postgresql_of_worker.engine.begin() as connection:
        empty(connection)
    yield _postgresql_of_worker
    _postgresql_of_worker.close()


def empty(connection: Connection) -> None:
    """Forget everything. The triggers that keep events do not fire for a replica, which this plays."""
    deletions = [f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)]
    connection.exec_driver_sql("; ".join(("SET LOCAL session_replication_role = replica", *deletions)))


def missing(what: str) -> None:
    """Skip a test that needs something that is not here, or fail it where nothing may be missing."""
    if os.environ.get("PORTAL_TEST_REQUIRE_ALL"):
        pytest.fail(f"{what} is required by PORTAL_TEST_REQUIRE_ALL and cannot be reached")
    pytest.skip(f"{what} cannot be reached")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "portal.db"
    made = Database(f"sqlite:///{path}")
    schema.upgrade(made, folder("migrations"))
    made.close()
    return path


@pytest.fixture(scope="session")
def _sqlite_of_worker(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One engine for one file after another: to compile a statement again takes longer than to run it."""
    return Database(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'own' / 'portal.db'}")


@pytest.fixture(scope="session")
def _postgresql_of_worker() -> Iterator[Database]:
    """A database of this test process, so that several can run side by side."""
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    name = f"portal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    except OperationalError:
        missing(f"PostgreSQL at {POSTGRESQL.host}:{POSTGRESQL.port}")
    made = Database(POSTGRESQL.set(database=name))
    schema.upgrade(made, folder("migrations"))
    yield made
    made.close()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()
