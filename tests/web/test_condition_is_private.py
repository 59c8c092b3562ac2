"""What somebody told of their health, and what makes them vulnerable: for whoever needs it, at the complaint alone.

Every page, list, table and file that there is to look at is asked for by everybody, representative and office included.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal import create_app, landlords
from portal.actions.request_adjustment import request_adjustment
from portal.actions.tell_condition import tell_condition
from portal.clock import StoppedClock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish
from portal.domain.triage_events import VulnerabilityTold
from portal.post.mailer import message_for
from portal.records import queries
from portal.records.database import Database
from portal.records.history import append
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import Office, ten_oclock
from tests.web.test_every_route import DAY, OURS, Walk, walk_of

CONDITION = "A condition called Zebra"
VULNERABLE = "Okapi lives there alone"
WHO_NEED = {"Zebra": {"handler", "lead", "adjustments_lead"}, "Okapi": {"handler", "lead"}}
"""Whoever handles the complaint, decides about adjustments, or answers for all complaints (UK GDPR, Article 9)."""


@pytest.fixture
def walk(sqlite_database: Database, tmp_path: Path) -> Walk:
    url, files = sqlite_database.url.render_as_string(hide_password=False), (tmp_path / "files").as_uri()
    settings = Settings(secret_key="not-a-secret-" * 3, database_url=url, files_url=files)
    app = create_app(settings, StoppedClock(ten_oclock(DAY)))
    app.extensions["database"].close()
    app.extensions["database"] = sqlite_database
    limiter.reset()
    return walk_of(app, sqlite_database)


def told(walk: Walk) -> Office:
    """The complaint of everybody's browser, with an adjustment asked for and the condition behind it."""
    office, reference = Office(walk.database, OURS), walk.mine.reference
    wish = Wish(adjustments=(Adjustment.LARGE_PRINT, Adjustment.ADVOCATE), words="18 point")
    office.do(request_adjustment, office.resident(reference), reference, wish, on=DAY)
    office.do(tell_condition, office.resident(reference), reference, CONDITION, on=DAY)
    with walk.database.unit_of_work() as session:
        file = queries.open_case(session, reference, office.lead, landlords.rules_for)
        told = VulnerabilityTold(told_on=DAY, words=VULNERABLE)
        append(session, file, told, by=office.lead, at=ten_oclock(DAY))
    return office


def test_nobody_comes_upon_it_who_does_not_need_it_nor_anywhere_but_at_that_complaint(walk: Walk) -> None:
    told(walk)
    wanted = {word: (who, set()) for word, who in WHO_NEED.items()}
    found: dict[str, tuple[set[str], set[str]]] = {word: (set(), set()) for word in WHO_NEED}
    here = {who: each for who, each in walk.browsers.items() if not who.startswith(("their ", "another "))}
    for rule in walk.rules("GET"):
        for who, client in here.items():
            limiter.reset()
            page = client.get(walk.address(rule, walk.mine, OURS)).get_data()
            for word, (seen, elsewhere) in found.items():
                if word.encode() in page:
                    seen.add(who)
                    elsewhere.update({rule.endpoint} if "/staff/cases/<reference>" not in rule.rule else set())
    assert found == wanted


def test_no_letter_bears_it_inside_or_outside(walk: Walk) -> None:
    office, app = told(walk), walk.app
    office.escalate(walk.mine.reference, DAY)
    for letter in office.letters(walk.mine.reference):
        for word in WHO_NEED:
            assert word not in f"{letter.subject} {letter.body} {letter.to_address}"
            assert word not in _email(letter, app)


def _email(letter: object, app: Flask) -> str:
    message = message_for(letter, app.extensions["settings"])  # type: ignore[arg-type]
    return f"{message.subject} {message.body} {message.html}"
