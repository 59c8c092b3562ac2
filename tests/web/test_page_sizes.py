"""A whole page is small enough for a slow telephone: HTML, styles and script together, as they are sent compressed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portal import create_app
from portal.records.database import Database
from portal.settings import Settings

MOST = 60_000
"""Bytes, without the typeface, which is kept for good and which a page can be read without."""

PARTS = re.compile(r'(?:href|src)="(/assets/[^"]+\.(?:css|js)[^"]*)"')


@pytest.fixture
def client(sqlite_database: Database) -> Iterator[FlaskClient]:
    url = sqlite_database.url.render_as_string(hide_password=False)
    app = create_app(Settings(secret_key="not-a-real-secret-not-a-real-secret", database_url=url))
    yield app.test_client()
    app.extensions["database"].close()


@pytest.mark.parametrize("path", ["", "complain/what-happened", "complain/making-it-easier", "track"])
def test_a_whole_page_is_small(client: FlaskClient, path: str) -> None:
    html = client.get(f"/ids/{path}").data
    parts = set(PARTS.findall(html.decode()))
    assert len(parts) >= 3, "styles, the landlord's colours and the script"
    assert len(gzip.compress(html)) + sum(_sent(client, part) for part in parts) < MOST


def _sent(client: FlaskClient, address: str) -> int:
    with client.get(address, headers={"Accept-Encoding": "br"}) as response:
        return len(response.data)
