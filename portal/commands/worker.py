"""`portal worker`: what is done without anyone pressing."""

from __future__ import annotations

import signal
from threading import Event

import click

from portal import create_app, serving
from portal.worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="Do what is to be done now, and stop.")
def worker(once: bool) -> None:
    """Deliver letters and notice missed limits.

    It also forgets drafts and visits that have expired, and goes on until it is stopped.
    """
    try:
        settings = serving.ready_settings()
    except serving.NotReady as error:
        raise click.ClickException(str(error)) from error
    one = Worker(create_app(settings))
    if once:
        one.turn()
    else:
        one.run(stopped_by_signal())


def stopped_by_signal() -> Event:
    """An event that SIGTERM and SIGINT set: a letter that is being sent is finished first."""
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _number, _frame: stop.set())
    return stop
