"""Who looked at what: each look and each refusal is a line, and nothing in it is about the resident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal.clock import StoppedClock
from portal.domain.events import Person, ReplyBy
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Forbidden
from portal.records import access_log
from portal.records.access_log import Access, AccessEntry, Asked
from portal.records.database import Database
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY, new_reference
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.staff.browser import HTMX, Browser

pytestmark = pytest.mark.on_both

NAME = "Resident With A Name Of Their Own"


def lines(database: Database) -> list[tuple[int, Access, str, str | None]]:
    with database.session() as session:
        found = session.scalars(select(AccessEntry).order_by(AccessEntry.id)).all()
    return [(each.by_id, each.access, each.action, each.reference) for each in found]


def rows_of(page: Answer) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.main.findall(".//tbody/tr")]


def test_each_look_at_a_complaint_is_a_line(
    lead: Browser, handler: Browser, office: Office, database: Database
) -> None:
    reference = office.acknowledged(MONDAY)
    letter = office.letters(reference)[0].id
    who = office.lead.user_id
    lead.get(f"cases/{reference}")
    lead.get(f"cases/{reference}/extend", headers=HTMX)
    lead.client.get(lead.address(f"cases/{reference}/letters/{letter}/letter.pdf"))
    handler.get(f"cases/{reference}/respond")
    assert lines(database) == [
        (who, Access.READ, "SEE_CASE", reference),
        (who, Access.READ, "EXTEND_DEADLINE", reference),
        (who, Access.DOWNLOADED, "SEE_LETTER", reference),
        (office.handler.user_id, Access.READ, "SEND_RESPONSE", reference),
    ]


def test_what_is_about_no_complaint_and_what_changes_one_is_no_line(
    lead: Browser, office: Office, database: Database
) -> None:
    reference = office.submit(MONDAY)
    lead.get()
    lead.get("record")
    assert lead.post(f"cases/{reference}/named-staff", {"user_ids": []}).status == 303
    assert lines(database) == []


def test_a_form_that_comes_back_shows_the_complaint_and_is_a_line(
    lead: Browser, office: Office, database: Database
) -> None:
    by_post = Person(name=NAME, address="1 Example Street")
    reference = office.submit(MONDAY, reply_by=ReplyBy.POST, person=by_post)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    letter = office.letters(reference)[0].id
    day = {"new_due-day": "30", "new_due-month": "11", "new_due-year": "2026"}
    sent: list[tuple[str, dict[str, str], int, str]] = [
        (f"letters/{letter}/posted", {}, 422, "RECORD_POSTING"),
        ("extend", {}, 422, "EXTEND_DEADLINE"),
        ("extend", {**day, "reason": "complex", "explanation": "Frost."}, 200, "EXTEND_DEADLINE"),
        ("extend", {"version": "1"}, 409, "EXTEND_DEADLINE"),
    ]
    for path, fields, status, action in sent:
        assert lead.post(f"cases/{reference}/{path}", fields).status == status
        assert lines(database)[-1] == (office.lead.user_id, Access.READ, action, reference)
    assert len(lines(database)) == len(sent)


def test_whoever_is_not_signed_in_is_no_line(app: Flask, office: Office, database: Database) -> None:
    reference = office.submit(MONDAY)
    assert Browser(app).get(f"cases/{reference}").status == 303
    assert lines(database) == []


def test_a_refusal_is_a_line_and_what_is_no_reference_is_not_kept(
    app: Flask, office: Office, database: Database
) -> None:
    theirs, ours, none = Office(database, "ivh").submit(MONDAY), office.acknowledged(MONDAY), new_reference()
    colleague, watching = (Browser(app).sign_in(each) for each in (office.colleague, office.oversight))
    assert colleague.get(f"cases/{theirs}").status == 404
    assert colleague.get(f"cases/{none}").status == 404
    assert colleague.get("cases/Jane Resident 07700 900001").status == 404
    assert colleague.post(f"cases/{ours}/respond").status == 403
    assert watching.get(f"cases/{ours}").status == 404
    who, other = office.colleague.user_id, office.oversight.user_id
    assert lines(database) == [
        (who, Access.REFUSED, "SEE_CASE", theirs),
        (who, Access.REFUSED, "SEE_CASE", none),
        (who, Access.REFUSED, "SEE_CASE", None),
        (who, Access.REFUSED, "SEND_RESPONSE", ours),
        (other, Access.REFUSED, "SEE_CASE", ours),
    ]


def test_a_conflict_of_interest_by_direct_request_is_refused_and_a_line(
    lead: Browser, office: Office, database: Database
) -> None:
    reference = office.submit(MONDAY)
    office.name(reference, MONDAY, office.handler.user_id)
    said = {"handler_id": str(office.handler.user_id), "no_conflict": "y"}
    assert lead.post(f"cases/{reference}/assign", said).status == 422
    assert lines(database) == [(office.lead.user_id, Access.REFUSED, "ASSIGN_HANDLER", reference)]
    assert lead.post(f"cases/{reference}/assign", {"handler_id": ""}).status == 422
    looked = (office.lead.user_id, Access.READ, "ASSIGN_HANDLER", reference)
    assert lines(database)[1:] == [looked], "a form that is not filled in asks for nothing forbidden, and is shown"


@pytest.mark.parametrize("statement", ["UPDATE access_log SET by_id = 1", "DELETE FROM access_log"])
def test_the_database_refuses_to_change_or_delete_a_line(
    lead: Browser, office: Office, database: Database, statement: str
) -> None:
    lead.get(f"cases/{office.submit(MONDAY)}")
    with pytest.raises(IntegrityError, match="never changed or deleted"), database.unit_of_work() as session:
        session.execute(text(statement))


def test_sqlite_refuses_to_replace_a_line(sqlite_database: Database) -> None:
    actor = Actor(Role.LEAD, landlord="ids", user_id=1)
    with sqlite_database.unit_of_work() as session:
        access_log.note(session, actor, Access.READ, access_log.Action.SEE_CASE, None, at=ten_oclock(MONDAY))
    with pytest.raises(IntegrityError), sqlite_database.unit_of_work() as session:
        session.execute(text("INSERT OR REPLACE INTO access_log SELECT * FROM access_log"))


def test_the_page_says_who_what_and_when_and_nothing_about_the_resident(
    app: Flask, lead: Browser, office: Office, clock: StoppedClock
) -> None:
    reference = office.submit(MONDAY, person=Person(name=NAME, email="resident.one@example.org"))
    lead.get(f"cases/{reference}")
    clock.move_to(ten_oclock(MONDAY + timedelta(days=1)))
    for who in (office.auditor, office.administrator, office.lead):
        page = Browser(app).sign_in(who).get("access-log")
        assert len(rows_of(page)) == 1
        for each in ("2 November 2026 at 10:00am", office.lead.name, "Complaints officer", "Looked at it", reference):
            assert each in rows_of(page)[0]
        assert NAME not in page.html
    for who in (office.handler, office.oversight, office.recorder):
        assert Browser(app).sign_in(who).get("access-log").status == 404


def test_the_lines_can_be_narrowed_down(
    app: Flask, lead: Browser, handler: Browser, office: Office, clock: StoppedClock
) -> None:
    one, other = office.submit(MONDAY), office.submit(MONDAY)
    lead.get(f"cases/{one}")
    handler.get(f"cases/{other}")
    clock.move_to(ten_oclock(MONDAY + timedelta(days=1)))
    lead, handler = Browser(app).sign_in(office.lead), Browser(app).sign_in(office.handler)
    handler.get(f"cases/{one}/assign")
    asked = {
        "": 3,
        f"by={office.handler.user_id}": 2,
        "access=refused": 1,
        f"reference={one.lower()}": 2,
        f"reference={one}&access=read": 1,
        "since-day=3&since-month=11&since-year=2026": 1,
        "until-day=2&until-month=11&until-year=2026": 2,
        "by=&access=&reference=": 3,
    }
    for query, count in asked.items():
        assert len(rows_of(lead.get(f"access-log?{query}"))) == count, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("reference=nonsense", "#reference"),
        ("by=99999", "#by"),
        ("access=eaten", "#access"),
        ("since-day=30&since-month=2&since-year=2026", "#since-day"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(lead: Browser, query: str, field: str) -> None:
    page = lead.get(f"access-log?{query}")
    assert (page.status, list(page.errors)) == (422, [field])


def test_the_next_page_begins_where_this_one_ended_with_what_was_asked_for(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    for _ in range(access_log.PAGE + 1):
        lead.get(f"cases/{reference}")
    first = lead.get("access-log?access=read")
    link = next(each for each in first.tree.iter("a") if each.get("rel") == "next").get("href")
    assert "access=read" in link
    second = lead.page(lead.client.get(link))
    assert (len(rows_of(first)), len(rows_of(second))) == (access_log.PAGE, 1)
    assert lead.get(f"access-log?after={'9' * 30}").status == 200
    with statements(lead.app) as seen:
        lead.get("access-log")
    assert len(seen) == 5, "who asks, whom it can be about, the lines, the names, which of them are restricted"


def test_another_landlords_lines_are_not_shown(lead: Browser, office: Office, database: Database) -> None:
    lead.get(f"cases/{office.submit(MONDAY)}")
    with database.session() as session:
        theirs = access_log.access_log(session, Actor(Role.AUDITOR, landlord="ivh"), Asked())
        assert theirs.entries == []
        with pytest.raises(Forbidden):
            access_log.access_log(session, Actor(Role.HANDLER, landlord="ids"), Asked())
