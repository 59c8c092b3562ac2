"""`portal demo`: everything in one command, with made-up people, complaints and letters."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from portal.demo.guide import Chapter, Guide
from portal.demo.runner import Demonstration, serve, server_for
from portal.landlords import LandlordFileError, UnknownLandlord
from portal.settings import SettingsError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, help="Port to listen on.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the demonstration in this folder, and go on with it next time. Delete the folder to begin again. "
    "Without it, every start is a new demonstration, and nothing is kept.",
)
def demo(host: str, port: int, folder: Path | None) -> None:
    """Try the portal with made-up complaints.

    Every landlord's policy is there, with complaints in every state, staff to sign in as and a clock to move.
    """
    address = f"http://{host}:{port}"
    with _place(folder) as place:
        try:
            demonstration = Demonstration(place, os.environ, address)
        except (SettingsError, LandlordFileError, UnknownLandlord) as error:
            raise click.ClickException(str(error)) from error
        server = server_for(demonstration.app, host, port)
        if demonstration.is_new:
            click.echo("Making up complaints: this takes about ten seconds.")
            demonstration.fill()
        _tell(demonstration.open(), address, folder)
        serve(demonstration.app, server)
    click.echo("Stopped.")


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is None:
        with TemporaryDirectory(prefix="portal-demo-") as temporary:
            yield Path(temporary)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()


def _tell(guide: Guide, address: str, folder: Path | None) -> None:
    click.echo(f"\nThe portal is at {address} and a guide to this demonstration at {address}/demo")
    click.echo(f"Every password is: {guide.password}")
    for chapter in guide.chapters:
        _tell_chapter(chapter, address)
    kept = f"It is kept in {folder}: delete that folder to begin again." if folder else "Nothing is kept afterwards."
    click.echo(f"\n{kept} Press Ctrl-C to stop.")


def _tell_chapter(chapter: Chapter, address: str) -> None:
    click.echo(f"\n{chapter.landlord.name}: {address}/{chapter.landlord.key}/")
    for person in (*chapter.roles, *chapter.ranks):
        click.echo(f"  {person.label}: {person.email}")
    for complaint in chapter.complaints[:1]:
        click.echo(f"  Complaint to follow: reference {complaint.reference}, code {complaint.code}")
