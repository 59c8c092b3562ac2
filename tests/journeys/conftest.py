"""A portal that really listens, a mail server behind it, and Debian's Chromium in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from portal import create_app
from portal.clock import StoppedClock
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import ten_oclock
from tests.builders import MONDAY
from tests.conftest import ONE_DATABASE, missing
from tests.journeys.doormat import Doormat
from tests.journeys.people import Portal
from tests.post.conftest import MailServer

# The same engine without the parts that draw windows takes two thirds of the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        missing("Chromium")
    # A container often runs as root and with a small /dev/shm.
    flags = ["--no-sandbox", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


class Doorway:
    """One address for the portal of one test after another: what runs in a browser need not be loaded again."""

    def __init__(self) -> None:
        self.portal: Flask | None = None
        self.server = make_server("127.0.0.1", 0, self, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        assert self.portal, "nobody asks between two tests"
        return self.portal(environ, start_response)


@pytest.fixture(scope="session")
def doorway() -> Iterator[Doorway]:
    made = Doorway()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer(Doormat())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def kept_in() -> str:
    """Where a journey's portal keeps what it is told; a journey may say otherwise."""
    return ONE_DATABASE


@pytest.fixture
def more_settings() -> dict[str, str]:
    """What a journey's portal is told beside what every one is; a journey may say something."""
    return {}


@pytest.fixture
def portal(
    request: pytest.FixtureRequest,
    kept_in: str,
    more_settings: dict[str, str],
    mail_server: MailServer,
    doorway: Doorway,
) -> Iterator[Portal]:
    """A running portal; its clock stands until a test moves it."""
    database: Database = request.getfixturevalue(f"{kept_in}_database")
    clock = StoppedClock(ten_oclock(MONDAY))
    environment = {
        "PORTAL_SECRET_KEY": "not-a-secret-" * 3,
        "PORTAL_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "PORTAL_MAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        **more_settings,
    }
    app = create_app(Settings.from_environment(environment, production=False), clock)
    limiter.reset()
    doorway.portal = app
    assert isinstance(mail_server.postbox, Doormat)
    yield Portal(app, database, clock, doorway.address, mail_server.postbox)
    app.extensions["database"].close()
    limiter.reset()
