"""Many made-up complaints: told again of other people, and as lawful as those that were played."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from portal import landlords
from portal.cli import portal
from portal.clock import LONDON
from portal.demo import people
from portal.demo.many import DETAIL, seed_many
from portal.demo.retelling import Teller, read, retell
from portal.domain.events import Person
from portal.paths import folder
from portal.post import formats
from portal.records import chain, schema
from portal.records.database import Database
from portal.records.history import CaseFile, columns_of, opened
from portal.records.models import ComplaintRow, EventContent, LetterRow, SearchEntry
from portal.records.searchable import Entry, entry_of
from tests import builders

NOW = datetime(2026, 12, 17, 10, tzinfo=LONDON)
CASES, PLAYED = 60, 25


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from made(tmp_path_factory.mktemp("many") / "one.db", 1)


@pytest.fixture
def again(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    yield from made(tmp_path / "again.db", request.param)


def made(path: Path, number: int) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database, folder("migrations"))
    seed_many(database, "ids", CASES, number, "no password", NOW, played=PLAYED)
    yield database
    database.close()


def files(database: Database) -> list[CaseFile]:
    """Every complaint, folded: an unlawful history would be refused here."""
    with database.session() as session:
        rows = session.scalars(select(ComplaintRow).order_by(ComplaintRow.id)).all()
        return [opened(session, row, landlords.rules_for) for row in rows]


def test_each_history_is_lawful_and_what_lists_show_is_a_copy_of_it(seeded: Database) -> None:
    found = files(seeded)
    assert len(found) == CASES
    assert len({each.row.reference for each in found}) == CASES
    for file in found:
        assert {name: getattr(file.row, name) for name in columns_of(file.case, file.rules)} == columns_of(
            file.case, file.rules
        )
    assert {file.case.is_open for file in found} == {True, False}


def test_what_they_are_found_by_is_a_copy_of_it_too(seeded: Database) -> None:
    with seeded.session() as session:
        entries = {
            each.complaint_id: Entry(each.parts, each.who, each.words) for each in session.scalars(select(SearchEntry))
        }
    for file in files(seeded):
        assert entries[file.row.id] == entry_of(file.row.reference, (each.event for each in file.recorded))


def test_the_chain_holds_and_nothing_of_the_pattern_is_left(seeded: Database) -> None:
    with seeded.session() as session:
        assert chain.verify(session, "ids") is None
        bodies = session.scalars(select(LetterRow.body)).all()
        contents = session.scalars(select(EventContent.body)).all()
    assert not [text for text in (*bodies, *map(str, contents)) if DETAIL in text]


def test_letters_are_about_whom_they_go_to(seeded: Database) -> None:
    """The person's own name and reference, though another's history is told."""
    with seeded.session() as session:
        letters = session.scalars(select(LetterRow).join(LetterRow.complaint)).all()
        for letter in letters:
            text = " ".join(formats.plain_text(letter.body).split())
            assert letter.complaint.reference in text
            if letter.representative is None and letter.complaint.resident_name.isascii():
                assert letter.complaint.resident_name in text or letter.discreet or letter.kind.value == "receipt"


@pytest.mark.parametrize("again", [1], indirect=True)
def test_the_same_number_makes_the_same_complaints(seeded: Database, again: Database) -> None:
    assert told(again) == told(seeded)


@pytest.mark.parametrize("again", [2], indirect=True)
def test_another_number_makes_others(seeded: Database, again: Database) -> None:
    assert not told(again) & told(seeded)


def told(database: Database) -> set[tuple[object, ...]]:
    with database.session() as session:
        rows = session.execute(select(ComplaintRow.reference, ComplaintRow.resident_name, ComplaintRow.due_on))
        return {tuple(row) for row in rows}


@pytest.mark.parametrize("name", [people.HOSTILE_NAME, people.RIGHT_TO_LEFT_NAME, people.LONG_NAME, 'A "B" \\ C'])
def test_a_history_can_be_told_of_anybody(one_database: Database, name: str) -> None:
    with one_database.unit_of_work() as session:
        played = builders.begun(session).row.reference
    with one_database.session() as session:
        pattern = read(session, played)
    retell(one_database, "ids", [pattern], lambda _: Teller(Person(name=name), {}), Random(1))
    _, file = files(one_database)
    assert (file.row.resident_name, file.case.received.person.name) == (name, name)
    with one_database.session() as session:
        assert chain.verify(session, "ids") is None


def test_no_reference_is_given_twice(one_database: Database) -> None:
    """Dice that fall the same way again: what was drawn before is drawn anew."""
    with one_database.unit_of_work() as session:
        played = builders.begun(session).row.reference
    with one_database.session() as session:
        pattern = read(session, played)
    for _ in range(2):
        retell(one_database, "ids", [pattern], lambda each: Teller(each.person, {}), Random(1))
    assert len({each.row.reference for each in files(one_database)}) == 3


def test_on_postgresql_others_go_on_counting(postgresql_database: Database) -> None:
    seed_many(postgresql_database, "ids", 3, 1, "no password", NOW, played=1)
    with postgresql_database.unit_of_work() as session:
        builders.begun(session)
    with postgresql_database.session() as session:
        assert session.scalar(select(func.count()).select_from(ComplaintRow)) == 4
        assert chain.verify(session, "ids") is None


def test_a_landlord_with_complaints_is_left_alone(
    one_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with one_database.unit_of_work() as session:
        builders.begun(session, "ids")
    monkeypatch.setenv("PORTAL_DATABASE_URL", one_database.url.render_as_string(hide_password=False))
    result = CliRunner().invoke(portal, ["seed", "--landlord", "ids", "--cases", "1", "--yes"])
    assert result.exit_code == 1
    assert "has complaints already" in result.output
    assert len(files(one_database)) == 1
