"""The settings of a command; what is wrong with them is told as click tells it."""

from __future__ import annotations

import os

import click

from portal.settings import Settings, SettingsError


def settings_of_command() -> Settings:
    """From the environment, for commands that serve nobody. Raises ClickException with everything that is wrong."""
    try:
        return Settings.from_environment(os.environ, production=False)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
