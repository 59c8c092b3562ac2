"""The migrations make what the mappings say, and the database itself keeps events as they were written."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.domain.events import Person
from portal.landlords import rules_for
from portal.paths import folder
from portal.records import drafts, links, recopying, schema
from portal.records.database import Database
from portal.records.history import open_case
from portal.records.models import Base, ComplaintRow, SearchEntry
from portal.records.search import Where, find
from tests import builders
from tests.actions.office import ten_oclock

TEN = ten_oclock(builders.MONDAY)
REFUSED = "an event is never changed or deleted"


def test_migrations_and_mappings_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"include_object": schema.is_mapped})
        assert compare_metadata(found, Base.metadata) == []


def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(database: Database) -> None:
    assert schema.is_current(database, folder("migrations"))
    schema.upgrade(database, folder("migrations"))
    assert schema.is_current(database, folder("migrations"))


def test_newer_tables_come_and_go_around_what_is_there(database: Database) -> None:
    with database.unit_of_work() as session:
        before = builders.begun(session)
    migrations = folder("migrations")
    schema.downgrade(database, migrations, "0001")
    assert not schema.is_current(database, migrations)
    schema.upgrade(database, migrations)
    with database.unit_of_work() as session:
        after = open_case(session, before.row.reference, builders.lead(), rules_for)
    assert (after.case, after.recorded) == (before.case, before.recorded)


def test_copies_that_an_older_version_made_are_made_anew(database: Database) -> None:
    """As `portal migrate` does: a migration leaves room, and the events say what belongs there."""
    with database.unit_of_work() as session:
        builders.begun(session, person=Person(name="Małgorzata Kowalczuk", address="1 Tanner’s Yard"))
        builders.begun(session, "hs")
        expected = copies(session)
    migrations = folder("migrations")
    schema.downgrade(database, migrations, "0019")
    schema.upgrade(database, migrations)
    assert not recopying.is_done(database, ["ids"])
    assert recopying.copy_anew(database, ["ids"], rules_for) == 1
    assert recopying.is_done(database, ["ids"])
    assert not recopying.is_done(database, ["ids", "hs"])
    assert recopying.copy_anew(database, ["ids", "hs"], rules_for) == 1
    assert recopying.copy_anew(database, ["ids", "hs"], rules_for) == 0
    with database.session() as session:
        assert copies(session) == expected
        assert len(find(session, builders.lead(), "Kowalchuk", Where.EVERYWHERE).rows) == 1


def copies(session: Session) -> list[tuple[object, ...]]:
    """Every column of every complaint, and what it is found by."""
    session.flush()
    both = select(ComplaintRow.__table__, SearchEntry.parts, SearchEntry.who, SearchEntry.words).join(SearchEntry)
    return [tuple(row) for row in session.execute(both.order_by(ComplaintRow.id))]


def test_codes_to_sign_in_go_with_the_offices(database: Database) -> None:
    """The version before knows no such purpose and could not read them."""
    with database.unit_of_work() as session:
        links.for_sign_in(session, "ids", "a token", None, language="", at=TEN)
        draft = drafts.save_page(session, "ids", "another token", "when", {}, at=TEN)
        session.flush()
        links.for_draft(session, "a key", draft, "ada@example.org", language="", at=TEN)
    schema.downgrade(database, folder("migrations"), "0003")
    with database.session() as session:
        left = session.scalars(text("SELECT purpose FROM links")).all()
    schema.upgrade(database, folder("migrations"))
    assert left == ["draft"]


def test_an_empty_database_is_not_current(tmp_path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not schema.is_current(empty, folder("migrations"))
    empty.close()


@pytest.mark.parametrize("statement", ["UPDATE events SET kind = 'other'", "DELETE FROM events"])
def test_the_database_refuses_to_change_or_delete_an_event(database: Database, statement: str) -> None:
    with database.unit_of_work() as session:
        builders.begun(session)
    with pytest.raises(IntegrityError, match=REFUSED), database.unit_of_work() as session:
        session.execute(text(statement))


def test_sqlite_refuses_to_replace_an_event(sqlite_database: Database) -> None:
    with sqlite_database.unit_of_work() as session:
        builders.begun(session)
    with pytest.raises(IntegrityError, match=REFUSED), sqlite_database.unit_of_work() as session:
        session.execute(text("INSERT OR REPLACE INTO events SELECT * FROM events"))


def test_postgresql_refuses_to_empty_the_events(postgresql_database: Database) -> None:
    with pytest.raises(IntegrityError, match=REFUSED), postgresql_database.unit_of_work() as session:
        session.execute(text("TRUNCATE events CASCADE"))
