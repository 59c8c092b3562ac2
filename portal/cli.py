"""The `portal` command. Each of its commands has a module of its own in `portal.commands`."""

from __future__ import annotations

from typing import Any

import click

from portal.commands.deadlines import deadlines
from portal.commands.demo import demo
from portal.commands.figures import figures
from portal.commands.languages import languages
from portal.commands.mail import mail
from portal.commands.policy import policy
from portal.commands.records import migrate, verify
from portal.commands.seed import seed
from portal.commands.serve import serve
from portal.commands.users import user
from portal.commands.worker import worker

COMMANDS = (deadlines, demo, figures, languages, mail, migrate, policy, seed, serve, user, verify, worker)


@click.group()
@click.version_option(package_name="complaints-portal")
def portal() -> None:
    """Complaints portal for residents of social landlords."""


for command in COMMANDS:
    portal.add_command(command)


def main(*arguments: Any) -> None:
    """What the `portal` script runs."""
    portal(*arguments)
