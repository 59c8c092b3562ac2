"""Writing a letter: sealed in the transaction of what it tells, to the place where the resident wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from portal.domain.case import Case
from portal.domain.events import HandlerAssigned, Person, ReplyBy, Stage
from portal.domain.policy import LetterKind, Part
from portal.domain.response import Incomplete
from portal.post.letters import committed, tidy, write_letter
from portal.post.ways import goes_by_post, way_to
from portal.records.database import Database
from portal.records.history import append
from portal.records.letters import digest_of
from portal.records.models import Channel, LetterRow, LetterState
from tests.builders import ANYONE, begun, lead, staff
from tests.post.cases import LONDON, Story, acknowledged, without

AT = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)


def test_a_letter_is_sealed_with_what_it_promised(database: Database) -> None:
    with database.unit_of_work() as session:
        file = begun(session, "ids")
        letter = write_letter(session, file, LetterKind.RECEIPT, by=ANYONE, at=AT)
        reference = file.case.reference
    with database.session() as session:
        stored = session.get_one(LetterRow, letter.id)
        assert stored.promised_on == date(2026, 11, 9)  # five working days after Monday 2 November
        assert stored.digest == digest_of(stored.subject, stored.body)
        assert (stored.channel, stored.to_address) == (Channel.EMAIL, "resident.one@example.org")
        assert (stored.state, stored.next_try_at) == (LetterState.PENDING, AT)
        assert reference in stored.subject
    recorded = file.case.letters[-1]
    assert (recorded.letter_id, recorded.digest) == (str(letter.id), letter.digest)
    assert (recorded.letter, recorded.promised) == (LetterKind.RECEIPT, date(2026, 11, 9))


def test_a_letter_that_lacks_something_is_not_stored_and_says_what(database: Database) -> None:
    with database.unit_of_work() as session:
        file = begun(session, "ids")
        by = lead("ids")
        whole = acknowledged(Stage.ONE, AT.date())
        append(session, file, replace(whole, outcomes=()), by=by, at=AT)
        with pytest.raises(Incomplete) as refused:
            write_letter(session, file, LetterKind.ACKNOWLEDGEMENT, by=by, at=AT)
        assert session.scalar(select(func.count()).select_from(LetterRow)) == 0
    assert {each.part for each in refused.value.missing} == {Part.OUTCOMES, Part.HANDLER}
    assert "the outcomes that the resident is looking for (Code 5.6)" in refused.value.message
    assert "who is handling the complaint (IDS 6.2.1)" in refused.value.message


def test_the_handler_is_named_from_the_accounts(database: Database) -> None:
    with database.unit_of_work() as session:
        file = begun(session, "ids")
        handler = staff(session, name="Ines Vestigator")
        by = lead("ids")
        append(session, file, HandlerAssigned(stage=Stage.ONE, handler_id=handler.id, rank=None), by=by, at=AT)
        append(session, file, acknowledged(Stage.ONE, AT.date()), by=by, at=AT)
        letter = write_letter(session, file, LetterKind.ACKNOWLEDGEMENT, by=by, at=AT)
    assert "Ines Vestigator is handling your complaint." in letter.body


EVERYTHING = Person(name="Ada", email="ada@example.org", address="1 Example Row\nTown", postcode="AB1 2CD")
NO_EMAIL = replace(EVERYTHING, email="")
NO_ADDRESS = replace(EVERYTHING, address=" ")
POSTED = "Ada\n1 Example Row\nTown\nAB1 2CD"


@pytest.mark.parametrize(
    ("reply_by", "person", "way"),
    [
        (ReplyBy.EMAIL, EVERYTHING, (Channel.EMAIL, "ada@example.org")),
        (ReplyBy.EMAIL, NO_EMAIL, (Channel.POST, POSTED)),
        (ReplyBy.POST, EVERYTHING, (Channel.POST, POSTED)),
        (ReplyBy.POST, NO_ADDRESS, (Channel.EMAIL, "ada@example.org")),
        (ReplyBy.PHONE, EVERYTHING, (Channel.EMAIL, "ada@example.org")),
        (ReplyBy.PHONE, NO_EMAIL, (Channel.POST, POSTED)),
        (ReplyBy.PHONE, Person(phone="020 7946 0000"), (Channel.PAGE, "")),
        (ReplyBy.NONE, EVERYTHING, (Channel.PAGE, "")),
    ],
)
def test_a_letter_goes_the_way_that_was_asked_for(reply_by: ReplyBy, person: Person, way: tuple[Channel, str]) -> None:
    case = _case(reply_by, person)
    assert way_to(case) == way
    assert goes_by_post(case) == (way[0] is Channel.POST)


def _case(reply_by: ReplyBy, person: Person) -> Case:
    story = Story("ids")
    return without(story, type(story.case.received), reply_by=reply_by, person=person).case


@pytest.mark.parametrize(
    ("reply_by", "state"), [(ReplyBy.POST, LetterState.TO_POST), (ReplyBy.NONE, LetterState.ON_PAGE)]
)
def test_only_email_is_for_the_mail_server(database: Database, reply_by: ReplyBy, state: LetterState) -> None:
    announced = []
    with committed.connected_to(announced.append), database.unit_of_work() as session:
        file = begun(session, "ids", reply_by=reply_by, person=EVERYTHING)
        letter = write_letter(session, file, LetterKind.RECEIPT, by=ANYONE, at=AT)
    assert (letter.state, letter.next_try_at) == (state, None)
    assert announced == []


def test_a_letter_is_announced_when_it_is_committed_and_not_before(database: Database) -> None:
    announced: list[object] = []

    def receive(sender: object) -> None:
        announced.append(sender)

    with committed.connected_to(receive), database.unit_of_work() as session:
        write_letter(session, begun(session, "ids"), LetterKind.RECEIPT, by=ANYONE, at=AT)
        assert announced == []
    assert len(announced) == 1


def test_endless_spaces_are_read_once() -> None:
    """Half a million of them would otherwise take minutes, while every other writer waits."""
    spaces = " " * 500_000
    assert tidy(f"a{spaces}b {spaces}\n\n\n\nc") == f"a{spaces}b\n\nc"
