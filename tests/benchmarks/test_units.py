"""Each unit of the benchmark does what it says, on one case and without a watch, so that the benchmark cannot rot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

import pytest
from flask_security import hash_password
from sqlalchemy import select, text

from portal.demo import retelling
from portal.records.database import Database
from portal.records.models import ComplaintRow
from portal.web.limits import limiter
from tests.benchmarks import copying, lists, seeding
from tests.benchmarks import floor as bare
from tests.benchmarks.apps import portal_on
from tests.benchmarks.measuring import Counted, count, try_floor
from tests.benchmarks.supply import LANDLORD, PASSWORD, Supply
from tests.benchmarks.units import UNITS, Floor, Portal, Unit

# Statements and kB of HTML. Where these are more than our aims: W2 and W7 hand their letter over after the response,
# and note on its row that they do and that they did; both write down what the complaint is found by; W2 also checks
# that the reference is new and that the code still opens the complaint; W7 reads the case for the form, for its check,
# and again, locked, for the act; on SQLite each event is an INSERT of its own. Files are asked for wherever a case is
# shown, and a submission takes the draft's files along, looks whether adjustments were agreed with the same person
# before, and ends the draft's other keys. The queue's rows have seven cells with their headings for narrow screens; the
# case has the latest fifty lines of its history in words and every act that can be done; the tracking page says how
# long it stays open and in which languages it can be read. Each page about a case that staff are shown is written into
# the access log first, in one INSERT: W5 shows one, W7 two. A case shows what may belong to it, which
# PostgreSQL is told how to plan, how many notes staff wrote, which drafts of theirs wait and the ways to filter its
# history. W7 looks for a draft with its form, and forgets it with its letter. Pages for staff list the keys to press.
AT_MOST = {"W1": (1, 6), "W2": (21, 12), "W3": (3, 16), "W4": (6, 25), "W5": (11, 47), "W7": (36, 30)}


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
    return Data(path, seeding.seed(path, 3, password_hash, to_answer=2, to_submit=2))


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
    statements, kilobytes = AT_MOST[unit.key]
    assert asked.statements <= statements
    assert asked.kilobytes <= kilobytes


def test_lists_are_measured_with_the_indexes_that_they_go_by(copied: str) -> None:
    found = dict(lists.measured(copied, 1))
    assert {each.statements for name, each in found.items() if name.startswith("queue")} == {6}
    if copied.startswith("sqlite"):
        assert found["queue"].indexes == ("ix_complaints_open_due",)
        assert found["queue, changed last"].indexes == ("ix_complaints_open_changed",)
        assert not any(index.startswith("!") for each in found.values() for index in each.indexes)


@pytest.mark.parametrize("unit", ["W3", "W4", "W5"])
def test_a_page_asks_as_much_with_three_cases_as_with_sixty(data: Data, database: Database, unit: str) -> None:
    copying.copy(data.path, database)
    url = database.url.render_as_string(hide_password=False)
    few = count(url, Portal(data.supply), unit)
    _make_many(database, 57)
    database.close()
    assert count(url, Portal(data.supply), unit).statements == few.statements


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place without tables: on PostgreSQL a schema beside that of the portal."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/floor.db"
        return
    database: Database = request.getfixturevalue("postgresql_database")
    with database.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA floor"))
    yield database.url.update_query_dict({"options": "-csearch_path=floor"}).render_as_string(hide_password=False)
    with database.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA floor CASCADE"))


@pytest.mark.parametrize("unit", UNITS, ids=by_key)
def test_a_unit_of_the_floor(data: Data, bare_url: str, unit: Unit) -> None:
    bare.fill(bare_url, 1, data.supply)
    try_floor(bare_url, Floor(data.supply), unit.key)


def _make_many(database: Database, wanted: int) -> None:
    """So many more, of the same people, with the histories that there are."""
    with database.session() as session:
        references = session.scalars(select(ComplaintRow.reference).where(ComplaintRow.landlord == LANDLORD))
        patterns = [retelling.read(session, reference) for reference in references]
    told = list(islice(cycle(patterns), wanted))
    retelling.retell(database, LANDLORD, told, lambda pattern: retelling.Teller(pattern.person, {}), Random(1))
