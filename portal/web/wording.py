"""The words of pages, translated once for each language and not again for each page.

Flask-Babel finds out the language and looks up the catalogue at every `_()`, and makes markup of the text at every
`{% trans %}`, of which a page of a case has more than a hundred. Here the language is found once for each page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache, partial
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import flask_babel
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from flask import Flask, g
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from portal.domain.saying import Saying, ThatDay, ThatMonth, Value
from portal.settings import DEFAULT_LANGUAGE, Settings

_catalogues: dict[str, Path] = {}
"""Where the catalogue of each language is that any application of this process offers."""


def register(app: Flask) -> None:
    """After Flask-Babel, which registers its own."""
    settings: Settings = app.extensions["settings"]
    found = ((each, settings.catalogue(each)) for each in settings.languages)
    _catalogues.update({each: path for each, path in found if path})
    app.jinja_env.globals.update(_=say, gettext=say, ngettext=say_many)
    app.add_template_filter(said, "said")


def language() -> str:
    """The language of the page, such as en_GB: its name, because Babel's own object is slow to look things up by."""
    try:
        page = g._get_current_object()
    except RuntimeError:  # no page is being made
        return DEFAULT_LANGUAGE
    try:
        found: str = page.language
    except AttributeError:
        found = page.language = str(flask_babel.get_locale() or DEFAULT_LANGUAGE)
    return found


def in_english() -> None:
    """For an answer that is no page, such as a form to print."""
    g.language = DEFAULT_LANGUAGE


def say(message: str, **values: Any) -> Markup:
    """For templates: `message` in the language of the page, with `values` escaped and filled in."""
    if not values:
        return _without_values(language(), message)
    escaped = {name: _safe(value) for name, value in values.items()}
    return Markup(_translated(language(), message) % escaped)  # noqa: S704  our own words, see below


def say_many(one: str, many: str, number: int, **values: Any) -> Markup:
    """For templates: the form that goes with `number`, which is also %(num)d."""
    escaped = {name: _safe(value) for name, value in values.items()}
    form = catalogue(language()).ngettext(one, many, number)
    return Markup(form % {"num": number, **escaped})  # noqa: S704  our own words, see below


def _safe(value: Any) -> Any:
    """Numbers stay numbers, for %(months)d."""
    return value if isinstance(value, int) else escape(value)


def gettext(message: str, **values: Any) -> str:
    """For code: `message` in the language of the page."""
    found = _translated(language(), message)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """The same in the form that goes with `number`, which is also %(num)d."""
    return catalogue(language()).ngettext(one, many, number) % {"num": number, **values}


lazy_gettext = partial(LazyString, gettext)
"""The same, in the language of the page on which it is shown in the end."""

lazy_ngettext = partial(LazyString, ngettext)


# Kept for good, and taken for safe: what may be asked for is what stands in templates and in code, and a test of the
# architecture sees to that.
@cache
def _translated(language: str, message: str) -> str:
    return catalogue(language).gettext(message)


@cache
def _without_values(language: str, message: str) -> Markup:
    return Markup(_translated(language, message) % {})  # noqa: S704  our own words, and those of our translators


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


def said(words: Any) -> Any:
    """What the rules say, in the language of the page. Words that are not of the rules stay as they are."""
    if not isinstance(words, str) or language() == DEFAULT_LANGUAGE:
        return words
    return _say_again(language(), words)


def _say_again(language: str, words: str) -> str:
    if not isinstance(words, Saying):
        return catalogue(language).gettext(words) if words else words
    if words.parts:
        return words.between.join(_say_again(language, part) for part in words.parts)
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
        return list_in(language, (_say_again(language, each) for each in value))
    return format_decimal(value, locale=language) if isinstance(value, int) else _say_again(language, value)


@lru_cache(maxsize=1024)
def month_in(language: str, day: date) -> str:
    """March 2025"""
    return format_skeleton("yMMMM", day, locale=language)


def is_english(language: str) -> bool:
    return language.startswith("en")


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


def list_in(language: str, words: Iterable[str], style: str = "standard") -> str:
    """one, two and three; with the style "or": one, two or three"""
    return format_list([str(each) for each in words], style, locale=language)  # type: ignore[arg-type]


@cache
def read_in(language: str) -> dict[str, str]:
    """A language as a page names it and the direction that it is read in."""
    return {"page_language": tag_of(language), "page_direction": Locale.parse(language).text_direction}


def tag_of(language: str) -> str:
    """en_GB as pages and browsers call it: en-GB."""
    return language.replace("_", "-")
