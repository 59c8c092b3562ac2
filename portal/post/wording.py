"""The templates of letters, and how what people wrote gets into them: always as text, never as markup.

Every value that a template prints, in `{{ }}` or in `{% trans %}`, passes through `inline` unless
a filter below has already made it Markdown. A template cannot forget to escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from typing import Any

from babel.dates import format_date, format_datetime, get_timezone
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.domain.saying import listed
from portal.paths import folder

SIGNS = re.compile(r"([\\`*_\[\]<>&#~|])")
"""What could begin or end markup anywhere in a line."""

LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-+=])", re.MULTILINE)
"""Where a list or an underlined heading could begin."""

BLANK_LINES = re.compile(r"\n\s*\n")
WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")

UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of pairs, and what could turn round the words after it: overrides and the like."""

LONDON = get_timezone("Europe/London")

FIRST_STRONG_ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


@cache
def templates() -> Environment:
    """Compiled once. Letters are in English whatever language the sender's own pages are in."""
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        finalize=inline,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    words = NullTranslations()
    environment.globals.update(gettext=_translating(words), ngettext=_counting(words))
    environment.filters.update(
        day=day,
        moment=moment,
        link=link,
        listed=listed,
        money=money,
        paragraphs=paragraphs,
        quoted=quoted,
        said=said_list,
        sentence=sentence,
    )
    return environment


def inline(value: object) -> Markup:
    """A value as text within a line. What is Markdown already stays as it is."""
    if isinstance(value, Markup):
        return value
    return markdown(_isolated(_escaped(" ".join(_clean(str(value)).split()))))


ENDS = (".", "!", "?", "…", ":", ";")
CLOSING_SIGNS = "\"'”’)]»"


def sentence(text: str) -> Markup:
    """What somebody wrote as a sentence with an end, so that the next one does not run into it."""
    said = " ".join(_clean(text).split())
    return inline(said if not said or said.rstrip(CLOSING_SIGNS).endswith(ENDS) else f"{said}.")


def paragraphs(text: str) -> Markup:
    """What somebody wrote, with its paragraphs and its lines."""
    found = (_lines(each) for each in BLANK_LINES.split(_clean(text)))
    return markdown("\n\n".join(each for each in found if each))


def quoted(text: str) -> Markup:
    """The same as a quotation."""
    return markdown("\n".join(f"> {line}".rstrip() for line in paragraphs(text).split("\n")))


def said_list(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items that have words."""
    return tuple(item for item in items if item.strip())


def day(value: date) -> str:
    """Tuesday 11 January 2027"""
    return format_date(value, "EEEE d MMMM y", locale="en_GB")


def moment(value: datetime) -> str:
    """11 January 2027 at 2:05pm, in London"""
    clock = format_datetime(value, "h:mma", tzinfo=LONDON, locale="en_GB").lower().replace(" ", "")
    return f"{format_date(value.astimezone(LONDON), 'd MMMM y', locale='en_GB')} at {clock}"


def money(pence: int) -> str:
    """£1,250.00"""
    return f"£{pence / 100:,.2f}"


def link(address: str) -> Markup:
    """A web address that can be followed; anything else stays text."""
    return markdown(f"<{address}>") if WEB_ADDRESS.fullmatch(address) else inline(address)


def _clean(text: str) -> str:
    """Without control characters other than the end of a line, and without those that turn text round."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(paragraph: str) -> str:
    lines = (_isolated(_escaped(line.strip())) for line in paragraph.split("\n"))
    return "\\\n".join(line for line in lines if line)


def _escaped(text: str) -> str:
    return LINE_START.sub(r"\1\\", SIGNS.sub(r"\\\1", text))


def _isolated(text: str) -> str:
    """Words that run from right to left keep to themselves."""
    if text.isascii():
        return text
    runs_left = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return f"{FIRST_STRONG_ISOLATE}{text}{END_OF_ISOLATE}" if runs_left else text


def markdown(text: str) -> Markup:
    """Text that is Markdown already, and is printed as it is."""
    # `Markup` is how the templates know Markdown from text; nothing here is ever HTML.
    return Markup(text)  # noqa: S704


def _translating(words: NullTranslations) -> Callable[..., Markup]:
    def gettext(message: str, /, **values: Any) -> Markup:
        return markdown(words.gettext(message) % _all_inline(values))

    return gettext


def _counting(words: NullTranslations) -> Callable[..., Markup]:
    def ngettext(one: str, many: str, number: int, /, **values: Any) -> Markup:
        return markdown(words.ngettext(one, many, number) % _all_inline({"num": number, **values}))

    return ngettext


def _all_inline(values: dict[str, Any]) -> dict[str, Markup]:
    return {name: inline(value) for name, value in values.items()}
