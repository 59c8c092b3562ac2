"""Doing one unit over and over for a while, and what came of it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from statistics import median

from tests.benchmarks import floor as bare
from tests.benchmarks.apps import portal_on
from tests.benchmarks.browser import Answer, HttpBrowser, TestBrowser
from tests.benchmarks.servers import Server
from tests.benchmarks.units import Floor, Portal, UsedUp
from tests.statements import statements

CONCURRENCY = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """One stretch of one unit: units in each second, CPU in milliseconds for each, latency in milliseconds."""

    rate: float
    cpu: float
    latency: float


@dataclass(slots=True)
class Counted:
    """What one unit asks of the database and sends to the browser; `kilobytes` is that of its last page."""

    statements: int
    kilobytes: float
    compressed: float


@dataclass
class System:
    """One of the two that are compared, with browsers that are signed in and stay so."""

    name: str
    server: Server
    work: Portal | Floor
    _browsers: dict[str, list[HttpBrowser]] = field(default_factory=dict)

    def measure(self, unit: str, seconds: float) -> Measured | None:
        """Busy first, then one at a time for half as long. None where there was nothing left to do it with."""
        try:
            browsers = self._ready(unit)
        except UsedUp:
            return None
        before = self.server.cpu_seconds()
        busy = self._run(unit, browsers, seconds)
        cpu = self.server.cpu_seconds() - before
        alone = self._run(unit, browsers[:1], seconds / 2)
        if not busy.times or not alone.times:
            return None
        return Measured(len(busy.times) / busy.took, 1000 * cpu / len(busy.times), 1000 * median(alone.times))

    def _ready(self, unit: str) -> list[HttpBrowser]:
        """Browsers that have done the unit once: each server process makes its templates of a page the first time."""
        if unit not in self._browsers:
            self._browsers[unit] = [HttpBrowser(self.server.port) for _ in range(CONCURRENCY)]
            for browser in self._browsers[unit]:
                self.work.ready(unit, browser)
                self.work.units[unit](browser)
        return self._browsers[unit]

    def _run(self, unit: str, browsers: Sequence[HttpBrowser], seconds: float) -> _Stretch:
        stretch = _Stretch()
        work, end = self.work.units[unit], time.perf_counter() + seconds

        def go(browser: HttpBrowser) -> None:
            try:
                while (began := time.perf_counter()) < end:
                    work(browser)
                    stretch.times.append(time.perf_counter() - began)
            except UsedUp:
                pass
            except Exception as error:  # noqa: BLE001  raised again below, where somebody sees it
                stretch.problems.append(error)
            finally:
                browser.close()

        threads = [threading.Thread(target=go, args=(browser,)) for browser in browsers]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stretch.took = time.perf_counter() - began
        if stretch.problems:
            raise stretch.problems[0]
        return stretch


@dataclass
class _Stretch:
    times: list[float] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    took: float = 0.0


class Noting(TestBrowser):
    """Remembers the last page."""

    def _answer(self, path: str, response: object) -> Answer:
        self.last = super()._answer(path, response)
        return self.last


def count(url: str, work: Portal, unit: str) -> Counted:
    """One unit in this process, the second time that it is done: the first one fills what is kept."""
    app = portal_on(url)
    browser = Noting(app)
    with redirect_stdout(StringIO()):  # the log of requests is nothing to look at here
        work.ready(unit, browser)
        work.units[unit](browser)
        with statements(app) as seen:
            work.units[unit](browser)
    app.extensions["database"].close()
    page = browser.last.body
    return Counted(len(seen), len(page) / 1000, len(gzip.compress(page)) / 1000)


def try_floor(url: str, work: Floor, unit: str) -> None:
    """Do one unit of the floor in this process."""
    app = bare.make(url)
    browser = TestBrowser(app)
    work.ready(unit, browser)
    work.units[unit](browser)
    app.extensions["sql"].close()
