"""Print how lists, search and a case keep their pace as complaints grow in number: `python -m tests.benchmarks.lists`.

Each page is asked in one process, without a server, of data that `portal seed` makes. A row says its time, the shortest
of several, how many times that is of the time with the fewest complaints, its statements, and by which indexes the
database finds the list; `!` marks a table of complaints that is read from end to end, as PostgreSQL does with few. On
SQLite it is the time of the processor, which nothing else on the machine adds to. Nothing fails because of a time.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_security import hash_password
from sqlalchemy import Connection, event, select

from portal.demo.many import seed_many
from portal.domain.permissions import Role
from portal.paths import folder
from portal.records import schema
from portal.records.accounts import User
from portal.records.database import Database
from portal.records.models import ComplaintRow
from tests.benchmarks import copying
from tests.benchmarks.__main__ import database_for
from tests.benchmarks.apps import portal_on
from tests.benchmarks.browser import TestBrowser
from tests.benchmarks.supply import LANDLORD, NOW, PASSWORD

WHAT = "Print how lists, search and a case keep their pace as complaints grow in number."
ABOUT_COMPLAINTS = re.compile(r"\b(complaints|search_entries|search_parts|search_words)\b")
INDEX = {
    "sqlite": re.compile(r"INDEX (ix_\w+)|SCAN (search_\w+) VIRTUAL|SCAN (\w+)\b(?! USING| VIRTUAL)"),
    "postgresql": re.compile(r"using (ix_\w+)|Index Scan on (ix_\w+)|Seq Scan on (\w+)"),
}
"""The names of indexes in what the database says of its plan, and of tables that it reads from end to end."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A page: milliseconds, how many statements it took, and what the database did with the complaints."""

    milliseconds: float
    statements: int
    indexes: tuple[str, ...]


def main() -> None:
    options = _options()
    first: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as temporary:
        for cases in options.cases:
            click.echo(f"Making {cases} cases ...", err=True)
            source = seeded(Path(temporary) / f"source-{cases}.db", cases)
            for backend in options.database:
                with ExitStack() as stack:
                    url = stack.enter_context(database_for(Path(temporary), backend, f"lists_{cases}"))
                    target = Database(url)
                    copying.copy(source, target)
                    target.close()
                    for name, found in measured(url, options.rounds):
                        since = found.milliseconds / first.setdefault((backend, name), found.milliseconds)
                        click.echo(_row(name, cases, backend, found, since))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lists", description=WHAT)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=25, help="each page is asked so often (default: 25)")
    return parser.parse_args()


def _row(name: str, cases: int, backend: str, found: Measured, since: float) -> str:
    numbers = f"{found.milliseconds:8.1f} ms{since:6.2f}{found.statements:4}"
    return f"{name:32}{cases:9,}  {backend:11}{numbers}  {' '.join(found.indexes)}"


def seeded(path: Path, cases: int) -> Path:
    """A SQLite database with so many complaints of one landlord, as `portal seed` makes them."""
    with portal_on(f"sqlite:///{path.with_suffix('.password.db')}").app_context():
        password_hash = hash_password(PASSWORD)
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database, folder("migrations"))
    seed_many(database, LANDLORD, cases, 1, password_hash, NOW)
    database.close()
    return path


def measured(url: str, rounds: int) -> list[tuple[str, Measured]]:
    """Each page, asked by a complaints officer who is signed in."""
    app = portal_on(url)
    database: Database = app.extensions["database"]
    with database.unit_of_work() as session:
        session.connection().exec_driver_sql("ANALYZE")
    with redirect_stdout(StringIO()):  # the log of requests is nothing to look at here
        browser = TestBrowser(app)
        found = [(name, _measure(database, ask, rounds)) for name, ask in _pages(app, browser)]
    database.close()
    return found


def _pages(app: Flask, browser: TestBrowser) -> Iterator[tuple[str, Callable[[], object]]]:
    staff = f"/{LANDLORD}/staff"
    newest_first = select(ComplaintRow).where(ComplaintRow.landlord == LANDLORD).order_by(ComplaintRow.id.desc())
    with app.extensions["database"].session() as session:
        lead = session.scalars(select(User).where(User.role == Role.LEAD, User.landlord == LANDLORD)).first()
        newest = session.scalars(newest_first.limit(1)).one()
        assert lead is not None
        email, name, home = lead.email, newest.resident_name, newest.home
    signing_in = {"csrf_token": browser.get(f"{staff}/sign-in").token, "email": email, "password": PASSWORD}
    browser.post(f"{staff}/sign-in", signing_in).leads_to("/staff/")
    lists = {
        "queue": "",
        "queue, next page": "?view=all_open",
        "queue, fragment of overdue": "?view=overdue",
        "queue, changed last": "?view=all_open&order=changed",
        "queue, received first": "?view=all_open&order=oldest",
        "queue, ended": "?view=ended",
        "queue, ended, changed last": "?view=ended&order=changed",
        "queue, stage 2 and unassigned": "?view=all_open&stage=2&handler=nobody",
        "queue, letters not delivered": "?view=letters",
        "queue, adjustments to see to": "?view=adjustments",
    }
    for words, address in lists.items():
        path = f"{staff}/{address}"
        if words == "queue, next page":
            following = re.search(rb'href="([^"]*after=[^"]*)" rel="next"', browser.get(path).body)
            path = following[1].decode().replace("&amp;", "&") if following else path
        yield words, lambda path=path: browser.get(path).expect(200)
    for words, typed in (("search, a name", name), ("search, an address", home), ("search, nothing found", "Zyzzyva")):
        token = browser.get(f"{staff}/search").token
        sent = browser.post(f"{staff}/search", {"csrf_token": token, "typed": typed or "Resident"})
        yield words, lambda path=sent.location: browser.get(path).expect(200)
    yield "case", lambda: browser.get(f"{staff}/cases/{newest.reference}").expect(200)


def _measure(database: Database, ask: Callable[[], object], rounds: int) -> Measured:
    ask()  # templates are made and statements are written the first time
    with _noted(database) as seen:
        ask()
    clock = time.process_time if database.is_sqlite else time.perf_counter
    times = []
    for _ in range(rounds):
        began = clock()
        ask()
        times.append(1000 * (clock() - began))
    with database.engine.connect() as connection:
        plans = [_plan(connection, *each) for each in seen if ABOUT_COMPLAINTS.search(each[0])]
    return Measured(min(times), len(seen), tuple(dict.fromkeys(_indexes(database, plans))))


@contextmanager
def _noted(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements of what happens inside, with what they are asked with."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SET")):
            seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _plan(connection: Connection, statement: str, parameters: Any) -> str:
    if not statement.startswith(("SELECT", "WITH")):
        return ""
    how = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in connection.exec_driver_sql(f"{how} {statement}", parameters))


def _indexes(database: Database, plans: Sequence[str]) -> Iterator[str]:
    """What the first of them goes by, which is the list itself, and `!` before any that is read from end to end."""
    for place, plan in enumerate(plans):
        for by, searched, whole in INDEX[database.engine.dialect.name].findall(plan):
            if whole and ABOUT_COMPLAINTS.search(whole):
                yield f"!{whole}"
            elif not whole and place == 0:
                yield by or searched


if __name__ == "__main__":
    main()
