"""How dates and counts read on a page. One filter for dates, so that every page says them alike."""

from __future__ import annotations

from datetime import date, datetime

from babel.numbers import format_decimal
from flask import Flask

from portal.clock import LONDON
from portal.domain.partial_date import PartialDate
from portal.translation import day_in, list_in, long_day_in, moment_in, short_day_in, then_in
from portal.web.wording import gettext, language


def register(app: Flask) -> None:
    app.add_template_filter(day, "day")
    app.add_template_filter(short_day, "short_day")
    app.add_template_filter(long_day, "long_day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(about_then, "about_then")
    app.add_template_filter(listed, "listed")
    app.add_template_filter(file_size, "file_size")


def day(value: date) -> str:
    """Tuesday 11 January 2027"""
    return day_in(language(), london_day(value))


def short_day(value: date) -> str:
    """Tue 11 Jan, for tables that staff read"""
    return short_day_in(language(), london_day(value))


def long_day(value: date) -> str:
    """11 January 2027, for tables that go back more than a year"""
    return long_day_in(language(), london_day(value))


def moment(value: datetime) -> str:
    """11 January 2027 at 2:05pm, in London"""
    return moment_in(language(), value)


def about_then(value: PartialDate | None) -> str:
    """14 March 2025, March 2025 or 2025; nothing where nothing was said"""
    return then_in(language(), value) if value else ""


def file_size(count: int) -> str:
    """25 MB, 1.4 MB, 80 kB; what is smaller than that is never of use to anybody in bytes."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            size = round(count / unit, 0 if count % unit == 0 or count >= 10 * unit else 1)
            return f"{format_decimal(size, locale=language())} {name}"
    return gettext("less than 1 kB")


def listed(words: list[str], style: str = "standard") -> str:
    """one, two and three; with the style "or": one, two or three"""
    return list_in(language(), words, style) if words else ""


def london_day(value: date) -> date:
    """The day in London of a moment; a plain date is one already."""
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value
