"""The same rows in another database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from portal.paths import folder
from portal.records import schema
from portal.records.database import Database
from portal.records.models import Base

AT_ONCE = 1_000
"""Rows that are held in memory."""

Row = dict[str, Any]


def copy(path: Path, target: Database) -> None:
    """Everything in the SQLite database at `path`, in an empty database."""
    if target.is_sqlite:
        shutil.copyfile(path, str(target.url.database))
        return
    source = Database(f"sqlite:///{path}")
    schema.upgrade(target, folder("migrations"))
    with source.session() as reading, target.unit_of_work() as writing:
        for table in Base.metadata.sorted_tables:
            for rows in _portions(reading, table):
                writing.execute(insert(table), rows)
            if sequence := writing.scalar(func.pg_get_serial_sequence(table.name, _key(table))):
                last = select(func.coalesce(func.max(table.c[_key(table)]), 1)).scalar_subquery()
                writing.execute(select(func.setval(sequence, last)))
        writing.execute(text("ANALYZE"))
    source.close()


def _key(table: Table) -> str:
    return next(iter(table.primary_key or table.c)).name


def _portions(session: Session, table: Table) -> Iterator[list[Row]]:
    found = session.execute(select(table).execution_options(yield_per=AT_ONCE))
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]
