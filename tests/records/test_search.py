"""A complaint is found by whatever somebody has of it, and by nothing that some of the staff may not open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.domain.adjustment_events import AdjustmentRequested, ConditionTold
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, RequestedBy
from portal.domain.events import CodeIssued, ComplaintReceived, Event, Person, ReplyBy
from portal.domain.feedback_events import FeedbackGiven
from portal.domain.group_events import GroupFormed, MemberJoined
from portal.domain.message_events import CallBackRequested, MessageReceived
from portal.domain.permissions import Actor, Role
from portal.domain.reach_events import ContactChanged
from portal.domain.referral_events import PartReferred, RequestLinked
from portal.domain.refusal import Refused
from portal.domain.representative_events import RepresentativeAdded
from portal.domain.representative_kinds import AskedBy, Capacity
from portal.domain.routes import Route
from portal.domain.sight_events import ComplaintRestricted
from portal.records.database import Database
from portal.records.history import CaseFile, append, erase
from portal.records.models import ComplaintRow, SearchEntry
from portal.records.search import Where, find
from portal.records.searchable import LONGEST
from tests import builders
from tests.builders import MONDAY, NOW

LEAD = builders.lead()

OBRIEN = Person(
    name="Seán Ó Briain-O’Hallorhan",
    email="sean.hallorhan@example.org",
    phone="+44 (0)7700 900123",
    address="Flat 12, Copperbeech House",
    postcode="ZZ1 3AB",
)
KOWALCZUK = Person(name="Małgorzata Kowalczuk", address="1 Tanner’s Yard", postcode="ZZ2 4CD")
LI = Person(name="Li", phone="01632 960456", address="Flat 1, Copperbeech House")
LAYLA = Person(name="ليلى الحدّاد")


def told(session: Session, person: Person, *later: Event, words: str = "", reference: str | None = None) -> CaseFile:
    changes: dict[str, Any] = {"what_happened": words} if words else {"what_happened": "It is broken."}
    file = builders.begun(session, person=person, reference=reference, **changes)
    for each in later:
        append(session, file, each, by=LEAD, at=NOW)
    return file


@pytest.fixture
def four(database: Database) -> Database:
    """Four people's complaints, told one after the other."""
    moved = ContactChanged(changed_on=MONDAY, changed=(), reply_by=ReplyBy.POST, address="9 Larkspur Walk")
    councillor = RepresentativeAdded(
        number=1,
        added_on=MONDAY,
        capacity=Capacity.COUNCILLOR,
        asked_by=AskedBy.RESIDENT,
        name="Winifred Bexwell",
        own_reference="WB/2026/0117",
    )
    joined = MemberJoined(
        number=1, joined_on=MONDAY, channel="online", reply_by=ReplyBy.NONE, person=Person(name="Ifor Example")
    )
    with database.unit_of_work() as session:
        told(session, OBRIEN, moved, words="Water drips in whenever it rains.", reference="H4KM-72QT")
        told(
            session,
            KOWALCZUK,
            councillor,
            RequestLinked(service_reference="X3A9-7CDE"),
            words="The lift stopped.",
        )
        told(session, LI, GroupFormed(formed_on=MONDAY, petition="M7TW-Y6PA"), joined, words="Bins by the lift.")
        told(session, LAYLA, CallBackRequested(number=1, times=(), phone="01632 960789"))
        builders.begun(session, "hs", person=OBRIEN, what_happened="Water drips here too.")
    return database


def names(database: Database, typed: str, where: Where = Where.EVERYWHERE, actor: Actor = LEAD) -> list[str]:
    """First names, or the only one, of those who are found, as they come."""
    with database.session() as session:
        return [row.resident_name.split()[0] for row in find(session, actor, typed, where).rows]


TYPED: list[tuple[str, list[str]]] = [
    # Any part of a name, with and without accents, capitals and signs.
    ("Hallor", ["Seán"]),
    ("briain", ["Seán"]),
    ("sean o briain", ["Seán"]),
    ("hallorhan sean", ["Seán"]),
    ("O'HALLORHAN", ["Seán"]),
    ("walcz", ["Małgorzata"]),
    ("malgorzata", ["Małgorzata"]),
    ("Li", ["Li"]),
    ("الحد", ["ليلى"]),
    # How it sounds.
    ("Kowalchuk", ["Małgorzata"]),
    ("Sian O'Halloran", ["Seán"]),
    ("Lee", ["Li"]),
    ("Winnifred Beckswell", ["Małgorzata"]),
    # Where they live, in any order and any spacing; the address before they moved too.
    ("zz1 3ab", ["Seán"]),
    ("ZZ13AB", ["Seán"]),
    ("zz1", ["Seán"]),
    ("flat 12", ["Seán"]),
    ("flat 1", ["Li"]),
    ("copperbeech house flat 1", ["Li"]),
    ("copperbeech", ["Li", "Seán"]),
    ("larkspur", ["Seán"]),
    ("9 Larkspur", ["Seán"]),
    ("tanners yard", ["Małgorzata"]),
    # A reference, a part of one, and earlier ones: of a request for service, of a petition.
    ("H4KM-72QT", ["Seán"]),
    ("h4km72qt", ["Seán"]),
    ("72q", ["Seán"]),
    ("km-72", ["Seán"]),
    ("X3A9-7CDE", ["Małgorzata"]),
    ("m7tw", ["Li"]),
    # Whoever acts for them files it under a number of their own.
    ("WB/2026/0117", ["Małgorzata"]),
    ("wb 2026 117", []),
    ("0117", ["Małgorzata"]),
    # A telephone number as it may be written.
    ("07700 900123", ["Seán"]),
    ("07700900123", ["Seán"]),
    ("0770 0900 123", ["Seán"]),
    ("+44 7700 900 123", ["Seán"]),
    ("0044 7700 900123", ["Seán"]),
    ("+44 (0) 7700 900123", ["Seán"]),
    ("900123", ["Seán"]),
    ("01632 960789", ["ليلى"]),
    ("07700 900124", []),
    # An email address, and who else is in it.
    ("sean.hallorhan@example.org", ["Seán"]),
    ("Ifor", ["Li"]),
    # What was written, in any form of the words.
    ("water dripping", ["Seán"]),
    ("lift", ["Li", "Małgorzata"]),
    ("LIFTS stopping", ["Małgorzata"]),
    ("kowalczuk lift", ["Małgorzata"]),
    ("lift escalator", []),
    # Nothing to look for, and what is somebody's own sign to a database.
    ("", []),
    ("  - ", []),
    ("%", []),
    ("_____", []),
    ('"" OR zebra', []),
    ("sean* OR water NEAR(a b) :* & | ! ( ' \\ %", []),
    ("\x00\ud800", []),
]


def test_finding(four: Database) -> None:
    assert [(typed, names(four, typed)) for typed, _ in TYPED] == TYPED


@pytest.mark.parametrize(
    ("where", "found"),
    [(Where.EVERYWHERE, ["Li", "Seán"]), (Where.WHO, ["Seán"])],
)
def test_looking_in_one_place_alone(one_database: Database, where: Where, found: list[str]) -> None:
    with one_database.unit_of_work() as session:
        told(session, OBRIEN, words="It is broken.")
        told(session, LI, words="Hallorhan told me so.")
    assert names(one_database, "Hallorhan", where) == found


def test_nothing_of_another_landlord_is_found(four: Database) -> None:
    assert len(names(four, "water drips")) == 1
    assert names(four, "kowalczuk", actor=builders.lead("hs")) == []


@pytest.mark.parametrize(
    ("seen_by", "found"),
    [
        ({"areas": ("north",)}, ["Li", "Seán"]),
        ({"areas": ("south",)}, ["Małgorzata"]),
        ({}, ["Li", "Małgorzata", "Seán"]),
    ],
)
def test_only_what_is_in_sight_is_found_however_much_else_is(database: Database, seen_by, found: list[str]) -> None:
    """Of other areas and what is restricted come first, by more than a page: they take no place of what may be seen."""
    handler = Actor(role=Role.HANDLER, landlord="ids", user_id=1, **seen_by)
    with database.unit_of_work() as session:
        for person, area in ((OBRIEN, "north"), (KOWALCZUK, "south"), (LI, "north")):
            builders.begun(session, person=person, what_happened="A leak.", area=area)
        for _ in range(30):
            told(session, LAYLA, ComplaintRestricted(user_ids=(), reason="Works here."), words="A leak.")
    assert names(database, "leak", actor=handler) == found
    assert names(database, "ليلى", actor=handler) == []
    assert len(names(database, "ليلى")) == 25


SECRETS: list[tuple[str, Event]] = [
    ("health", ConditionTold(told_on=MONDAY, words="Zanzibar")),
    (
        "what was passed on",
        PartReferred(
            number=1,
            route=Route.SAFEGUARDING,
            referred_on=MONDAY,
            told_on=None,
            received_on=MONDAY,
            owner="Zanzibar",
            reached_by="Zanzibar",
            part="Zanzibar",
            note="Zanzibar",
            why_not_told="Zanzibar",
        ),
    ),
    (
        "an adjustment",
        AdjustmentRequested(
            number=1,
            requested_on=MONDAY,
            requested_by=RequestedBy.RESIDENT,
            scope=AdjustmentScope.ALL_CONTACT,
            adjustment=Adjustment.OTHER,
            detail="Zanzibar",
            confirmed="Zanzibar",
        ),
    ),
    ("how it went", FeedbackGiven(given_on=MONDAY, words="Zanzibar")),
    ("how somebody was known", CodeIssued(identity_check="Zanzibar")),
]


@pytest.mark.parametrize("event", [each for _, each in SECRETS], ids=[what for what, _ in SECRETS])
def test_nobody_finds_a_complaint_by_what_some_may_not_open(one_database: Database, event: Event) -> None:
    """Not even the complaints officer, who may: what is in no index can be told to nobody by mistake."""
    with one_database.unit_of_work() as session:
        told(session, LI, event)
        (entry,) = session.scalars(select(SearchEntry))
        assert "zanzibar" not in f"{entry.parts} {entry.who} {entry.words}"
    assert names(one_database, "Zanzibar") == []
    assert names(one_database, "Li") == ["Li"]


@pytest.mark.parametrize(
    "role", [Role.RESIDENT, Role.REPRESENTATIVE, Role.OFFICE_MEMBER, Role.ADMINISTRATOR, Role.ANYONE]
)
def test_only_staff_who_see_complaints_search(one_database: Database, role: Role) -> None:
    with pytest.raises(Refused), one_database.session() as session:
        find(session, Actor(role=role, landlord="ids"), "Li", Where.EVERYWHERE)


def test_what_is_erased_is_found_no_more(database: Database) -> None:
    with database.unit_of_work() as session:
        file = told(session, KOWALCZUK, MessageReceived(number=1, words="Zanzibar"))
    assert names(database, "zanzibar") == ["Małgorzata"]
    with database.unit_of_work() as session:
        file.row = session.merge(file.row)
        erase(session, file, MessageReceived, at=NOW + timedelta(days=1))
    assert names(database, "zanzibar") == []
    with database.unit_of_work() as session:
        erase(session, file, ComplaintReceived, at=NOW + timedelta(days=1))
    assert names(database, "kowalczuk") == names(database, "Kowalchuk") == []


def test_the_newest_come_first_and_each_page_goes_on_where_the_last_one_ended(database: Database) -> None:
    with database.unit_of_work() as session:
        rows = [told(session, LI, words="A leak.").row for _ in range(5)]
    seen: list[int] = []
    after = None
    with database.session() as session:
        for _ in range(3):
            page = find(session, LEAD, "leak", Where.EVERYWHERE, after=after, limit=2)
            seen += [row.id for row in page.rows]
            after = page.after
    assert (seen, after) == ([row.id for row in reversed(rows)], None)


def test_what_is_rolled_back_is_not_found(database: Database) -> None:
    with database.rehearsal() as session:
        told(session, KOWALCZUK)
    assert names(database, "Kowalczuk") == []


def test_however_much_is_written_it_can_be_stored(postgresql_database: Database) -> None:
    """PostgreSQL indexes a megabyte and no more; nobody may be able to stop a complaint by writing much."""
    words = " ".join(f"{number:x}" for number in range(LONGEST))
    with postgresql_database.unit_of_work() as session:
        told(session, LI, MessageReceived(number=1, words=words), MessageReceived(number=2, words=words))
        (row,) = session.scalars(select(ComplaintRow))
        assert row.version == 3
    assert names(postgresql_database, "Li") == ["Li"]


def test_postgresql_searches_no_list_of_what_is_new(postgresql_database: Database) -> None:
    """Such a list is read from end to end by every search, and after many complaints at once it is long."""
    with postgresql_database.session() as session:
        found = session.execute(
            text("SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'ix_search_entries_%'")
        ).all()
    assert len(found) == 3
    assert all(options == ["fastupdate=off"] for _, options in found)
