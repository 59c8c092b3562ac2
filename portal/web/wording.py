"""The words of templates, translated once for each language and not again for each page.

Flask-Babel finds out the language, looks up the catalogue and makes markup of the text at every `_()` and every
`{% trans %}`, of which a page of a case has more than a hundred.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup


def register(app: Flask) -> None:
    """After Flask-Babel, which registers its own."""
    app.jinja_env.globals.update(_=say, gettext=say)


def say(message: str, **values: Any) -> Markup:
    """`message` in the language of the page, with `values` escaped and filled in."""
    locale = get_locale()
    return _translated(locale, message) % values if values else _without_values(locale, message)


@cache
def _translated(_locale: Locale, message: str) -> Markup:
    """Kept for good: what may be asked for is what stands in templates."""
    return Markup(gettext(message))  # noqa: S704  our own words, and those of our translators


@cache
def _without_values(locale: Locale, message: str) -> Markup:
    return _translated(locale, message) % {}
