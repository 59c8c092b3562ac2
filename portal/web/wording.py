"""The words of pages, translated once for each language and not again for each page.

Flask-Babel finds out the language and looks up the catalogue at every `_()`, and makes markup of the text at every
`{% trans %}`, of which a page of a case has more than a hundred. Here the language is found once for each page.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import flask_babel
from flask import Flask, g
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

DEFAULT_LANGUAGE = "en_GB"


def register(app: Flask) -> None:
    """After Flask-Babel, which registers its own."""
    app.jinja_env.globals.update(_=say, gettext=say)


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


def say(message: str, **values: Any) -> Markup:
    """For templates: `message` in the language of the page, with `values` escaped and filled in."""
    if not values:
        return _without_values(language(), message)
    escaped = {name: _safe(value) for name, value in values.items()}
    return Markup(_translated(language(), message) % escaped)  # noqa: S704  our own words, see below


def _safe(value: Any) -> Any:
    """Numbers stay numbers, for %(months)d."""
    return value if isinstance(value, int) else escape(value)


def gettext(message: str, **values: Any) -> str:
    """For code: `message` in the language of the page."""
    found = _translated(language(), message)
    return found % values if values else found


lazy_gettext = partial(LazyString, gettext)
"""The same, in the language of the page on which it is shown in the end."""


# Kept for good, and taken for safe: what may be asked for is what stands in templates and in code, and a test of the
# architecture sees to that.
@cache
def _translated(_language: str, message: str) -> str:
    return str(flask_babel.gettext(message))


@cache
def _without_values(language: str, message: str) -> Markup:
    return Markup(_translated(language, message) % {})  # noqa: S704  our own words, and those of our translators
