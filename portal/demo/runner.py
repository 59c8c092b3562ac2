"""Makes a demonstration in a folder, and runs it: the pages and the worker, in one process."""

from __future__ import annotations

import logging
import secrets
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask
from flask_security import hash_password
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from portal import create_app
from portal.demo import guide
from portal.demo.clock import DemoClock
from portal.demo.desk import Desk
from portal.demo.guide import Guide
from portal.demo.seed import seed
from portal.paths import folder as part_of_portal
from portal.records import schema
from portal.records.database import Database
from portal.settings import CATALOGUES, DEFAULT_LANGUAGE, Settings, catalogues
from portal.worker import Worker

DATABASE = "portal-demo.db"
EVERY_LANGUAGE = (DEFAULT_LANGUAGE, *catalogues(CATALOGUES))
FILES = "files"
CLOCK = "clock"
SECRET = "secret-key"  # noqa: S105  the name of a file
GUIDE = "guide.json"
"""Written last: a folder without it holds no whole demonstration."""

WORKER_PAUSE_SECONDS = 3.0


class Demonstration:
    """A demonstration that lives in `folder`. It uses a database of its own there, whatever PORTAL_DATABASE_URL says.

    Raises SettingsError where other PORTAL_* variables are wrong.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str], address: str) -> None:
        self.folder = folder
        self.is_new = not (folder / GUIDE).exists()
        if self.is_new:
            _clear(folder)
        self._settings = _settings(folder, environ, address)
        self._clock = DemoClock(folder / CLOCK, self._settings.clock)
        self.app = self._app()

    def fill(self) -> None:
        """Make the tables, staff and complaints."""
        database: Database = self.app.extensions["database"]
        schema.upgrade(database, part_of_portal("migrations"))
        with self.app.app_context():
            password_hash = hash_password(guide.PASSWORD)
        seeded = seed(database, self.app.extensions["files"], password_hash, self._clock.now())
        guide.write(self.folder / GUIDE, seeded)

    def open(self) -> Guide:
        """Let the pages know what there is to see."""
        server = self._settings.mail.host if self._settings.mail else None
        found = guide.read(self.folder / GUIDE, server)
        self.app.extensions["demo"] = Desk(found, self._clock, self.app.extensions["database"], self._settings)
        return found

    def _app(self) -> Flask:
        app = create_app(self._settings, self._clock)
        # One line for each request is for operators; here it would bury what is printed at the start.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        return app


def server_for(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server that already has its port. Ends the command, and says why, where it cannot have it."""
    return make_server(host, port, app, threaded=True, request_handler=_Quiet)


def serve(app: Flask, server: BaseWSGIServer) -> None:
    """Serve and work until Ctrl-C or SIGTERM, also where a script that started it in the background ignores Ctrl-C."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.default_int_handler)
    with _worker(app):
        server.serve_forever()


@contextmanager
def _worker(app: Flask) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=Worker(app).run, args=(stop, WORKER_PAUSE_SECONDS, 0), name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_about: Any) -> None:
        """Say nothing about each request."""


def _clear(folder: Path) -> None:
    """Remove what a demonstration that was not finished left behind, and nothing else."""
    for left in (*folder.glob(f"{DATABASE}*"), folder / CLOCK, folder / SECRET):
        left.unlink(missing_ok=True)
    rmtree(folder / FILES, ignore_errors=True)


def _settings(folder: Path, environ: Mapping[str, str], address: str) -> Settings:
    settings = Settings.from_environment(environ, production=False, demo=True)
    return replace(
        settings,
        secret_key=_secret(folder / SECRET),
        database_url=f"sqlite:///{folder / DATABASE}",
        base_url=address,
        redis_url=None,
        files_url=(folder / FILES).absolute().as_uri(),
        languages=settings.languages if environ.get("PORTAL_LANGUAGES") else EVERY_LANGUAGE,
    )


def _secret(file: Path) -> str:
    """Kept, so that nobody is signed out when the demonstration is stopped and started again."""
    if not file.exists():
        file.write_text(secrets.token_hex(32))
    return file.read_text()
