"""How dates and counts read on a page. One filter for dates, so that every page says them alike."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from flask import Flask
from flask_babel import format_date, format_time

from portal.clock import LONDON
from portal.web.wording import gettext, language


def register(app: Flask) -> None:
    app.add_template_filter(day, "day")
    app.add_template_filter(short_day, "short_day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(listed, "listed")
    app.add_template_filter(file_size, "file_size")


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, _language: str) -> str:
    """The same few hundred days stand on every page, and to write one takes as long as to ask the database."""
    return format_date(value, pattern)


@lru_cache(maxsize=24 * 60)
def _clock(hour: int, minute: int, _language: str) -> str:
    return format_time(time(hour, minute), "h:mma", rebase=False).lower().replace(" ", "")


def day(value: date) -> str:
    """Tuesday 11 January 2027"""
    return _written(london_day(value), "EEEE d MMMM y", language())


def short_day(value: date) -> str:
    """Tue 11 Jan, for tables that staff read"""
    return _written(london_day(value), "EEE d MMM", language())


def moment(value: datetime) -> str:
    """11 January 2027 at 2:05pm, in London"""
    in_london, spoken = value.astimezone(LONDON), language()
    return f"{_written(in_london.date(), 'd MMMM y', spoken)} at {_clock(in_london.hour, in_london.minute, spoken)}"


def file_size(count: int) -> str:
    """25 MB, 1.4 MB, 80 kB; what is smaller than that is never of use to anybody in bytes."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:.{0 if count % unit == 0 or count >= 10 * unit else 1}f} {name}"
    return gettext("less than 1 kB")


def listed(words: list[str], last: str = "and") -> str:
    """one, two and three"""
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def london_day(value: date) -> date:
    """The day in London of a moment; a plain date is one already."""
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value
