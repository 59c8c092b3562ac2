"""`portal seed`: many made-up complaints of one landlord, to try and to measure with."""

from __future__ import annotations

import secrets

import click
from flask_security import hash_password
from sqlalchemy import select

from portal import create_app, landlords
from portal.commands.settings import settings_of_command
from portal.demo.many import seed_many
from portal.demo.office import email_of, posts
from portal.records.database import Database
from portal.records.models import ComplaintRow
from portal.serving import is_current

WARNING = "Made-up complaints stay for ever: the record lets nothing be taken out. Go on?"


@click.command()
@click.option("--landlord", "key", required=True, help="The landlord's key.")
@click.option("--cases", type=click.IntRange(1), required=True, help="How many complaints.")
@click.option("--number", default=1, show_default=True, help="The same number makes the same complaints on one day.")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def seed(key: str, cases: int, number: int, yes: bool) -> None:
    """Fill a database with made-up complaints.

    For a landlord that has none yet, to try and to measure with. Each has a whole and lawful history with letters; a
    fifth is still open. Staff are added too, and their password is told at the end.
    """
    app = create_app(settings_of_command())
    database: Database = app.extensions["database"]
    try:
        landlord = landlords.landlord(key)
        _check(database, key)
        yes or click.confirm(WARNING, abort=True)
        password = secrets.token_urlsafe(12)
        with app.app_context():
            hashed = hash_password(password)
        seed_many(database, key, cases, number, hashed, app.extensions["clock"].now())
    except landlords.UnknownLandlord as unknown:
        raise click.ClickException(str(unknown)) from unknown
    finally:
        database.close()
    click.echo(f"Complaints made: {cases}. Every password is: {password}")
    for post in posts(landlord):
        click.echo(f"  {post.label}: {email_of(landlord, post)}")


def _check(database: Database, key: str) -> None:
    if not is_current(database):
        raise click.ClickException("The database is not up to date: run `portal migrate` first.")
    with database.session() as session:
        if session.scalar(select(ComplaintRow.id).where(ComplaintRow.landlord == key).limit(1)):
            raise click.ClickException(f"The landlord {key} has complaints already, and they may be real ones.")
