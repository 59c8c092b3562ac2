"""How a date, a time and a list read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal import create_app
from portal.settings import Settings
from portal.web.filters import day, file_size, listed, moment, short_day


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(secret_key="x" * 40, database_url="sqlite://"))


def test_a_day_is_written_in_full(app: Flask) -> None:
    with app.test_request_context():
        assert day(date(2027, 1, 11)) == "Monday 11 January 2027"
        assert short_day(date(2027, 1, 11)) == "Mon 11 Jan"


def test_a_moment_is_told_in_london(app: Flask) -> None:
    with app.test_request_context():
        assert moment(datetime(2027, 7, 1, 23, 5, tzinfo=UTC)) == "2 July 2027 at 12:05am"
        assert day(datetime(2027, 7, 1, 23, 5, tzinfo=UTC)) == "Friday 2 July 2027"
        assert moment(datetime(2027, 1, 11, 14, 5, tzinfo=UTC)) == "11 January 2027 at 2:05pm"


def test_a_size_is_said_in_few_digits(app: Flask) -> None:
    with app.test_request_context():
        assert [file_size(count) for count in (5, 80_000, 1_400_000, 25_000_000)] == [
            "less than 1 kB",
            "80 kB",
            "1.4 MB",
            "25 MB",
        ]


def test_a_list_reads_as_a_sentence() -> None:
    assert listed([]) == ""
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"]) == "one, two and three"
