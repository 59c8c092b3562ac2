"""`portal migrate` and `portal verify`: the tables, and whether what stands in them is still what was written."""

from __future__ import annotations

from contextlib import closing

import click

from portal import serving
from portal.commands.settings import settings_of_command
from portal.landlords import LandlordFileError, UnknownLandlord
from portal.paths import folder
from portal.records import chain, enquiry_chain, schema, sent
from portal.records.database import Database


@click.command()
def migrate() -> None:
    """Make the database, or bring it up to date.

    It is the one named in PORTAL_DATABASE_URL.
    """
    try:
        copied = serving.migrate(settings_of_command())
    except (LandlordFileError, UnknownLandlord) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database is up to date. Complaints that lists show anew: {copied}.")


@click.command()
def verify() -> None:
    """Check each landlord's record for changes.

    Names the first broken entry of each chain of events, letters included, and of what was sent, and then exits with 1.
    """
    with closing(_database()) as database, database.session() as session:
        broken = [_tell(landlord, chain.verify(session, landlord)) for landlord in chain.landlords(session)]
        asked = enquiry_chain.landlords(session)
        kept = sent.landlords(session)
        broken += [_tell(f"{each}, what was sent", sent.verify(session, each)) for each in kept]
        broken += [_tell(f"{each}, without a complaint", enquiry_chain.verify(session, each)) for each in asked]
    if any(broken):
        raise SystemExit(1)
    click.echo(f"Every entry is as it was written. Records checked: {len(broken)}.")


def _tell(landlord: str, broken: chain.Break | None) -> bool:
    """Say how a landlord's chain stands; whether it is broken."""
    click.echo(f"{landlord}: whole" if broken is None else f"BROKEN {broken}", err=broken is not None)
    return broken is not None


def _database() -> Database:
    database = Database(settings_of_command().database_url)
    if not schema.is_current(database, folder("migrations")):
        database.close()
        raise click.ClickException("The database is not up to date: run `portal migrate` first.")
    return database
