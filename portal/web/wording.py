"""The words of pages, translated once for each language and not again for each page.

Flask-Babel finds out the language and looks up the catalogue at every `_()`, and makes markup of the text at every
`{% trans %}`, of which a page of a case has more than a hundred. Here the language is found once for each page.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import flask_babel
from babel import Locale
from flask import Flask, g
from flask_babel.speaklater import LazyString
from markupsafe import Markup

DEFAULT_LOCALE = Locale("en", "GB")


def register(app: Flask) -> None:
    """After Flask-Babel, which registers its own."""
    app.jinja_env.globals.update(_=say, gettext=say)


def language() -> Locale:
    """The language of the page."""
    try:
        page = g._get_current_object()
    except RuntimeError:  # no page is being made
        return DEFAULT_LOCALE
    try:
        found: Locale = page.language
    except AttributeError:
        found = page.language = flask_babel.get_locale() or DEFAULT_LOCALE
    return found


def say(message: str, **values: Any) -> Markup:
    """For templates: `message` in the language of the page, with `values` escaped and filled in."""
    locale = language()
    return _markup(locale, message) % values if values else _without_values(locale, message)


def gettext(message: str, **values: Any) -> str:
    """For code: `message` in the language of the page."""
    found = _translated(language(), message)
    return found % values if values else found


lazy_gettext = partial(LazyString, gettext)
"""The same, in the language of the page on which it is shown in the end."""


# Kept for good: what may be asked for is what stands in templates and in code.
@cache
def _translated(_locale: Locale, message: str) -> str:
    return str(flask_babel.gettext(message))


@cache
def _markup(locale: Locale, message: str) -> Markup:
    return Markup(_translated(locale, message))  # noqa: S704  our own words, and those of our translators


@cache
def _without_values(locale: Locale, message: str) -> Markup:
    return _markup(locale, message) % {}
