"""As in production: behind https, from pages that send no Referer, with every form's token checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portal import create_app
from portal.clock import StoppedClock
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import ten_oclock
from tests.builders import MONDAY

ADDRESS = "https://complaints.example.org"
SIGN_IN = "/ids/staff/sign-in"


@pytest.fixture
def client(sqlite_database: Database) -> Iterator[FlaskClient]:
    url = sqlite_database.url.render_as_string(hide_password=False)
    settings = Settings(secret_key="not-a-real-secret-not-a-real-secret", database_url=url, base_url=ADDRESS)
    app = create_app(settings, StoppedClock(ten_oclock(MONDAY)))
    limiter.reset()
    yield app.test_client()
    app.extensions["database"].close()


def token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path, base_url=ADDRESS).text)
    assert found, "the form has no token"
    return found[1]


def test_a_form_with_its_token_is_read_although_no_referer_comes_with_it(client: FlaskClient) -> None:
    fields = {"csrf_token": token(client, SIGN_IN), "email": "nobody@example.org", "password": "wrong"}
    answer = client.post(SIGN_IN, base_url=ADDRESS, data=fields)
    assert answer.status_code == 422
    assert "nobody@example.org" in answer.text


def test_a_form_without_its_token_is_not(client: FlaskClient) -> None:
    token(client, SIGN_IN)
    answer = client.post(SIGN_IN, base_url=ADDRESS, data={"email": "nobody@example.org", "password": "wrong"})
    assert answer.status_code == 400
