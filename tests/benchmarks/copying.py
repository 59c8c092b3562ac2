"""Many cases out of few, and the same rows in another database.

The real actions take about 50 ms a case, and ten thousand of them longer than anybody waits. So what really happened
to some cases is told again of others, and chained as `records.history` does it: `portal verify` finds it whole.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from portal.domain.references import new_reference
from portal.paths import folder
from portal.records import chain, schema
from portal.records.database import Database
from portal.records.models import Base, ChainHead, ComplaintRow, EventContent, EventRow, LetterRow

AT_ONCE = 1_000
"""Cases, or rows, that are held in memory."""

Row = dict[str, Any]


def multiply(database: Database, landlord: str, patterns: Sequence[str], wanted: int) -> None:
    """Add `wanted` cases to a landlord, each with the history of one of the `patterns`, which are references."""
    with database.session() as session:
        told = [_pattern(session, reference) for reference in patterns]
    todo = cycle(told)
    for start in range(0, wanted, AT_ONCE):
        with database.unit_of_work() as session:
            _add(session, landlord, list(islice(todo, min(AT_ONCE, wanted - start))))


def _pattern(session: Session, reference: str) -> Mapping[str, list[Row]]:
    """The rows of one case, by their table."""
    case = select(ComplaintRow.id).where(ComplaintRow.reference == reference).scalar_subquery()
    events = select(EventRow.id).where(EventRow.complaint_id == case)
    queries = {
        "complaints": select(ComplaintRow.__table__).where(ComplaintRow.reference == reference),
        "events": select(EventRow.__table__).where(EventRow.complaint_id == case).order_by(EventRow.number),
        "event_contents": select(EventContent.__table__).where(EventContent.event_id.in_(events)),
        "letters": select(LetterRow.__table__).where(LetterRow.complaint_id == case),
    }
    return {name: [dict(row) for row in session.execute(query).mappings()] for name, query in queries.items()}


def _add(session: Session, landlord: str, patterns: Sequence[Mapping[str, list[Row]]]) -> None:
    head = session.get_one(ChainHead, landlord)
    rows: dict[str, list[Row]] = {name: [] for name in patterns[0]}
    complaint_id, event_id = _last(session, ComplaintRow), _last(session, EventRow)
    for pattern in patterns:
        complaint_id += 1
        (row,) = pattern["complaints"]
        row = {**row, "id": complaint_id, "reference": new_reference(secrets.choice)}
        rows["complaints"].append(row)
        letters = {str(each["id"]): uuid4() for each in pattern["letters"]}
        rows["letters"] += [
            {**each, "id": letters[str(each["id"])], "complaint_id": complaint_id} for each in pattern["letters"]
        ]
        bodies = {each["event_id"]: each["body"] for each in pattern["event_contents"]}
        for event in pattern["events"]:
            event_id += 1
            link = EventRow(**{**event, "id": event_id, "complaint_id": complaint_id})
            link.payload = _renamed(event["payload"], letters)
            body, key = bodies.get(event["id"]), secrets.token_bytes(chain.KEY_BYTES)
            link.content_digest = chain.digest_of(key, body) if body else None
            link.sequence, link.previous_hash = head.sequence + 1, head.hash
            link.hash = chain.hash_of(link, row["reference"])
            head.sequence, head.hash = link.sequence, link.hash
            rows["events"].append({column.key: getattr(link, column.key) for column in EventRow.__table__.c})
            if body:
                rows["event_contents"].append({"event_id": event_id, "key": key, "body": body, "erased_at": None})
    for name, some in rows.items():
        session.execute(insert(Base.metadata.tables[name]), some)


def _last(session: Session, table: type[ComplaintRow | EventRow]) -> int:
    return session.scalar(select(func.max(table.id))) or 0


def _renamed(payload: Row, letters: Mapping[str, UUID]) -> Row:
    """The same payload about the new case's own letter."""
    letter = payload.get("letter_id")
    return {**payload, "letter_id": str(letters[letter])} if letter else payload


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
