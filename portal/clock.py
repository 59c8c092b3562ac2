"""The only reader of the wall clock. Everything else is told the time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from flask import current_app

LONDON = ZoneInfo("Europe/London")


class Clock:
    """What time it is in Europe/London.

    `set_to` starts the clock at another moment, in the demo and in tests alone; it then runs at the usual
    speed from there. A naive moment is London time.
    """

    def __init__(self, set_to: datetime | None = None) -> None:
        self._ahead = timedelta(0)
        if set_to is not None:
            self.move_to(set_to)

    def now(self) -> datetime:
        return (datetime.now(LONDON) + self._ahead).astimezone(LONDON)

    def today(self) -> date:
        return self.now().date()

    def move_to(self, moment: datetime) -> None:
        """Run on from `moment`."""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        self._ahead = moment - datetime.now(LONDON)


class StoppedClock(Clock):
    """A clock that shows one moment until it is moved: for tests."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)

    def now(self) -> datetime:
        return self._moment

    def move_to(self, moment: datetime) -> None:
        self._moment = moment.astimezone(LONDON) if moment.tzinfo else moment.replace(tzinfo=LONDON)


def current_clock() -> Clock:
    """The clock of the application that is answering."""
    clock: Clock = current_app.extensions["clock"]
    return clock


def stopwatch() -> Callable[[], float]:
    """Start measuring; each call of what is returned gives the milliseconds since."""
    started = perf_counter()
    return lambda: (perf_counter() - started) * 1000
