"""`verify` compares each letter with what was sealed: nobody can change what a resident was told, unseen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text, update

from portal.records import chain
from portal.records.database import Database
from portal.records.models import ComplaintRow, LetterRow, LetterState
from tests.actions.office import Office
from tests.builders import MONDAY, NOW


@pytest.fixture
def written(database: Database) -> Database:
    """Two complaints with a receipt each: entries 1 and 3 are complaints, entries 2 and 4 are letters."""
    office = Office(database, "ids")
    for _ in range(2):
        office.submit(MONDAY)
    return database


def broken(database: Database) -> tuple[int, str] | None:
    with database.session() as session:
        found = chain.verify(session, "ids")
    return (found.sequence, found.problem) if found else None


@pytest.mark.parametrize(
    "change",
    [
        "body = body || ' We also promise a new kitchen.'",
        "subject = 'Something else'",
        "promised_on = '2027-01-01'",
        "promised_on = NULL",
        "kind = 'closing'",
        "digest = 'f'",
    ],
)
def test_a_letter_that_was_changed_is_named(written: Database, change: str) -> None:
    assert broken(written) is None
    with written.unit_of_work() as session:
        session.execute(text(f"UPDATE letters SET {change}"))
    assert broken(written) == (2, "its letter was altered")


def test_a_letter_that_was_taken_away_is_named(written: Database) -> None:
    with written.unit_of_work() as session:
        session.execute(text("DELETE FROM letters"))
    assert broken(written) == (2, "its letter is missing")


def test_a_letter_that_was_given_to_another_complaint_is_named(written: Database) -> None:
    with written.unit_of_work() as session:
        session.execute(text("UPDATE letters SET complaint_id = (SELECT max(id) FROM complaints)"))
    assert broken(written) == (2, "its letter is missing")


def test_a_letter_that_nobody_wrote_is_noticed(written: Database) -> None:
    with written.unit_of_work() as session:
        real = session.query(LetterRow).first()
        assert real is not None
        copied = {column.key: getattr(real, column.key) for column in LetterRow.__table__.columns}
        session.add(LetterRow(**{**copied, "id": uuid4()}))
    assert broken(written) == (5, "there are letters that no entry speaks of")


def test_a_complaint_that_was_moved_to_another_landlord_is_named(written: Database) -> None:
    with written.unit_of_work() as session:
        session.execute(text("UPDATE complaints SET landlord = 'ms'"))
        assert session.query(ComplaintRow).first() is not None
    assert broken(written) == (1, "its complaint was moved to another landlord")


def test_the_way_of_a_letter_to_the_resident_is_no_change_of_it(written: Database) -> None:
    with written.unit_of_work() as session:
        session.execute(update(LetterRow).values(state=LetterState.SENT, delivered_at=NOW, attempts=3))
    assert broken(written) is None
