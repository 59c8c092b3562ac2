"""`portal serve`: the site."""

from __future__ import annotations

import click

from portal import serving


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Server processes; about one for each core.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the portal with Granian, until stopped. Settings come from PORTAL_* variables."""
    try:
        serving.ready_settings()
    except serving.NotReady as error:
        raise click.ClickException(str(error)) from error
    if made_up := serving.made_up_contacts():
        click.echo(f"Warning: the contact details of {', '.join(made_up)} are made up. Replace them.", err=True)
    click.echo("Links, codes and letters need `portal worker` to run as well.", err=True)
    serving.run_server(host, port, workers)
