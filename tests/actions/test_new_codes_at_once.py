"""A new code by link and one from staff at the same moment, on two real connections: neither waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.issue_code import issue_code
from portal.actions.renew_code import renew_code
from portal.domain import references
from portal.records.access import code_opens
from portal.records.database import Database
from portal.records.links import LinkPurpose, link_of, token_of
from portal.records.models import Link
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY

KEY = "not-a-secret-" * 3
NOW = ten_oclock(MONDAY)
OF_LINK, OF_STAFF = (references.new_code(lambda letters, at=at: letters[at]) for at in (3, 7))
LONG_ENOUGH_TO_MEET = 1.0
"""Seconds that the one waits for the other: PostgreSQL looks for a deadlock after one. Nobody waits so long now."""


@pytest.fixture
def office(postgresql_database: Database) -> Office:
    """SQLite has one writer at a time: nobody can meet there."""
    return Office(postgresql_database, "ids")


@pytest.fixture
def other_hand() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def lost(office: Office) -> tuple[str, str]:
    """A complaint, and the secret of the link that its owner has been sent."""
    reference = office.submit(MONDAY)
    asked = office.do(ask_for_code, office.anyone(), reference, on=MONDAY)
    with office.database.unit_of_work() as session:
        send_way_to_code(session, asked, secret_key=KEY, now=NOW)
        session.flush()
        return reference, token_of(KEY, session.query(Link.id).scalar())


def by_staff(office: Office, reference: str, meet: Event | None = None, go: Event | None = None) -> None:
    with office.database.unit_of_work() as session:
        check = {"code": OF_STAFF, "identity_check": "Called back.", "now": NOW}
        issue_code(session, office.lead, reference, **check)
        if meet and go:
            session.flush()
            meet.set()
            go.wait(LONG_ENOUGH_TO_MEET)


def by_link(office: Office, reference: str, token: str) -> bool:
    """Whether the press of the button made a code."""
    with office.database.unit_of_work() as session:
        link = link_of(session, "ids", LinkPurpose.NEW_CODE, token, at=NOW)
        return bool(link and renew_code(session, office.resident(reference), link, code=OF_LINK, now=NOW))


def opens(office: Office, reference: str) -> set[str]:
    with office.database.session() as session:
        return {code for code in (OF_LINK, OF_STAFF) if code_opens(session, "ids", reference, code, MONDAY)}


def test_staff_come_between_the_link_and_its_complaint(office: Office, other_hand: ThreadPoolExecutor) -> None:
    reference, token = lost(office)
    with office.database.unit_of_work() as session:
        link = link_of(session, "ids", LinkPurpose.NEW_CODE, token, at=NOW)
        assert link
        staff = other_hand.submit(by_staff, office, reference)
        assert staff.exception(LONG_ENOUGH_TO_MEET) is None
        assert renew_code(session, office.resident(reference), link, code=OF_LINK, now=NOW) is None
    assert opens(office, reference) == {OF_STAFF}


def test_the_link_comes_while_staff_make_a_code(office: Office, other_hand: ThreadPoolExecutor) -> None:
    reference, token = lost(office)
    meet, go = Event(), Event()
    staff: Future[None] = other_hand.submit(by_staff, office, reference, meet, go)
    assert meet.wait(10)
    with ThreadPoolExecutor(1) as third:
        pressed = third.submit(by_link, office, reference, token)
        go.set()
        assert (pressed.result(10), staff.result(10)) == (False, None)
    assert opens(office, reference) == {OF_STAFF}


def test_two_presses_at_once_make_one_code(office: Office, other_hand: ThreadPoolExecutor) -> None:
    reference, token = lost(office)
    presses = [other_hand.submit(by_link, office, reference, token)]
    with ThreadPoolExecutor(1) as third:
        presses.append(third.submit(by_link, office, reference, token))
        assert [each.result(10) for each in presses] == [True, True]
    assert opens(office, reference) == {OF_LINK}
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds.count("code_issued") == 1
