"""Starting the real thing: settings from the environment, and a clear refusal while something is missing."""

from __future__ import annotations

import os
from functools import partial

from flask import Flask
from sqlalchemy.exc import OperationalError

from portal import create_app, landlords
from portal.intake import Intake
from portal.landlords import LandlordFileError, UnknownLandlord
from portal.paths import folder
from portal.records import recopying, schema
from portal.records.database import Database
from portal.settings import Settings, SettingsError, secret_name
from portal.web.uploads import longest_body


class NotReady(Exception):
    """The portal cannot start; the text says what is missing and what to do, and holds no secret."""


def production_app() -> Flask:
    """The application of one server process: each reads the settings for itself. Raises SettingsError."""
    return create_app(Settings.from_environment(os.environ, production=True))


def ready_settings() -> Settings:
    """The settings of a portal that can start, looked at before any process is. Raises NotReady."""
    try:
        settings = Settings.from_environment(os.environ, production=True)
        landlords.load(settings.landlord_files, settings.landlords)
    except (SettingsError, LandlordFileError, UnknownLandlord) as error:
        raise NotReady(str(error)) from error
    _check_provider_secrets(settings)
    unknown = [each.landlord for each in settings.mailboxes if each.landlord not in landlords.keys()]
    if unknown:
        raise NotReady(f"PORTAL_IMAP_URL is of landlords that are not served: {', '.join(unknown)}")
    _check_database(settings)
    return settings


def _check_provider_secrets(settings: Settings) -> None:
    """Raises NotReady where a landlord's staff sign in through a provider that does not know us yet."""
    through = [key for key in landlords.keys() if landlords.landlord(key).sign_in.provider]
    missing = [secret_name(key) for key in through if not settings.provider_secret(key)]
    if missing:
        raise NotReady(f"{' and '.join(missing)} is missing: the secret that the provider of identities gave us.")


def made_up_contacts() -> tuple[str, ...]:
    """The landlords whose telephone number and addresses are placeholders: never to be shown to real people."""
    return tuple(key for key in landlords.keys() if landlords.landlord(key).contact.placeholder)


def migrate(settings: Settings) -> int:
    """Bring the database up to date: its tables, then what lists show of each complaint. Returns how many had older
    copies. Raises what `landlords.load` does where a landlord's file is wrong.
    """
    landlords.load(settings.landlord_files, settings.landlords)
    database = Database(settings.database_url)
    schema.upgrade(database, folder("migrations"))
    copied = recopying.copy_anew(database, landlords.keys(), landlords.rules_for)
    database.close()
    return copied


def _check_database(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        current = is_current(database)
    except OperationalError as error:
        raise NotReady("The database in PORTAL_DATABASE_URL cannot be opened.") from error
    finally:
        database.close()
    if not current:
        raise NotReady("The database is not up to date: run `portal migrate` first.")


def is_current(database: Database) -> bool:
    """Whether tables and copies are those of this version of the portal."""
    return schema.is_current(database, folder("migrations")) and recopying.is_done(database, landlords.keys())


THREADS = 4
"""Of each server process, so that a page need not wait for one that waits for the database.

None of them reads from anybody's line: `intake` does that.
"""


ENDS_WITHIN_SECONDS = 20
"""What is being sent to a server that stops is finished, but not waited for beyond this."""


def taking_in(target: str) -> Intake:
    """What Granian runs: the application that `target` makes, behind its intake."""
    from granian._internal import load_target

    app = load_target(target, factory=True)
    settings = app.extensions.get("settings")
    return Intake(app, partial(longest_body, app), THREADS, settings.proxies if settings else 0)


def run_server(host: str, port: int, workers: int, target: str = "portal.serving:production_app") -> None:
    """Serve the application that `target` makes, until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=ENDS_WITHIN_SECONDS,
    ).serve(target_loader=taking_in)
