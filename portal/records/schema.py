"""The schema of a database: bring it up to date with Alembic, and ask whether it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.records.database import Database


def upgrade(database: Database, migrations: Path, revision: str = "head") -> None:
    """Run the migrations that are missing, all or none. `migrations` is the folder that holds them."""
    with _connected(database, migrations) as config:
        command.upgrade(config, revision)


def downgrade(database: Database, migrations: Path, revision: str) -> None:
    """Take the newer migrations back, with what is kept in their tables and columns."""
    with _connected(database, migrations) as config:
        command.downgrade(config, revision)


SEARCH_INDEXES = ("search_parts", "search_words", "who_index", "words_index", "ix_search_entries_")
"""What begins so is made by a migration for one database alone, and is no mapped table, column or index."""


def is_mapped(_thing: object, name: str | None, _kind: str, reflected: bool, _other: object) -> bool:
    """For Alembic: whether something stands in the mappings, or should."""
    return not (reflected and name and name.startswith(SEARCH_INDEXES))


def is_current(database: Database, migrations: Path) -> bool:
    """Whether the database has the schema that this version of the portal was written for."""
    newest = ScriptDirectory.from_config(_config(migrations)).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


@contextmanager
def _connected(database: Database, migrations: Path) -> Iterator[Config]:
    config = _config(migrations)
    with database.unit_of_work() as session:
        config.attributes["connection"] = session.connection()
        yield config


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
