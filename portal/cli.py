"""The `portal` command. Each command is a function here; what it does lives elsewhere."""

from __future__ import annotations

import os
from typing import Any

import click
from flask import Flask

from portal import create_app
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
    production_settings()
    run_server(host, port, workers)


portal.add_command(deadlines)


def production_settings() -> Settings:
    """The settings, or a clear refusal to start."""
    try:
        return Settings.from_environment(os.environ, production=True)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def production_app() -> Flask:
    """The application of one server process: each reads the settings for itself."""
    return create_app(production_settings())


def run_server(host: str, port: int, workers: int, target: str = "portal.cli:production_app") -> None:
    """Serve the application that `target` makes, until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        target,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def main(*arguments: Any) -> None:
    """What the `portal` script runs."""
    portal(*arguments)
