"""The portal as it is measured, in a server or in one process."""

from __future__ import annotations

import os

from flask import Flask

from portal import create_app
from portal.records.models import LetterRow
from portal.settings import Settings
from tests.benchmarks.supply import DATABASE, NOW, SECRET_KEY


class Taken:
    """Takes every letter at once: what a mail server costs is not ours to measure."""

    def send(self, letter: LetterRow) -> None:
        pass


def portal_on(url: str) -> Flask:
    """The portal on the day of the data."""
    app = create_app(Settings(secret_key=SECRET_KEY, database_url=url, clock=NOW))
    app.extensions["mailer"] = Taken()
    return app


def portal() -> Flask:
    """For a server process, which is told by the environment."""
    return portal_on(os.environ[DATABASE])
