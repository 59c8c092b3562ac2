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

from portal.domain.actors import STAFF
from portal.domain.permissions import RULES, Action
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

ROOMS = ("domain", "records", "actions", "evidence", "post", "web")
TEMPLATES = (("demo/**", "ignore"), ("**.html", "jinja2"), ("letters/**.md", "jinja2"), ("letters/**.txt", "jinja2"))
"""Pages and letters; the demonstration is in English."""

READ_BY_STAFF = (
    *("staff/", "account/", "timeline/", "web/staff/", "web/account/"),
    *(f"domain/{each}.py" for each in ("decline", "definition", "extension", "independence", "new_issue", "response")),
    *(
        f"domain/{each}.py"
        for each in ("contacts", "days_off", "linking", "minor_issues", "offers", "ombudsman", "remedies")
    ),
    *("domain/measures.py", "domain/own_lists.py", "domain/packing.py", "domain/restrictions.py"),
    *("domain/second_look.py", "domain/too_late.py", "domain/updates.py"),
    *("domain/said_by_values.py", "domain/staff.py", "letters/notes/invitation.md", "letters/notes/staff_note.md"),
    "letters/notes/daily_list.md",
    *("components/staff_navigation.html", "components/search_box.html"),
)
"""Where what is said is said to staff alone, beside the actions that only they take."""

FOR_STAFF = "Only staff read this."
"""What stands above such a message in a catalogue. It can be left in English."""

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
    locales = {each: locale_of(each) for each in code or catalogues(into)}
    said = messages()
    for each, locale in locales.items():
        path = into / each / CATALOGUE
        catalogue = updated(path, locale, said)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=118, no_location=True, ignore_obsolete=True)
        click.echo(f"{path}: {len(untranslated(catalogue))} of {len(catalogue)} still to be translated")


def locale_of(code: str) -> Locale:
    """The language of that code, or a message that there is none."""
    if not LANGUAGE.fullmatch(code):
        raise click.ClickException(f"{code} is no code of a language, such as cy or pt_BR")
    try:
        return Locale.parse(code)
    except UnknownLocaleError as unknown:
        raise click.ClickException(f"Nobody knows how dates are written in {code}") from unknown


def updated(path: Path, locale: Locale, said: Catalog) -> Catalog:
    """The catalogue of a language with every message that there is now, and no other."""
    about = HEADER.format(name=locale.get_display_name("en_GB"), code=locale)
    catalogue = Catalog(locale=locale, project="Complaints portal", header_comment=about, fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that would be shown in English."""
    return [each for each in catalogue if each.id and not all(forms_of(each))]


def forms_of(message: Message) -> tuple[str, ...]:
    """What a message is translated as: one form, or one for each kind of number."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def messages() -> Catalog:
    """Everything that a page or a letter can say: what residents read first, each in the order of the files."""
    found = Catalog()
    for path, words in _extracted():
        found.add(words, locations=[(path, 0)])
    for action in Action:  # said inside another sentence
        of_staff = set(RULES[action]) <= set(STAFF)
        found.add(action.value, locations=[("staff/" if of_staff else "domain/permissions.py", 0)])
    for label in PART_LABELS.values():
        found.add(label, locations=[("domain/response.py", 0)])
    return _staff_last(found)


def _staff_last(found: Catalog) -> Catalog:
    """What matters most to a translator stands first, and the rest is marked."""
    by_staff_alone, sorted_out = (*READ_BY_STAFF, *_actions_of_staff()), Catalog()
    read = {each.id: all(path.startswith(by_staff_alone) for path, _ in each.locations) for each in found if each.id}
    for message, for_staff in sorted(read.items(), key=lambda each: each[1]):
        sorted_out.add(message, auto_comments=[FOR_STAFF] if for_staff else [])
    return sorted_out


def is_for_staff(message: Message) -> bool:
    """Whether nobody else is ever shown it."""
    return FOR_STAFF in message.auto_comments


def _extracted() -> Iterator[tuple[str, Any]]:
    rooms = (each for room in ROOMS for each in (PACKAGE / room).rglob("*.py"))
    for path in sorted((PACKAGE / "translation.py", *rooms)):
        yield from ((path.relative_to(PACKAGE).as_posix(), words) for words in _said_in(path))
    keywords = {**dict.fromkeys(SAY), **dict.fromkeys(SAY_MANY, (1, 2))}
    # As the environments of pages and letters have it, so that a message is found under the very same words.
    trimmed = {each: {"trimmed": "true", "newstyle_gettext": "true"} for each, how in TEMPLATES if how == "jinja2"}
    for path, _, words, _, _ in extract_from_dir(folder("templates"), TEMPLATES, trimmed, keywords=keywords):
        yield path, words


def _actions_of_staff() -> Iterator[str]:
    """The actions that no page of anybody else calls."""
    called = {name for path in (PACKAGE / "web").rglob("*.py") for name in _actions_in(path) if not _is_of_staff(path)}
    for path in (PACKAGE / "actions").glob("*.py"):
        if path.stem not in called:
            yield f"actions/{path.name}"


def _is_of_staff(path: Path) -> bool:
    return path.relative_to(PACKAGE).as_posix().startswith(READ_BY_STAFF)


def _actions_in(path: Path) -> Iterator[str]:
    """The modules of actions that a module imports from."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal.actions"):
            yield from (str(node.module).rpartition(".")[2], *(each.name for each in node.names))


def _said_in(path: Path) -> Iterator[str | tuple[str, ...]]:
    """What a module says. Babel's own reader of Python loses words in calls within calls."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WHICH:
            wanted = [call.args[each] for each in WHICH[call.func.id] if each < len(call.args)]
            words = tuple(each.value for each in wanted if isinstance(each, ast.Constant) and each.value)
            if words and len(words) == len(wanted):
                yield words if len(words) > 1 else words[0]
