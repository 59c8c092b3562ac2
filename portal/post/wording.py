"""The templates of letters, and how what people wrote gets into them: always as text, never as markup.

Every value that a template prints, in `{{ }}` or in `{% trans %}`, passes through `inline` unless
a filter below has already made it Markdown. A template cannot forget to escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.domain.interpreting import name_of
from portal.domain.saying import Saying
from portal.paths import folder
from portal.settings import DEFAULT_LANGUAGE
from portal.translation import catalogue, day_in, list_in, moment_in, money_in, read_in, runs_left, say_in, then_in

SIGNS = re.compile(r"([\\`*_\[\]<>&#~|])")
"""What could begin or end markup anywhere in a line."""

LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-+=])", re.MULTILINE)
"""Where a list or an underlined heading could begin."""

BLANK_LINES = re.compile(r"\n\s*\n")
WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")

UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of pairs, and what could turn round the words after it: overrides and the like."""

FIRST_STRONG_ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


@cache
def templates(language: str = DEFAULT_LANGUAGE) -> Environment:
    """The templates of letters in a language, whatever language the sender's own pages are in. Compiled once."""
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        finalize=partial(inline, language=language),
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(
        gettext=partial(_translated, language), ngettext=partial(_counted, language), **read_in(language)
    )
    environment.filters.update(
        day=partial(day_in, language),
        language_asked=name_of,
        moment=partial(moment_in, language),
        money=partial(money_in, language),
        link=partial(link, language=language),
        listed=partial(_listed, language),
        paragraphs=partial(paragraphs, language=language),
        quoted=partial(quoted, language=language),
        said=said_list,
        sentence=partial(sentence, language=language),
        then=partial(then_in, language),
    )
    return environment


def inline(value: object, language: str = DEFAULT_LANGUAGE) -> Markup:
    """A value as text within a line; what the rules say, in that language. What is Markdown already stays as it is."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int):  # the number of a line in a list has to stay one, and a number reads alike anywhere
        return markdown(str(value))
    words = say_in(language, value) if isinstance(value, Saying) else str(value)
    return markdown(isolated(_escaped(" ".join(_clean(words).split())), language))


ENDS = (".", "!", "?", "…", ":", ";")
CLOSING_SIGNS = "\"'”’)]»"


def sentence(text: str, language: str = DEFAULT_LANGUAGE) -> Markup:
    """What somebody wrote as a sentence with an end, so that the next one does not run into it."""
    said = " ".join(_clean(text).split())
    return inline(said if not said or said.rstrip(CLOSING_SIGNS).endswith(ENDS) else f"{said}.", language)


def paragraphs(text: str, language: str = DEFAULT_LANGUAGE) -> Markup:
    """What somebody wrote, with its paragraphs and its lines."""
    found = (_lines(each, language) for each in BLANK_LINES.split(_clean(text)))
    return markdown("\n\n".join(each for each in found if each))


def quoted(text: str, language: str = DEFAULT_LANGUAGE) -> Markup:
    """The same as a quotation."""
    return markdown("\n".join(f"> {line}".rstrip() for line in paragraphs(text, language).split("\n")))


def said_list(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items that have words."""
    return tuple(item for item in items if item.strip())


def link(address: str, language: str = DEFAULT_LANGUAGE) -> Markup:
    """A web address that can be followed; anything else stays text."""
    if not WEB_ADDRESS.fullmatch(address):
        return inline(address, language)
    return markdown(isolated(f"<{address}>", language))


def _listed(language: str, words: Iterable[str]) -> str:
    """one, two and three"""
    return list_in(language, (say_in(language, each) for each in words))


def _clean(text: str) -> str:
    """Without control characters other than the end of a line, and without those that turn text round."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(paragraph: str, language: str) -> str:
    lines = (isolated(_escaped(line.strip()), language) for line in paragraph.split("\n"))
    return "\\\n".join(line for line in lines if line)


def _escaped(text: str) -> str:
    return LINE_START.sub(r"\1\\", SIGNS.sub(r"\\\1", text))


def isolated(text: str, language: str) -> str:
    """Words that run another way than the letter keep to themselves. Where it runs to the left, so do numbers."""
    other_way = text if runs_left(language) else not text.isascii() and any(map(_runs_left, text))
    return f"{FIRST_STRONG_ISOLATE}{text}{END_OF_ISOLATE}" if other_way else text


def _runs_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL")


def markdown(text: str) -> Markup:
    """Text that is Markdown already, and is printed as it is."""
    # `Markup` is how the templates know Markdown from text; nothing here is ever HTML.
    return Markup(text)  # noqa: S704


def _translated(language: str, message: str, /, **values: Any) -> Markup:
    return markdown(catalogue(language).gettext(message) % _all_inline(language, values))


def _counted(language: str, one: str, many: str, number: int, /, **values: Any) -> Markup:
    form = catalogue(language).ngettext(one, many, number)
    return markdown(form % _all_inline(language, {"num": number, **values}))


def _all_inline(language: str, values: dict[str, Any]) -> dict[str, Markup]:
    return {name: inline(value, language) for name, value in values.items()}
