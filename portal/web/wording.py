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

from portal.settings import DEFAULT_LANGUAGE
from portal.translation import catalogue, offer, say_in


def register(app: Flask) -> None:
    """After Flask-Babel, which registers its own."""
    offer(app.extensions["settings"])
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


def in_language(language: str) -> None:
    """For an answer that is no page, such as a form to print."""
    g.language = language


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


def said(words: Any) -> Any:
    """What the rules say, in the language of the page. Words that are not of the rules stay as they are."""
    if not isinstance(words, str) or language() == DEFAULT_LANGUAGE:
        return words
    return say_in(language(), words)
