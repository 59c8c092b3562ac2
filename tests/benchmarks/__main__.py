"""Print how fast the portal is, beside the least that the same work can cost: `python -m tests.benchmarks`.

Both are served by Granian with the same processes, on the same database, over HTTP on this machine, in turns. One
machine's numbers mean little elsewhere: what is compared is the share of the floor in the same run. Nothing fails
because of a time. `--quick` takes under two minutes.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import click
from flask_security import hash_password
from sqlalchemy import create_engine, make_url, text

from portal.records import chain
from portal.records.database import Database
from tests.benchmarks import copying, seeding
from tests.benchmarks import floor as bare
from tests.benchmarks.apps import portal_on
from tests.benchmarks.measuring import CONCURRENCY, Counted, Measured, System, count
from tests.benchmarks.servers import WORKERS, running
from tests.benchmarks.supply import PASSWORD, Supply
from tests.benchmarks.units import UNITS, Floor, Portal, Unit

POSTGRESQL = os.environ.get("PORTAL_TEST_POSTGRESQL_URL", "postgresql+psycopg://root@127.0.0.1:5432/postgres")
HEAD = (
    "unit                                  cases  database    units/s   floor  share   aim    alone  floor"
    "  CPU ms  floor  SQL aim    kB gzip"
)
LEAST_SUPPLY = 2 * CONCURRENCY
"""Each browser does a unit once before it is measured, and counting takes two."""

SLOW = 0.5
"""Below this part of an aim a row is marked, and somebody profiles."""


def main() -> None:
    options = _options()
    units = [unit for unit in UNITS if not options.units or unit.key in options.units]
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as folder:
        for cases in options.cases:
            click.echo(f"Making {cases} cases ...", err=True)
            source, supply = _seeded(Path(folder), cases, options.supply)
            click.echo(HEAD)
            for backend in options.database:
                _measure(Path(folder), source, supply, units, cases, backend, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--units", nargs="+", help="only these, such as W1 W5")
    parser.add_argument("--seconds", type=float, default=3, help="for each unit, system and round (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="medians are taken over these (default: 3)")
    parser.add_argument("--supply", type=int, default=600, help="complaints there are to submit and to answer")
    parser.add_argument("--quick", action="store_true", help="100 cases on SQLite, in under two minutes")
    options = parser.parse_args()
    if options.supply < LEAST_SUPPLY:
        parser.error(f"--supply must be {LEAST_SUPPLY} or more: so many are used up before anything is measured")
    if options.quick:
        options.cases, options.database, options.seconds, options.supply = [100], ["sqlite"], 1, 200
    return options


def _seeded(folder: Path, cases: int, supply: int) -> tuple[Path, Supply]:
    path = folder / f"source-{cases}.db"
    with portal_on(f"sqlite:///{folder / 'password.db'}").app_context():
        password_hash = hash_password(PASSWORD)
    made = seeding.seed(path, cases, password_hash, to_answer=supply, to_submit=4 * supply)
    return path, made


def _measure(
    folder: Path,
    source: Path,
    supply: Supply,
    units: Sequence[Unit],
    cases: int,
    backend: str,
    options: argparse.Namespace,
) -> None:
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(database_for(folder, backend, f"{name}_{cases}")) for name in ("portal", "floor")
        )
        _fill(source, supply, cases, ours, theirs)
        portal = System("portal", stack.enter_context(running("apps:portal", ours)), Portal(supply))
        floor = System("floor", stack.enter_context(running("floor:floor", theirs)), Floor(supply))
        asked = {unit.key: count(ours, portal.work, unit.key) for unit in units}  # while there is something to do
        rounds = [_round(portal, floor, units, options.seconds) for _ in range(options.rounds)]
        for unit in units:
            pairs = [each[unit.key] for each in rounds if unit.key in each]
            click.echo(_row(unit, cases, backend, pairs, asked[unit.key]))
        memory = portal.server.megabytes(), floor.server.megabytes()
        click.echo(
            f"{backend}: {WORKERS} server processes use {memory[0]:.0f} MB, those of the floor {memory[1]:.0f} MB\n"
        )


def _fill(source: Path, supply: Supply, cases: int, ours: str, theirs: str) -> None:
    database = Database(ours)
    copying.copy(source, database)
    with database.session() as session:
        for landlord in chain.landlords(session):
            if broken := chain.verify(session, landlord):
                raise RuntimeError(f"the data is not lawful: {broken}")
    database.close()
    bare.fill(theirs, cases, supply)


def _round(
    portal: System, floor: System, units: Sequence[Unit], seconds: float
) -> dict[str, tuple[Measured, Measured]]:
    """Each unit by one, then by the other."""
    found = {}
    for unit in units:
        pair = [system.measure(unit.key, seconds) for system in (portal, floor)]
        if pair[0] and pair[1]:
            found[unit.key] = (pair[0], pair[1])
    return found


def _row(unit: Unit, cases: int, backend: str, pairs: Sequence[tuple[Measured, Measured]], asked: Counted) -> str:
    if not pairs:
        return f"{unit.key} {unit.what}: nothing left to do it with; give more --supply"
    rate, latency, cpu = (
        [median(getattr(pair[side], name) for pair in pairs) for side in (0, 1)] for name in ("rate", "latency", "cpu")
    )
    share = rate[0] / rate[1]
    return "".join(
        [
            f"{unit.key} {unit.what:33}{cases:7,}  {backend:10}{rate[0]:9.1f}{rate[1]:8.1f}",
            f"{share:7.2f}{unit.share:6.1f}{latency[0]:9.1f}{latency[1]:7.1f}{cpu[0]:8.2f}{cpu[1]:7.2f}{asked.statements:5}{unit.statements:4}",
            f"{asked.kilobytes:6.1f}{asked.compressed:5.1f}",
            "  << below half of the aim" if share < SLOW * unit.share else "",
        ]
    )


@contextmanager
def database_for(folder: Path, backend: str, name: str) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / name}.db"
        return
    server = create_engine(make_url(POSTGRESQL), isolation_level="AUTOCOMMIT")
    full_name = f"portal_benchmark_{name}_{os.getpid()}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {full_name}"))
    try:
        yield make_url(POSTGRESQL).set(database=full_name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {full_name} WITH (FORCE)"))
        server.dispose()


if __name__ == "__main__":
    main()
