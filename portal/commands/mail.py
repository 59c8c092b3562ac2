"""`portal mail fetch`: take what has come in by email."""

from __future__ import annotations

import click

from portal import create_app, serving
from portal.clock import Clock
from portal.mail.arrival import Desk
from portal.mail.fetching import fetch as fetch_mailbox
from portal.mail.mailbox import MailboxAway
from portal.records.files import StoreAway
from portal.settings import Mailbox

NOT_SET = "PORTAL_IMAP_URL says where email arrives; it is not set."
EVERYTHING = 100_000
WORDS = {
    "filed": "filed",
    "waiting": "for somebody to look at",
    "unreadable": "unreadable, kept",
    "known": "known",
    "gone": "gone",
}


@click.group()
def mail() -> None:
    """Email that comes in."""


@mail.command()
def fetch() -> None:
    """Fetch what is new in every mailbox of PORTAL_IMAP_URL.

    Replies go on their complaints, all else before staff. What is fetched is marked as read and stays in the mailbox.
    `portal worker` does the same by itself.
    """
    try:
        settings = serving.ready_settings()
    except serving.NotReady as error:
        raise click.ClickException(str(error)) from error
    if not settings.mailboxes:
        raise click.ClickException(NOT_SET)
    app = create_app(settings)
    desk = Desk(app.extensions["database"], app.extensions["files"], settings.secret_key)
    read = [_read(desk, each, app.extensions["clock"]) for each in settings.mailboxes]
    app.extensions["database"].close()
    if not all(read):
        raise SystemExit(1)


def _read(desk: Desk, mailbox: Mailbox, clock: Clock) -> bool:
    """Whether the mailbox could be read. Nothing is told of any message but what became of it."""
    try:
        counted = fetch_mailbox(desk, mailbox, clock.now, EVERYTHING)
    except (MailboxAway, StoreAway) as away:
        click.echo(f"{mailbox.landlord}: cannot be fetched now ({away})", err=True)
        return False
    told = ", ".join(f"{number} {WORDS[name]}" for name, number in sorted(counted.items()))
    click.echo(f"{mailbox.landlord}: {told or 'nothing new'}")
    return True
