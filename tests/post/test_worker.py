"""What the worker does without anyone pressing, with the time passed to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
import structlog
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from portal import create_app
from portal import worker as module
from portal.cli import portal
from portal.clock import StoppedClock
from portal.domain.law import HazardKind
from portal.domain.policy import LetterKind
from portal.domain.routes import Route
from portal.records import drafts
from portal.records.database import Database
from portal.records.models import Draft, LetterRow, LetterState
from portal.worker import Worker
from tests.actions.office import Office, ten_oclock
from tests.actions.test_referrals import TUESDAY, refer
from tests.builders import MONDAY, begun
from tests.post.cases import LONDON
from tests.post.test_delivery import settings_for

# Received on Monday 2 November 2026: to be acknowledged by Monday 9 November under IDS 6.2.1.
LAST_DAY = datetime(2026, 11, 9, 23, 59, tzinfo=LONDON)
DAY_AFTER = datetime(2026, 11, 10, 0, 1, tzinfo=LONDON)


@pytest.fixture
def app(database: Database) -> Flask:
    url = database.url.render_as_string(hide_password=False)
    made = create_app(settings_for(None, url, demo=True), StoppedClock(LAST_DAY))
    made.extensions["database"].close()
    made.extensions["database"] = database
    return made


def letters(database: Database) -> list[tuple[LetterKind, LetterState]]:
    with database.session() as session:
        return [(each.kind, each.state) for each in session.scalars(select(LetterRow))]


def test_a_missed_limit_is_noticed_on_the_day_after_and_told_once(app: Flask, database: Database) -> None:
    with database.unit_of_work() as session:
        begun(session, "ids")
    worker, clock = Worker(app), app.extensions["clock"]
    worker.turn()
    assert letters(database) == []
    clock.move_to(DAY_AFTER)
    worker.turn()
    assert letters(database) == [(LetterKind.LIMIT_MISSED, LetterState.SENT)]
    worker.turn()
    Worker(app).turn()
    clock.move_to(DAY_AFTER + timedelta(days=1))
    worker.turn()
    assert len(letters(database)) == 1


def test_the_hour_of_an_emergency_is_noticed_at_the_next_turn_and_not_only_in_the_morning(
    app: Flask, database: Database
) -> None:
    office, clock = Office(database, "ids"), app.extensions["clock"]
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY, hazard=HazardKind.EMERGENCY, aware_at=ten_oclock(MONDAY))
    worker = Worker(app)
    clock.move_to(ten_oclock(TUESDAY))
    worker.turn()
    before = len(letters(database))
    clock.move_to(ten_oclock(TUESDAY) + timedelta(minutes=1))
    worker.turn()
    worker.turn()
    kinds = [kind for kind, _ in letters(database)]
    assert (len(kinds), kinds.count(LetterKind.LAW_LIMIT_MISSED)) == (before + 1, 1)


def test_a_stop_is_heeded_after_the_case_that_is_being_seen_to(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.unit_of_work() as session:
        begun(session, "ids")
        begun(session, "ids")
    app.extensions["clock"].move_to(DAY_AFTER)
    stop, notice = Event(), module.notice_missed_limit

    def notice_and_be_stopped(*args: Any, **named: Any) -> bool:
        stop.set()
        return notice(*args, **named)

    monkeypatch.setattr(module, "notice_missed_limit", notice_and_be_stopped)
    Worker(app).run(stop)
    assert letters(database) == [(LetterKind.LIMIT_MISSED, LetterState.PENDING)]


def test_what_has_expired_is_forgotten(app: Flask, database: Database) -> None:
    with database.unit_of_work() as session:
        drafts.save_page(session, "ids", "a token", "what-happened", {"what_happened": "damp"}, at=LAST_DAY)
    worker = Worker(app)

    def kept() -> int | None:
        with database.session() as session:
            return session.scalar(select(func.count()).select_from(Draft))

    worker.turn()
    assert kept() == 1
    app.extensions["clock"].move_to(LAST_DAY + drafts.KEPT_FOR)
    worker.turn()
    assert kept() == 0


def test_it_stops_when_told_and_logs_no_words_of_anybody(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.unit_of_work() as session:
        reference = begun(session, "ids").case.reference
    app.extensions["clock"].move_to(DAY_AFTER)
    stop = Event()

    class AfterOneTurn(Worker):
        def turn(self) -> None:
            super().turn()
            stop.set()

    heard = structlog.testing.LogCapture()
    monkeypatch.setattr(module, "log", structlog.wrap_logger(None, processors=[heard]))
    AfterOneTurn(app).run(stop)
    logs = heard.entries
    said = [each["event"] for each in logs]
    assert said[0] == "worker_started"
    assert "letters_delivered" in said
    assert said[-1] == "worker_stopped"
    assert "example.org" not in str(logs)
    assert reference not in str(logs)


def test_between_two_turns_it_looks_for_what_is_to_be_sent(app: Flask) -> None:
    done, stop = [], Event()

    class Looking(Worker):
        def turn(self) -> None:
            done.append("turn")
            if done.count("turn") == 2:
                stop.set()

        def send(self) -> None:
            done.append("send")

    Looking(app).run(stop, pause=0)
    assert done == ["turn", *["send"] * module.LOOKS_BETWEEN_TURNS, "turn"]
    assert module.PAUSE_SECONDS <= 3  # the page of the code says that it goes within a few seconds


def test_the_command_refuses_to_start_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    answer = CliRunner().invoke(portal, ["worker", "--once"])
    assert answer.exit_code == 1
    assert "PORTAL_SECRET_KEY is missing" in answer.output


def test_letters_do_not_wait_until_every_file_is_looked_at(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def two_files(*args: object) -> int:
        for name in ("first file", "second file"):
            done.append(name)
            args[-1]()  # type: ignore[operator]
        return 2

    monkeypatch.setattr(module, "check_waiting", two_files)
    monkeypatch.setattr(module, "deliver_unsent", lambda *_: done.append("letters"))
    Worker(app).turn()
    assert done == ["letters", "first file", "letters", "second file", "letters"]
