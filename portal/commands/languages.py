"""`portal languages`: what pages say, collected into the catalogues that translators fill in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from babel import Locale, UnknownLocaleError
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal.domain.permissions import Action
from portal.domain.response import PART_LABELS
from portal.paths import PACKAGE, folder
from portal.settings import CATALOGUE, CATALOGUES, LANGUAGE, catalogues

SAY = ("_", "_l", "gettext", "lazy_gettext", "say")
SAY_MANY = ("_n", "ngettext", "lazy_ngettext", "say_many")
WHICH: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(SAY, (0,)),
    **dict.fromkeys(SAY_MANY, (0, 1)),
    # What the rules say no with.
    "Decision": (1,),
    "Move": (2,),
    "Refused": (0,),
}
"""Which arguments of a call are words."""

ROOMS = ("domain", "records", "actions", "evidence", "web")
UNLIKE_PAGES = ("letters/**", "demo/**")
"""Letters are in English, whatever language a page is in; so is the demonstration."""

HEADER = """\
# What the portal says in {name}. Translate each msgid into the msgstr under it; what is empty is shown in English.
# Keep %(words)s in brackets as they are. `portal languages {code}` brings this up to date with the pages."""


@click.command()
@click.argument("code", nargs=-1)
@click.option("--folder", "into", type=click.Path(path_type=Path), default=CATALOGUES, help="Where catalogues are.")
def languages(code: tuple[str, ...], into: Path) -> None:
    """Bring catalogues of translations up to date.

    Each CODE is a language, such as cy or pl; a new one begins empty. Without any, all that there are.
    """
    said = messages()
    for each in code or catalogues(into):
        path = into / each / CATALOGUE
        catalogue = updated(path, each, said)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=118, no_location=True, ignore_obsolete=True)
        click.echo(f"{path}: {len(untranslated(catalogue))} of {len(catalogue)} still to be translated")


def updated(path: Path, code: str, said: Catalog) -> Catalog:
    """The catalogue of a language with every message that there is now, and no other."""
    if not LANGUAGE.fullmatch(code):
        raise click.ClickException(f"{code} is no code of a language, such as cy or pt_BR")
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError as unknown:
        raise click.ClickException(f"Nobody knows how dates are written in {code}") from unknown
    name = locale.get_display_name("en_GB")
    catalogue = Catalog(locale=locale, project="Complaints portal", header_comment=HEADER.format(name=name, code=code))
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
    catalogue.update(said, no_fuzzy_matching=True)
    return catalogue


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that would be shown in English."""
    return [each for each in catalogue if each.id and not all(forms_of(each))]


def forms_of(message: Message) -> tuple[str, ...]:
    """What a message is translated as: one form, or one for each kind of number."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def messages() -> Catalog:
    """Everything that a page can say, in the order of the files that say it."""
    found = Catalog()
    for path, words in _extracted():
        found.add(words, locations=[(path, 0)])
    for each in (*Action, *PART_LABELS.values()):  # said inside another sentence
        found.add(str(each.value if isinstance(each, Action) else each))
    return found


def _extracted() -> Iterator[tuple[str, Any]]:
    for path in sorted(each for room in ROOMS for each in (PACKAGE / room).rglob("*.py")):
        yield from ((path.relative_to(PACKAGE).as_posix(), words) for words in _said_in(path))
    methods = [*((each, "ignore") for each in UNLIKE_PAGES), ("**.html", "jinja2")]
    keywords = {**dict.fromkeys(SAY), **dict.fromkeys(SAY_MANY, (1, 2))}
    for path, _, words, _, _ in extract_from_dir(folder("templates"), methods, keywords=keywords):
        yield path, words


def _said_in(path: Path) -> Iterator[str | tuple[str, ...]]:
    """What a module says. Babel's own reader of Python loses words in calls within calls."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WHICH:
            wanted = [call.args[each] for each in WHICH[call.func.id] if each < len(call.args)]
            words = tuple(each.value for each in wanted if isinstance(each, ast.Constant) and each.value)
            if words and len(words) == len(wanted):
                yield words if len(words) > 1 else words[0]
