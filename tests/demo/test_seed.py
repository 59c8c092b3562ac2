"""The demonstration's complaints: every state, every letter, and each of them lawful."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from portal import landlords
from portal.clock import LONDON
from portal.demo.runner import Demonstration
from portal.demo.seed import seed
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import EVENTS, Flag, Stage
from portal.domain.lifecycle import Status
from portal.domain.mail_kinds import MailKind
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.records import chain, enquiry_chain, office_cases
from portal.records.database import Database
from portal.records.files import Folder
from portal.records.models import (
    ComplaintRow,
    EnquiryLetter,
    EventRow,
    IncomingMail,
    LetterRow,
    LetterState,
    OfficeMember,
    Petition,
    User,
)
from portal.records.office_cases import Show

EVERY_POSITION = {(stage, status) for stage in Stage for status in Status} - {(Stage.TWO, Status.JOINED)}


def counted(database: Database, *columns: object, landlord: str | None = None) -> Counter[object]:
    wanted = select(*columns, func.count()).group_by(*columns)  # type: ignore[call-overload]
    if landlord:
        wanted = wanted.where(ComplaintRow.landlord == landlord)
    with database.session() as session:
        rows = session.execute(wanted).all()
    return Counter({tuple(row[:-1]) if len(columns) > 1 else row[0]: row[-1] for row in rows})


def test_every_landlord_has_at_least_thirty_complaints_in_every_state(database: Database) -> None:
    found = counted(database, ComplaintRow.landlord, ComplaintRow.stage, ComplaintRow.status)
    for key in landlords.keys():
        of_landlord = {place[1:]: count for place, count in found.items() if place[0] == key}
        assert sum(of_landlord.values()) >= 30
        assert set(of_landlord) == EVERY_POSITION, key


def test_every_event_letter_and_way_of_a_letter_can_be_seen(database: Database) -> None:
    assert set(counted(database, EventRow.kind)) == set(EVENTS)
    assert set(counted(database, LetterRow.kind)) == set(LetterKind)
    states = set(counted(database, LetterRow.state))
    assert states >= set(LetterState) - {LetterState.PENDING}


def test_petitions_can_be_seen_everywhere(database: Database) -> None:
    assert counted(database, Petition.landlord) == dict.fromkeys(landlords.keys(), 2)


def test_every_letter_about_no_complaint_can_be_seen_and_waits_for_whoever_brings_it(database: Database) -> None:
    assert set(counted(database, EnquiryLetter.kind)) == set(EnquiryLetterKind)
    states = counted(database, EnquiryLetter.state)
    assert {LetterState.SENT, LetterState.TO_POST, LetterState.TO_CALL} <= states.keys()
    assert LetterState.PENDING not in states


def test_email_in_every_shape_can_be_seen_everywhere(database: Database) -> None:
    found = counted(database, IncomingMail.landlord, IncomingMail.outcome.is_(None))
    assert set(found) == {(key, waits) for key in landlords.keys() for waits in (True, False)}
    assert set(counted(database, IncomingMail.kind)) >= set(MailKind) - {MailKind.UNREADABLE}


def test_every_flag_can_be_seen(database: Database) -> None:
    flags = {flag for raised in counted(database, ComplaintRow.flags) for flag in raised}
    assert flags == set(Flag)


def test_there_are_late_and_unassigned_complaints_everywhere(app: Flask, database: Database) -> None:
    today = app.extensions["clock"].today()
    with database.session() as session:
        rows = session.scalars(select(ComplaintRow).where(ComplaintRow.is_open)).all()
    for key in landlords.keys():
        own = [row for row in rows if row.landlord == key]
        assert any(row.due_on and row.due_on < today for row in own)
        assert any(row.due_on and row.due_on >= today for row in own)
        assert any(row.handler_id is None for row in own)
        assert any(row.adjustments_asked for row in own)


def test_nothing_happened_after_the_day_before_the_start_but_the_limits_of_that_night(database: Database) -> None:
    """Until the next midnight: other tests may have moved the clock on."""
    with database.session() as session:
        begun, over = datetime(2026, 12, 17, tzinfo=LONDON), datetime(2026, 12, 18, tzinfo=LONDON)
        late = session.scalars(select(EventRow.kind).where(EventRow.at >= begun, EventRow.at < over)).all()
    # A letter about a limit that passed goes to each member of a group too, and to whoever acts, in the format agreed.
    limits = {"limit_missed", "law_limit_missed", "remedy_overdue"}
    assert set(late) <= {*limits, "letter_written", "letter_copied", "member_letter", "adjustment_applied"}


def test_the_chains_verify(database: Database) -> None:
    with database.session() as session:
        assert set(chain.landlords(session)) == set(landlords.keys())
        assert [chain.verify(session, key) for key in landlords.keys()] == [None] * len(landlords.keys())
        assert [enquiry_chain.verify(session, key) for key in landlords.keys()] == [None] * len(landlords.keys())


def test_the_stories_of_one_landlord_are_the_same_on_postgresql(
    database: Database, postgresql_database: Database, tmp_path: Path
) -> None:
    landlords.load((), ["hs"])
    seed(postgresql_database, Folder(tmp_path), "no password", datetime(2026, 12, 17, 10, tzinfo=LONDON))
    place = (ComplaintRow.resident_name, ComplaintRow.stage, ComplaintRow.status, ComplaintRow.due_on)
    assert counted(postgresql_database, *place) == counted(database, *place, landlord="hs")
    with postgresql_database.session() as session:
        assert chain.verify(session, "hs") is None


def test_everybody_of_the_office_has_a_rank_and_each_role_somebody(database: Database) -> None:
    found = counted(database, User.landlord, User.rank)
    for key in landlords.keys():
        assert all(found[key, rank.key] >= 2 for rank in landlords.landlord(key).ranks)


def test_every_landlord_knows_an_office_and_who_has_left_it(database: Database) -> None:
    found = counted(database, OfficeMember.landlord, OfficeMember.ends_at.is_(None))
    assert found == {(key, still): 1 for key in landlords.keys() for still in (True, False)}


def test_an_mps_office_has_cases_in_every_state_to_look_at(database: Database) -> None:
    with database.session() as session:
        for known in session.scalars(select(OfficeMember).where(OfficeMember.ends_at.is_(None))):
            member = Actor(Role.OFFICE_MEMBER, landlord=known.landlord, office_id=known.office_id)
            found = office_cases.counts(session, member, date(2026, 12, 17))
            assert found[Show.ALL] == 4
            assert all(found[show] for show in (Show.OVERDUE, Show.ANSWERED, Show.WAITING, Show.NEEDS_AUTHORITY))


def test_a_folder_with_a_whole_demonstration_is_gone_on_with(demonstration: Demonstration) -> None:
    again = Demonstration(demonstration.folder, {}, "http://127.0.0.1:5000")
    assert not again.is_new
    assert [chapter.landlord.key for chapter in again.open().chapters] == list(landlords.keys())


def test_what_an_unfinished_start_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "portal-demo.db").write_text("half")
    (tmp_path / "clock").write_text("86400")
    (tmp_path / "mine.txt").write_text("keep")
    assert Demonstration(tmp_path, {}, "http://127.0.0.1:5000").is_new
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "secret-key"}
