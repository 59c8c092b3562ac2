"""Guessing: hopeless by the length of the codes, slowed down by source, told to staff, and it locks nobody out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
import redis
from flask import Flask
from limits import RateLimitItemPerHour
from limits.errors import StorageError
from sqlalchemy import select

from portal import create_app
from portal.clock import StoppedClock
from portal.domain import references
from portal.records import adjustments
from portal.records.database import Database
from portal.records.models import Draft
from portal.settings import Settings
from portal.web.limits import (
    MANY_WRONG_CODES,
    chance_of_a_hit,
    limiter,
    source,
    wrong_codes,
)
from portal.web.resident import complain
from portal.web.staff import queue
from tests.actions.office import Office
from tests.conftest import missing
from tests.statements import statements
from tests.web.resident.test_lost_code import address, ask, links
from tests.web.resident.test_track import answer
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

OTHER_CODE = references.new_code(lambda letters: letters[7])
UNKNOWN = references.new_reference(lambda letters: letters[4])
REDIS = "redis://127.0.0.1:6379/15"

ONE_IN_A_MILLION = 1e-6
MANY_COMPLAINTS = 1_000_000
A_DAY_OF_QUARTERS = 24 * 4


@pytest.mark.parametrize(
    ("tries", "codes"),
    [
        (300, 1),  # on one reference
        (300, MANY_COMPLAINTS),  # across references, were every complaint of a large landlord tried at once
        (30 * A_DAY_OF_QUARTERS, MANY_COMPLAINTS),  # all that one source may try in a day
        (30 * A_DAY_OF_QUARTERS * 10_000, 1),  # spread over ten thousand sources
    ],
)
def test_a_days_guesses_are_hopeless(tries: int, codes: int) -> None:
    # 23 letters in 15 places, counted by hand: about 2.7 times 10 to the power of 20.
    assert 23**15 == 266_635_235_464_391_245_607
    assert chance_of_a_hit(tries, codes) == tries * codes / 266_635_235_464_391_245_607
    assert chance_of_a_hit(tries, codes) < ONE_IN_A_MILLION


def test_three_hundred_wrong_codes_from_ten_sources_keep_nobody_out(app: Flask, visitor: Visitor) -> None:
    reference, code = visitor.complain()
    for number in range(10):
        stranger = Visitor(app)
        stranger.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number + 1}"
        token = stranger.token()
        for _ in range(30):
            stranger.client.post("/ids/track", data={"csrf_token": token, "reference": reference, "code": OTHER_CODE})
    assert visitor.open(reference, code).location == "/ids/my-complaint"
    with app.app_context():
        assert wrong_codes("ids", reference.lower()) == 300
        assert wrong_codes("hs", reference) == 0


def test_staff_are_told_of_many_wrong_codes(app: Flask, visitor: Visitor, office: Office) -> None:
    reference, _code = visitor.complain()
    lead = Browser(app).sign_in(office.lead)
    token = visitor.token()
    for number in range(MANY_WRONG_CODES):
        assert "Many wrong codes" not in lead.get(f"cases/{reference}").words, number
        visitor.post("track", {"reference": reference, "code": OTHER_CODE}, token=token)
    assert "At least 10 wrong codes were tried" in lead.get(f"cases/{reference}").words


def test_wrong_codes_spread_over_references_and_sources_are_told_to_staff(
    app: Flask, visitor: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MANY_WRONG_CODES_IN_ALL", 6)
    lead, token = Browser(app).sign_in(office.lead), visitor.token()
    paths = ("track", "come-back", "new-code")
    for number in range(6):
        assert "Somebody may be guessing codes" not in lead.get().words
        visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        other = references.new_reference(lambda letters, number=number: letters[number])
        typed = {"reference": other, "code": OTHER_CODE}
        assert visitor.post(paths[number % 3], typed, token=token).status == 422
    assert "At least 6 wrong codes were tried on this website" in lead.get().words
    elsewhere = Browser(app, "hs").sign_in(Office(office.database, "hs").lead)
    assert "Somebody may be guessing codes" not in elsewhere.get().words


def test_whoever_shares_a_connection_with_a_machine_that_guesses_gets_in_by_an_emailed_link(
    app: Flask, visitor: Visitor
) -> None:
    reference, code = visitor.complain()
    token = visitor.token()
    for _ in range(30):
        visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token)
    refused = visitor.post("track", {"reference": reference, "code": code}, token=token)
    assert refused.status == 429
    assert "Get a link by email" in refused.words
    assert "Phone:" in refused.words
    ask(visitor, reference)
    [link] = links(app)
    assert visitor.post(address(app, link), token=token).status == 200
    assert visitor.get("my-complaint").heading == "We have your complaint"


def test_one_source_fills_the_database_with_no_drafts_and_nobody_loses_what_they_typed(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complain, "DRAFTS_FROM_ONE_SOURCE", RateLimitItemPerHour(3))
    token, said = visitor.token(), {"what_happened": "The wall is damp."}
    for _ in range(3):
        machine = Visitor(app)
        machine.token()
        assert machine.post("complain/what-happened", said).status == 303
    refused = Visitor(app).post("complain/what-happened", said)
    assert refused.status == 429
    assert refused.value("what_happened") == said["what_happened"]
    assert list(refused.errors)  # said in the summary
    # Whoever is writing already goes on, and so does everybody elsewhere.
    assert machine.post("complain/what-you-want", {"outcome_wanted": "Dry it."}).status == 303
    visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert visitor.post("complain/what-happened", said, token=token).status == 303
    with app.extensions["database"].session() as session:
        assert len(session.scalars(select(Draft)).all()) == 4


def test_what_became_of_a_complaint_does_not_show_to_whoever_has_no_code(app: Flask, office: Office) -> None:
    day = date(2026, 11, 2)
    kinds = {"unknown": UNKNOWN, "open": office.submit(day)}
    kinds["withdrawn"] = office.submit(day)
    office.withdraw(kinds["withdrawn"], day)
    kinds["closed"] = office.answered(day, date(2026, 11, 4))
    office.close(kinds["closed"], date(2026, 11, 5))
    kinds["erased"] = office.submit(day)
    office.erase(kinds["erased"], day)
    visitor = Visitor(app)
    token, told, work = visitor.token(), {}, {}
    for kind, reference in kinds.items():
        with statements(app) as seen:
            page = visitor.post("track", {"reference": reference, "code": OTHER_CODE}, token=token)
        told[kind] = (page.status, answer(page, reference, OTHER_CODE))
        work[kind] = [str(each) for each in seen]
    assert len(set(told.values())) == 1
    assert len({tuple(each) for each in work.values()}) == 1


@pytest.fixture
def counted_in_redis(sqlite_database: Database, clock: StoppedClock) -> Iterator[Flask]:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        missing("Redis at 127.0.0.1:6379")
    url = sqlite_database.url.render_as_string(hide_password=False)
    yield from _running(Settings(secret_key="not-a-real-secret-" * 2, database_url=url, redis_url=REDIS), clock)


def _running(settings: Settings, clock: StoppedClock) -> Iterator[Flask]:
    app = create_app(settings, clock)
    with suppress(StorageError):
        limiter.reset()
    yield app
    with suppress(StorageError):
        limiter.reset()
    limiter._storage_dead = False
    app.extensions["database"].close()


@pytest.fixture
def without_its_redis(sqlite_database: Database, clock: StoppedClock) -> Iterator[Flask]:
    """Nothing listens where the counts should be kept."""
    url = sqlite_database.url.render_as_string(hide_password=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"redis://127.0.0.1:{free.getsockname()[1]}/0"
    yield from _running(Settings(secret_key="not-a-real-secret-" * 2, database_url=url, redis_url=nowhere), clock)


def test_while_redis_is_away_everything_goes_on_and_each_process_counts_for_itself(without_its_redis: Flask) -> None:
    app = without_its_redis
    office, visitor = Office(app.extensions["database"], "ids"), Visitor(app)
    lead = Browser(app).sign_in(office.lead)
    reference, code = visitor.complain()
    assert lead.get().status == 200
    assert lead.get(f"cases/{reference}").status == 200
    token = visitor.token()
    told = [visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token).status for _ in range(31)]
    assert told == [422] * 30 + [429]
    visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert visitor.open(reference, code).location == "/ids/my-complaint"


def test_limits_are_shared_through_redis(counted_in_redis: Flask) -> None:
    visitor = Visitor(counted_in_redis)
    token = visitor.token()
    for _ in range(30):
        assert visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token).status == 422
    with counted_in_redis.app_context():
        assert wrong_codes("ids", UNKNOWN) == 30
    assert visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token).status == 429
    keys = redis.Redis.from_url(REDIS).keys("*")
    assert keys
    assert not [key for key in keys if b"example.org" in key]


def test_all_addresses_of_one_connection_are_one_source(app: Flask, visitor: Visitor) -> None:
    token, told = visitor.token(), []
    for number in range(31):
        visitor.client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:1::{number:x}"
        told.append(visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token).status)
    assert told == [422] * 30 + [429]
    visitor.client.environ_base["REMOTE_ADDR"] = "2001:db8:0:2::1"
    assert visitor.post("track", {"reference": UNKNOWN, "code": OTHER_CODE}, token=token).status == 422


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1:2::3", "2001:db8:0:1::/64"),
        ("not an address", "not an address"),
    ],
)
def test_where_a_request_comes_from(app: Flask, told: str, counted: str) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": told}):
        assert source() == counted


def test_a_flood_of_requests_is_slowed_down_and_hides_no_earlier_one(
    app: Flask, visitor: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adjustments, "AT_ONCE", 3)
    asked = {"adjustments": ["large_print"], "print_size": "18", "email": "ada@example.org"}
    assert visitor.post("make-it-easier", {**asked, "name": "Ada"}).status == 303
    stranger = Visitor(app)
    stranger.client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    token = stranger.token()
    told = [stranger.post("make-it-easier", {**asked, "name": "Flood"}, token=token).status for _ in range(21)]
    assert told == [303] * 20 + [429]
    page = Browser(app).sign_in(office.lead).get("easier").words
    assert "Ada" in page
    assert page.count("Flood") == 2
