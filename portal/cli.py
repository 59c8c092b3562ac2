"""The `portal` command. Each command is a function here; what it does lives elsewhere."""

from __future__ import annotations

import os
from typing import Any

import click

from portal import serving
from portal.commands.demo import demo
from portal.commands.records import verify
from portal.commands.users import user
from portal.commands.worker import worker
from portal.deadlines_command import deadlines
from portal.settings import Settings, SettingsError


@click.group()
@click.version_option(package_name="complaints-portal")
def portal() -> None:
    """Complaints portal for residents of social landlords."""


@portal.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Server processes; about one for each core.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the portal with Granian. Settings come from PORTAL_* variables."""
    try:
        serving.ready_settings()
    except serving.NotReady as error:
        raise click.ClickException(str(error)) from error
    if made_up := serving.made_up_contacts():
        click.echo(f"Warning: the contact details of {', '.join(made_up)} are made up. Replace them.", err=True)
    serving.run_server(host, port, workers)


@portal.command()
def migrate() -> None:
    """Make the database named in PORTAL_DATABASE_URL, or bring it up to date."""
    try:
        settings = Settings.from_environment(os.environ, production=False)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    serving.migrate(settings)
    click.echo("The database is up to date.")


portal.add_command(deadlines)
portal.add_command(demo)
portal.add_command(user)
portal.add_command(verify)
portal.add_command(worker)


def main(*arguments: Any) -> None:
    """What the `portal` script runs."""
    portal(*arguments)
