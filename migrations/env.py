"""How Alembic reaches the database: over the connection that it is handed, or over PORTAL_DATABASE_URL."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from portal.records.database import Database
from portal.records.models import Base
from portal.records.schema import is_mapped


def run(connection: Connection) -> None:
    # SQLite cannot alter a table in place, so Alembic rewrites it in a batch.
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, include_object=is_mapped
    )
    with context.begin_transaction():
        context.run_migrations()


def run_from_the_command_line() -> None:
    with Database(os.environ["PORTAL_DATABASE_URL"]).unit_of_work() as session:
        run(session.connection())


if handed := context.config.attributes.get("connection"):
    run(handed)
else:
    run_from_the_command_line()
