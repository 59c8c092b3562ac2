"""Print how long the tracking page takes to refuse, kind by kind: `python -m tests.benchmarks.tracking_answers`.

Unknown reference, wrong code, withdrawn, closed and erased, 1,000 tries of each in turns, in one process without a
network. Nothing fails because of a time: the means should lie within each other's noise, which the last column says in
standard errors: beyond three or so, run it again, and look into it if it stays there.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import mean, stdev
from time import perf_counter

import click
import structlog

from portal import create_app
from portal.clock import StoppedClock
from portal.domain import references
from portal.paths import folder
from portal.records import schema
from portal.settings import Settings
from portal.web.limits import limiter
from tests.actions.office import Office, ten_oclock

TRIES = 1_000
DAY = date(2026, 11, 4)
WRONG = references.new_code(lambda letters: letters[7])


def complaints(office: Office) -> Mapping[str, str]:
    """A reference of each kind."""
    withdrawn, closed, erased = office.submit(DAY), office.answered(DAY, DAY), office.submit(DAY)
    office.withdraw(withdrawn, DAY)
    office.close(closed, DAY)
    office.erase(erased, DAY)
    return {
        "unknown reference": references.new_reference(lambda letters: letters[4]),
        "wrong code": office.submit(DAY),
        "withdrawn": withdrawn,
        "closed": closed,
        "erased": erased,
    }


def measured(tries: int) -> Iterator[tuple[str, list[float]]]:
    with tempfile.TemporaryDirectory() as made:
        settings = Settings(secret_key="not-a-secret-" * 3, database_url=f"sqlite:///{Path(made) / 'portal.db'}")
        app = create_app(settings, StoppedClock(ten_oclock(DAY)))
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
        )  # the table is what counts
        schema.upgrade(app.extensions["database"], folder("migrations"))
        kinds, client = complaints(Office(app.extensions["database"], "ids")), app.test_client()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/ids/track").text)
        assert found, "the tracking page has a form"
        took: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(tries):
            for kind, reference in kinds.items():
                limiter.reset()
                form = {"csrf_token": found[1], "reference": reference, "code": WRONG}
                begun = perf_counter()
                response = client.post("/ids/track", data=form)
                took[kind].append((perf_counter() - begun) * 1000)
                assert response.status_code == 422, "refused, and not for having tried too often"
        app.extensions["database"].close()
    yield from took.items()


@click.command()
@click.option("--tries", default=TRIES, show_default=True, help="of each kind")
def main(tries: int) -> None:
    """Print mean, its standard error and the middle of the times, in milliseconds; how far the mean is from all."""
    took = dict(measured(tries))
    of_all = mean([each for times in took.values() for each in times])
    click.echo("kind                  mean ms   ± error   median   off by")
    for kind, times in took.items():
        middle, error = sorted(times)[len(times) // 2], stdev(times) / len(times) ** 0.5
        off = (mean(times) - of_all) / error
        click.echo(f"{kind:20}  {mean(times):7.2f}   {error:7.3f}  {middle:7.2f}   {off:+6.1f}")


if __name__ == "__main__":
    main()
