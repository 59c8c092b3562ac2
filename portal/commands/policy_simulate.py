"""`portal policy simulate`: which complaints another landlord file would move, before it is put into use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from portal import create_app, landlords
from portal.commands.settings import settings_of_command
from portal.domain.case import Rules
from portal.domain.days_off import Moved
from portal.domain.policy import Landlord
from portal.landlords.files import LandlordFileError, Source
from portal.landlords.registry import read_landlord
from portal.records import calendars, recounting
from portal.records.database import Database


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def simulate(file: Path) -> None:
    """Show which complaints another landlord file would move.

    A complaint keeps the policy of the day on which it was received, so a version for a day to come moves none. Put the
    file into PORTAL_LANDLORD_FILES when nothing is listed that residents would be worse off by.
    """
    try:
        new = read_landlord(Source.at(file))
    except LandlordFileError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    app = create_app(settings_of_command())
    try:
        moved = _moved(app.extensions["database"], new)
    finally:
        app.extensions["database"].close()
    for each in moved:
        click.echo("\t".join(_line(each)))
    click.echo(f"Dates of {len(moved)} complaints of {new.name} move." if moved else "No date of a complaint moves.")


def _moved(database: Database, new: Landlord) -> list[Moved]:
    """By reference, with the days that administrators have added in both."""
    if new.key not in landlords.keys():
        raise click.ClickException(f"There is no landlord {new.key} here. There are: {', '.join(landlords.keys())}.")

    def then(_landlord: str, received_on: date) -> Rules:
        calendar = landlords.calendar_of(new.nation, new.closures)
        return Rules(new.policy_on(received_on), landlords.the_code(), calendar)

    with database.session() as session:
        days = calendars.days_of(session, new.key)
        both = (recounting.counted_with(rules, days) for rules in (landlords.rules_for, then))
        return recounting.effects(session, new.key, *both)


def _line(each: Moved) -> tuple[str, ...]:
    told = f"told {each.told}" if each.told else "told no date"
    return (each.reference, each.key, told, f"counted {each.due_before}", f"then {each.due_after}")
