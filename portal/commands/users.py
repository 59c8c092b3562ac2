"""`portal user`: who of a landlord's staff may sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import click
from flask import Flask
from flask_security import hash_password
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import create_app, landlords
from portal.commands.settings import settings_of_command
from portal.domain.actors import ROLE_LABELS, STAFF, Role, go_together, in_order
from portal.domain.policy import Landlord
from portal.domain.staff import SHORTEST_PASSWORD, Change
from portal.records import staff
from portal.records.models import User

ENDED = "cannot sign in"


@contextmanager
def _portal() -> Iterator[Flask]:
    """The application of a command; what it opens of the database is closed with it."""
    app = create_app(settings_of_command())
    try:
        yield app
    finally:
        app.extensions["database"].close()


@click.group()
def user() -> None:
    """Add, switch off and list the landlord's staff."""


@user.command()
@click.option("--landlord", "key", required=True, help="The landlord's key.")
@click.option("--email", required=True, help="What they sign in with.")
@click.option("--name", required=True, help="As letters to residents give it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in STAFF]),
    required=True,
    help="Once for each role. " + "; ".join(f"{role.value}: {ROLE_LABELS[role]}" for role in STAFF),
)
@click.option("--rank", help="Rank in the landlord's file, for those who answer complaints.")
@click.option("--area", "areas", multiple=True, help="Once for each area that they are limited to; without it, none.")
@click.password_option(help="Asked for where it is not given. At least 12 characters.")
def add(
    key: str, email: str, name: str, roles: tuple[str, ...], rank: str | None, areas: tuple[str, ...], password: str
) -> None:
    """Let somebody sign in."""
    with _portal() as app:
        landlord = _landlord(key)
        _check(landlord, email, rank, areas, password)
        first, *others = _roles(roles)
        with app.app_context():
            hashed = hash_password(password)
        person = User(
            landlord=key,
            email=email.strip().lower(),
            name=name.strip(),
            role=first,
            also=tuple(others),
            rank=rank,
            areas=areas,
            password=hashed,
            active=True,
            fs_uniquifier=uuid4().hex,
        )
        try:
            with app.extensions["database"].unit_of_work() as session:
                session.add(person)
                session.flush()
                staff.record(
                    session, person, Change.INVITED, by_id=None, at=now(app), details=" ".join(person.all_roles)
                )
        except IntegrityError as taken:
            raise click.ClickException(f"There is already somebody with the email address {email}.") from taken
    click.echo(f"{name} can sign in at /{key}/staff/sign-in.")


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let somebody sign in no more. Sessions that are open end at once; what they did stays on record."""
    with _portal() as app, app.extensions["database"].unit_of_work() as session:
        found = _person(session, email)
        found.active = False
        staff.end_sessions(found)
        staff.record(session, found, Change.DISABLED, by_id=None, at=now(app))
    click.echo(f"{email} {ENDED} any more.")


@user.command("reset-second-step")
@click.argument("email")
def reset_second_step(email: str) -> None:
    """Forget the authenticator app and recovery codes of somebody whose telephone is lost. They are told by email."""
    with _portal() as app, app.extensions["database"].unit_of_work() as session:
        found = _person(session, email)
        staff.forget_second_step(session, found)
        staff.end_sessions(found)
        staff.record(session, found, Change.SECOND_STEP_RESET, by_id=None, at=now(app))
        key = app.extensions["settings"].secret_key
        staff.tell(session, key, found, Change.SECOND_STEP_RESET, at=now(app))
    click.echo(f"{email} sets up a new second step at the next sign-in.")


def now(app: Flask) -> datetime:
    found: datetime = app.extensions["clock"].now()
    return found


def _person(session: Session, email: str) -> User:
    found = session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))
    if found is None:
        raise click.ClickException(f"There is nobody with the email address {email}.")
    return found


@user.command(name="list")
@click.option("--landlord", "key", help="Only this landlord's staff.")
def listed(key: str | None) -> None:
    """Who there is, a line for each person."""
    query = select(User).order_by(User.landlord, User.name, User.id)
    with _portal() as app, app.extensions["database"].session() as session:
        for each in session.scalars(query.where(User.landlord == key) if key else query):
            click.echo("\t".join(_line(each)))


def _line(each: User) -> tuple[str, ...]:
    state = "active" if each.active else ENDED
    return (each.landlord or "", each.email, each.name, " ".join(each.all_roles), each.rank or "", state)


def _check(landlord: Landlord, email: str, rank: str | None, areas: tuple[str, ...], password: str) -> None:
    """Raise ClickException with what to give instead."""
    if email.count("@") != 1:
        raise click.ClickException(f"{email} is not an email address.")
    ranks = [each.key for each in landlord.ranks]
    if rank is not None and rank not in ranks:
        raise click.ClickException(f"{landlord.name} has no rank {rank}. It has: {', '.join(ranks)}.")
    known = [each.key for each in landlord.areas]
    if unknown := set(areas) - set(known):
        raise click.ClickException(f"{landlord.name} has no area {', '.join(unknown)}. It has: {', '.join(known)}.")
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"The password is shorter than {SHORTEST_PASSWORD} characters.")


def _roles(chosen: tuple[str, ...]) -> tuple[Role, ...]:
    roles = in_order([Role(each) for each in chosen])
    if not go_together(roles):
        raise click.ClickException(
            "Whoever is oversight or an auditor can have no other role: they would watch themselves."
        )
    return roles


def _landlord(key: str) -> Landlord:
    try:
        return landlords.landlord(key)
    except landlords.UnknownLandlord as unknown:
        raise click.ClickException(str(unknown)) from unknown
