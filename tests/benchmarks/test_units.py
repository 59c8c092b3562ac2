"""Each unit of the benchmark does what it says, on one case and without a watch, so that the benchmark cannot rot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask_security import hash_password

from portal.records import chain
from portal.records.database import Database
from portal.web.limits import limiter
from tests.benchmarks import copying, seeding
from tests.benchmarks import floor as bare
from tests.benchmarks.apps import portal_on
from tests.benchmarks.measuring import Counted, count, try_floor
from tests.benchmarks.supply import LANDLORD, PASSWORD, Supply
from tests.benchmarks.units import UNITS, Floor, Portal, Unit


@dataclass(frozen=True)
class Data:
    path: Path
    supply: Supply


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("benchmark")
    with portal_on(f"sqlite:///{folder}/password.db").app_context():
        password_hash = hash_password(PASSWORD)
    limiter.reset()
    path = folder / "source.db"
    return Data(path, seeding.seed(path, 1, password_hash, to_answer=2, to_submit=2))


def by_key(unit: Unit) -> str:
    return unit.key


@pytest.fixture
def copied(data: Data, database: Database) -> str:
    """The data on SQLite and on PostgreSQL, in which nobody has done anything yet."""
    copying.copy(data.path, database)
    database.close()
    return database.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("unit", UNITS, ids=by_key)
def test_a_unit_of_the_portal(copied: str, data: Data, unit: Unit) -> None:
    asked: Counted = count(copied, Portal(data.supply), unit.key)
    assert asked.statements <= unit.statements
    assert asked.kilobytes <= (unit.kilobytes or 1_000)


@pytest.mark.parametrize("unit", UNITS, ids=by_key)
def test_a_unit_of_the_floor(data: Data, tmp_path: Path, unit: Unit) -> None:
    url = f"sqlite:///{tmp_path}/floor.db"
    bare.fill(url, 1, data.supply)
    try_floor(url, Floor(data.supply), unit.key)


def test_many_cases_made_from_few_are_lawful(data: Data, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/many.db")
    copying.copy(data.path, database)
    copying.multiply(database, LANDLORD, [data.supply.reference], 5)
    with database.session() as session:
        assert chain.verify(session, LANDLORD) is None
    database.close()
