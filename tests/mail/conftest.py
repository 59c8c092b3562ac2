"""A mailbox on a real IMAP server for each test, and an office whose email is fetched from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.records.database import Database
from tests.actions.office import Office
from tests.mail import dovecot as servers
from tests.mail.dovecot import Dovecot
from tests.mail.postroom import Postroom


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with servers.running() as server:
        yield server


@pytest.fixture
def postroom(dovecot: Dovecot, sqlite_database: Database, tmp_path: Path) -> Postroom:
    return Postroom(Office(sqlite_database, "ids"), dovecot, tmp_path)
