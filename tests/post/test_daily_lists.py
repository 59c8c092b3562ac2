"""The daily list: to whom, of what and on which days, and never twice.

Received on Monday 2 November 2026, a complaint is to be acknowledged by Monday 9 November (IDS 6.2.1).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import create_app, landlords
from portal.clock import LONDON, StoppedClock
from portal.domain.daily_list import is_reminded_of, is_time
from portal.domain.permissions import Role
from portal.post.mailer import message_for
from portal.records import daily_lists
from portal.records.accounts import User
from portal.records.database import Database
from portal.records.models import Link
from portal.worker import Worker
from tests import builders
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.post.test_delivery import settings_for

DUE = date(2026, 11, 9)


def at(day: date, hour: int = 7) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


@pytest.fixture
def app(database: Database) -> Flask:
    url = database.url.render_as_string(hide_password=False)
    made = create_app(settings_for(None, url, demo=True), StoppedClock(at(MONDAY)))
    made.extensions["database"].close()
    made.extensions["database"] = database
    return made


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, "ids")


def written(app: Flask, day: date, hour: int = 7) -> dict[int, str]:
    """What each person is told on a day, once a worker has had its turn."""
    app.extensions["clock"].move_to(at(day, hour))
    Worker(app).turn()
    with app.extensions["database"].session() as session:
        found = session.scalars(select(Link).where(Link.lines.is_not(None), Link.written_at >= at(day, 0)))
        settings = app.extensions["settings"]
        return {each.user_id or 0: str(message_for(each, settings).body) for each in found}


def test_whoever_handles_it_hears_three_days_and_one_before_and_on_the_day_and_then_the_complaints_officer(
    app: Flask, office: Office
) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    told = {}
    for days in range(11):
        day = MONDAY + timedelta(days=days)
        for user_id, body in written(app, day).items():
            assert reference in body
            told.setdefault(user_id, []).append(day.day)
    handler, lead = office.handler.user_id, office.lead.user_id
    # Wednesday, Friday and Monday; Saturday and Sunday are no working days.
    assert told == {handler: [4, 6, 9], lead: [10, 11, 12]}


def test_a_list_says_what_stage_and_when_and_nothing_about_anybody(app: Flask, office: Office) -> None:
    soon, free = office.submit(MONDAY), office.submit(MONDAY)
    late = office.submit(MONDAY - timedelta(days=5))
    office.assign(soon, MONDAY)
    office.assign(late, MONDAY)
    told = written(app, DUE)
    body, of_lead = told[office.handler.user_id], told[office.lead.user_id]
    assert f"{soon}: stage 1, due on Monday 9 November 2026" in body
    assert late not in body, "that is the complaints officer's now"
    assert soon not in of_lead
    assert of_lead.index("due within three") < of_lead.index(free) < of_lead.index("has passed") < of_lead.index(late)
    assert "/ids/staff/" in body
    with office.database.session() as session:
        for each in session.scalars(select(Link).where(Link.lines.is_not(None))):
            email = message_for(each, app.extensions["settings"])
            assert email.subject == "Complaints that are due"
            assert "Resident One" not in f"{email.body}{email.html}"


def test_nobody_hears_before_six_twice_or_of_nothing(app: Flask, office: Office) -> None:
    assert written(app, DUE) == {}
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    assert written(app, DUE, hour=5) == {}
    first = written(app, DUE, hour=6)
    assert list(first) == [office.handler.user_id]
    for hour in (6, 7, 23):
        assert written(app, DUE, hour=hour) == first, "another worker, later on that day"
    with office.database.session() as session:
        assert [each.attempts for each in session.scalars(select(Link).where(Link.lines.is_not(None)))] == [1]


def test_two_who_write_the_list_of_a_day_write_one(database: Database) -> None:
    with database.unit_of_work() as session:
        user = builders.staff(session)
    written = []
    for hour in (6, 7):
        with database.unit_of_work() as session:
            user = session.get_one(User, user.id)
            written.append(daily_lists.write(session, "a key", user, [], at=at(MONDAY, hour)))
    with database.unit_of_work() as session:
        written.append(daily_lists.write(session, "a key", session.get_one(User, user.id), [], at=at(DUE)))
    assert written == [True, False, True]


def test_a_complaints_officer_hears_of_nothing_that_is_out_of_sight(app: Flask, office: Office) -> None:
    with office.database.unit_of_work() as session:
        elsewhere = builders.staff(session, role=Role.LEAD, areas=("north",))
        builders.begun(session, area="south")
        builders.begun(session, area="south", received_on=MONDAY - timedelta(days=20))
        ours = builders.begun(session, area="north").row.reference
    told = written(app, DUE)
    assert told[office.lead.user_id].count("stage 1") == 3
    assert told[elsewhere.id].count("stage 1") == 1
    assert ours in told[elsewhere.id]


def test_a_weekend_or_bank_holiday_is_not_a_day_for_it() -> None:
    calendar = landlords.calendar_for("ids")
    for day, working in ((MONDAY, True), (date(2026, 11, 7), False), (date(2026, 12, 25), False)):
        assert is_time(at(day), calendar) is working
    # Christmas Day and 28 December 2026, for Boxing Day, lie between.
    assert [day for day in range(20, 30) if is_reminded_of(date(2026, 12, 29), date(2026, 12, day), calendar)] == [
        *(22, 24, 25, 26, 27, 28),
        29,
    ]


def test_moments_are_those_of_london() -> None:
    summer = datetime(2026, 6, 1, 5, 30, tzinfo=UTC).astimezone(LONDON)
    assert is_time(summer, landlords.calendar_for("ids"))
