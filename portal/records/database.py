"""The engine, sessions, and `unit_of_work()`: the only place that commits.

SQLite allows one writer at a time and lets the others poll with growing sleeps. Writers therefore
queue on a kernel file lock first, which wakes them in turn; it cut the slowest one percent of
writes about fifteen times.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.domain.refusal import StaleVersion
from portal.domain.saying import say

BUSY_TIMEOUT_SECONDS = 30
CHANGED_MEANWHILE = say("This complaint has changed since you opened it. Look at what is new, then try again.")

INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The insert of each dialect that can leave what is already there as it is."""

_AFTER_COMMIT = "after_commit"

AfterCommit = Callable[[], object]


class Database:
    """One database: `session()` to read, `unit_of_work()` to write."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._reading = self.engine if self.is_sqlite else _consistent_reads(self.engine)
        self._writing = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        self._lock_file = _lock_file(self.url) if self.is_sqlite else None
        self._this_thread = threading.local()

    def session(self) -> Session:
        """A session to read with: one unchanging view of the database until it is closed."""
        return Session(self._reading, expire_on_commit=False)

    @contextmanager
    def unit_of_work(self, after_commit: Iterable[AfterCommit] = ()) -> Iterator[Session]:
        """A session that is committed on leaving, or rolled back by an exception.

        What is in `after_commit`, or was handed to the function of that name, runs once the
        commit is durable. Raises `StaleVersion` where somebody else changed the same case first.
        """
        with self._no_other(), self._writers_turn(), Session(self._writing, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except StaleDataError as stale:
                raise StaleVersion(CHANGED_MEANWHILE) from stale
            callbacks = [*session.info.pop(_AFTER_COMMIT, ()), *after_commit]
        for callback in callbacks:
            callback()

    @contextmanager
    def rehearsal(self) -> Iterator[Session]:
        """A unit of work that is always rolled back: to see what an act would do, with every gate as it is."""
        with self._no_other(), self._writers_turn(), Session(self._writing, expire_on_commit=False) as session:
            try:
                yield session
            finally:
                session.rollback()

    def accounts_session(self) -> Session:
        """A session for the library that signs staff in, which commits for itself.

        On SQLite each of its statements stands alone: a transaction that begins with a read and
        then writes would fail at once whenever somebody else had written in between.
        """
        return Session(self.engine.execution_options(sqlite_begin=None), expire_on_commit=False)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def _no_other(self) -> Iterator[None]:
        # On SQLite the inner one would wait for the outer one for ever.
        if getattr(self._this_thread, "writes", False):
            raise RuntimeError("a unit of work was begun inside another one of the same thread")
        self._this_thread.writes = True
        try:
            yield
        finally:
            self._this_thread.writes = False

    def _writers_turn(self) -> Any:
        return _exclusively(self._lock_file) if self._lock_file else nullcontext()


def after_commit(session: Session, callback: AfterCommit) -> None:
    """Have `callback` run once the unit of work that `session` belongs to is committed; never otherwise."""
    session.info.setdefault(_AFTER_COMMIT, []).append(callback)


# The values of a statement are what somebody wrote: hidden, they stand in no exception and so in no log.
def _postgresql_engine(url: URL) -> Engine:
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_SECONDS})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _consistent_reads(engine: Engine) -> Engine:
    # Without this, two statements of one page could see two different states of a case.
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Have a new connection of SQLite keep what is committed, and keep to foreign keys."""
    # Python's own transaction handling begins too late for IMMEDIATE, so it is switched off.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("sqlite_begin", "BEGIN"):
        connection.exec_driver_sql(begin)


def _lock_file(url: URL) -> Path | None:
    in_memory = not url.database or url.database == ":memory:"
    return None if in_memory else Path(f"{url.database}.lock")


@contextmanager
def _exclusively(path: Path) -> Iterator[None]:
    """Wait for the turn to write. The lock belongs to the open file, so threads queue like processes do."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
