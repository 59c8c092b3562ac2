"""Whoever watches over all complaints reads what happened, and nothing by which anybody can be known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.give_feedback import give_feedback
from portal.domain.events import Person
from portal.domain.permissions import Role
from portal.records.database import Database
from portal.records.models import EventContent, EventRow, User
from tests.actions.office import Office, repair, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import HTMX, Browser

pytestmark = pytest.mark.on_both

EVERYWHERE = {"", "tenant", "email", "post", "other", "1", "2"}


def written(database: Database) -> set[str]:
    """Every text that somebody wrote, and everything that says who somebody is."""
    with database.session() as session:
        bodies = session.scalars(select(EventContent.body).join(EventContent.event).join(EventRow.complaint)).all()
        names = session.scalars(select(User.name)).all()
    return (set(texts(bodies)) | set(names)) - EVERYWHERE


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in texts(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in texts(inner)]
    return [value] if isinstance(value, str) else []


def a_long_history(office: Office) -> str:
    day = MONDAY
    reference = office.acknowledged(day)
    office.name(reference, day, office.colleague.user_id)
    office.extend(reference, day + timedelta(days=1), day + timedelta(days=18))
    office.answer(reference, day + timedelta(days=2), remedies=(repair(day + timedelta(days=9), office.handler),))
    office.escalate(reference, day + timedelta(days=3), words="I wrote why.")
    office.assign(reference, day + timedelta(days=3))
    office.acknowledge(reference, day + timedelta(days=3))
    office.answer(reference, day + timedelta(days=4))
    said = {"easy": None, "listened": None, "words": "It took too long."}
    office.do(give_feedback, office.resident(reference), reference, **said, on=day + timedelta(days=5))
    return reference


def test_nothing_that_anybody_wrote_and_nobodys_name_is_on_its_pages(
    app: Flask, office: Office, database: Database, clock
) -> None:
    reference = a_long_history(office)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=30)))
    watching, everything = Browser(app).sign_in(office.oversight), written(database)
    assert len(everything) > 20
    for page in (watching.get("oversight?view=ended"), watching.get(f"oversight/{reference}")):
        assert reference in page.words
        shown = page.words.replace(office.oversight.name, "")
        found = [each for each in everything if each in shown]
        assert not found, page.path


def test_what_happened_is_told(app: Flask, office: Office, clock) -> None:
    reference = a_long_history(office)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=30)))
    words = Browser(app).sign_in(office.oversight).get(f"oversight/{reference}").words
    for each in ("Stage 2", "2 points to answer", "1 person has handled it", "Upheld", "More time until", "Overdue"):
        assert each in words


def test_its_list_is_in_views_and_pages(app: Flask, office: Office, clock) -> None:
    late = [office.submit(MONDAY, person=Person(name="Resident Of A Name")) for _ in range(26)]
    ended = office.submit(MONDAY)
    office.withdraw(ended, MONDAY)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=20)))
    watching = Browser(app).sign_in(office.oversight)
    with statements(app) as seen:
        first = watching.get("oversight?view=overdue")
    assert len(seen) == 2
    link = next(each for each in first.tree.iter("a") if each.get("rel") == "next").get("href")
    second = watching.page(watching.client.get(link, headers=HTMX))
    assert "<html" not in second.html
    assert sorted(each for each in late if each in first.html) != sorted(late)
    assert all((each in first.html) is not (each in second.html) for each in late)
    assert ended in watching.get("oversight?view=ended").html
    assert "Resident Of A Name" not in first.html


def test_a_complaint_in_full_is_not_there_for_it(app: Flask, office: Office, database: Database) -> None:
    reference = office.answered(MONDAY, MONDAY)
    watching, theirs = Browser(app).sign_in(office.oversight), Office(database, "ivh").submit(MONDAY)
    letter = office.letters(reference)[0].id
    for path in ("", f"cases/{reference}", f"cases/{reference}/letters/{letter}", "petitions", "requests"):
        assert watching.get(path).status == 404, path
    assert watching.get(f"oversight/{theirs}").status == 404
    for role in set(Role) & {Role.HANDLER, Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR}:
        other = Browser(app).sign_in(getattr(office, role))
        assert other.get(f"oversight/{reference}").status == 404, role


def test_everybody_begins_where_they_may_go(app: Flask, office: Office) -> None:
    begins = {
        "lead": "/ids/staff/",
        "recorder": "/ids/staff/",
        "auditor": "/ids/staff/",
        "oversight": "/ids/staff/oversight",
        "administrator": "/ids/staff/offices",
    }
    for role, address in begins.items():
        browser = Browser(app).sign_in(getattr(office, role))
        page = browser.get("sign-in")
        assert (page.status, page.location) == (303, address), role
        assert browser.page(browser.client.get(page.location)).status == 200
