"""What our words, a day, a number and a list are in a language. Pages and letters say them alike.

The language is an argument. It is called as Babel calls it, such as en_GB or cy.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import Translations

from portal.clock import LONDON
from portal.domain.partial_date import PartialDate
from portal.domain.saying import Saying, ThatDay, ThatMonth, Value, say
from portal.settings import DEFAULT_LANGUAGE, Settings

_catalogues: dict[str, Path] = {}
"""Where the catalogue of each language is that any application of this process offers."""


def offer(settings: Settings) -> None:
    """Have the languages of an installation ready."""
    found = ((each, settings.catalogue(each)) for each in settings.languages)
    _catalogues.update({each: path for each, path in found if path})


def spoken(language: str) -> str:
    """The language itself where it is offered, and English where it is not, or is not known."""
    return language if language in _catalogues else DEFAULT_LANGUAGE


@cache
def catalogue(language: str) -> NullTranslations:
    """What the messages are in a language: in English as they stand. Read once, from the text that translators edit."""
    if language not in _catalogues:
        return NullTranslations()
    compiled = BytesIO()
    with _catalogues[language].open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def say_in(language: str, words: str) -> str:
    """What the rules say, in a language. Words that are not of the rules stay as they are."""
    if language == DEFAULT_LANGUAGE:
        return words
    if not isinstance(words, Saying):
        return catalogue(language).gettext(words) if words else words
    if words.parts:
        return words.between.join(say_in(language, part) for part in words.parts)
    messages = catalogue(language)
    if words.plural is None:
        message = messages.gettext(words.message)
    else:
        message = messages.ngettext(words.message, words.plural, words.number)
    values = {name: _value(language, value) for name, value in words.values.items()}
    return message % values if values else message


def _value(language: str, value: Value) -> str:
    if isinstance(value, date):
        return day_in(language, value)
    if isinstance(value, ThatDay):
        return day_without_year_in(language, value.day)
    if isinstance(value, ThatMonth):
        return month_in(language, value.day)
    if isinstance(value, tuple):
        return list_in(language, (say_in(language, each) for each in value))
    return format_decimal(value, locale=language) if isinstance(value, int) else say_in(language, value)


def is_english(language: str) -> bool:
    return language.startswith("en")


@lru_cache(maxsize=1024)
def then_in(language: str, value: PartialDate) -> str:
    """14 March 2025, March 2025 or 2025"""
    if value.month is None:
        return str(value.year)
    return month_in(language, value.earliest()) if value.day is None else long_day_in(language, value.earliest())


def month_in(language: str, day: date) -> str:
    """March 2025"""
    return format_skeleton("yMMMM", day, locale=language)


# The same few hundred days stand on every page, and to write one takes as long as to ask the database.
@lru_cache(maxsize=4096)
def day_in(language: str, day: date) -> str:
    """Tuesday 11 January 2027"""
    return format_date(day, "EEEE d MMMM y" if is_english(language) else "full", locale=language)


@lru_cache(maxsize=1024)
def day_without_year_in(language: str, day: date) -> str:
    """Tuesday 11 January"""
    if is_english(language):
        return format_date(day, "EEEE d MMMM", locale=language)
    return format_skeleton("MMMMEEEEd", day, locale=language)


@lru_cache(maxsize=4096)
def short_day_in(language: str, day: date) -> str:
    """Tue 11 Jan"""
    if is_english(language):
        return format_date(day, "EEE d MMM", locale=language)
    return format_skeleton("MMMEd", day, locale=language)


@lru_cache(maxsize=1024)
def long_day_in(language: str, day: date) -> str:
    """11 January 2027"""
    return format_date(day, "d MMMM y" if is_english(language) else "long", locale=language)


def moment_in(language: str, moment: datetime) -> str:
    """11 January 2027 at 2:05pm, in London"""
    in_london = moment.astimezone(LONDON)
    day, clock = long_day_in(language, in_london.date()), _clock(language, in_london.hour, in_london.minute)
    return say_in(language, say("%(day)s at %(time)s", day=day, time=clock))


@lru_cache(maxsize=24 * 60)
def _clock(language: str, hour: int, minute: int) -> str:
    if is_english(language):
        return format_time(time(hour, minute), "h:mma", locale=language).lower().replace(" ", "")
    return format_time(time(hour, minute), "short", locale=language)


def list_in(language: str, words: Iterable[str], style: str = "standard") -> str:
    """one, two and three; with the style "or": one, two or three"""
    return format_list([str(each) for each in words], style, locale=language)  # type: ignore[arg-type]


def money_in(language: str, pence: int) -> str:
    """£1,250.00"""
    return format_currency(pence / 100, "GBP", locale=language)


@cache
def read_in(language: str) -> dict[str, str]:
    """A language as a page names it and the direction that it is read in."""
    return {"page_language": tag_of(language), "page_direction": Locale.parse(language).text_direction}


def runs_left(language: str) -> bool:
    """Whether it is written from right to left."""
    return read_in(language)["page_direction"] == "rtl"


def tag_of(language: str) -> str:
    """en_GB as pages and browsers call it: en-GB."""
    return language.replace("_", "-")


def name_in(language: str, reader: str) -> str:
    """Welsh, to somebody who reads English."""
    return Locale.parse(language).get_language_name(reader) or language


def own_name(language: str) -> str:
    """English, Cymraeg: without a country, which only matters to computers here."""
    locale = Locale.parse(language)
    return (locale.languages.get(locale.language) or language).capitalize()
