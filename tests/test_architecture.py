"""The house, as the code must keep it: what each room may import, and what stands in one place alone.

Every failure says which line of which file to change.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from portal import landlords
from portal.domain.events import EVENTS
from portal.domain.folding import _APPLY
from portal.paths import folder

PORTAL = Path(landlords.__file__).parent.parent
ROOT = PORTAL.parent
TEMPLATES = folder("templates")

EVERYTHING = frozenset({"*"})


@dataclass(frozen=True)
class May:
    """What a room may import beside the standard library and itself."""

    portal: frozenset[str]
    libraries: frozenset[str] = frozenset()


def may(*portal: str, libraries: str = "") -> May:
    return May(frozenset(portal), frozenset(libraries.split()))


# A room that is named may be imported whole; `room.module` is that module alone.
TABLE: Mapping[str, May] = {
    "domain": may(),
    # `cattrs` checks the files. `domain.case` is asked for `Rules`, the type in which they are handed out.
    "landlords": may("domain", libraries="holidays cattrs"),
    # flask_security.models describes the tables of staff accounts and knows no request.
    "records": may("domain", libraries="sqlalchemy alembic doublemetaphone flask_security.models boto3 botocore"),
    # Letters carry the landlord's contact and the Ombudsman's, which are data of `landlords`. Flask-Mail is set up
    # on an application; of Flask nothing else is known here.
    "post": may(
        "domain",
        "landlords",
        "records",
        "paths",
        "settings",
        "translation",
        libraries="sqlalchemy.orm blinker flask flask_mail jinja2 markupsafe markdown_it nh3 babel typst pypdf",
    ),
    "actions": may("domain", "landlords", "records", "post", libraries="sqlalchemy.orm"),
    # `access`, `drafts` and `offices` are cookies on the server: whose they are is a matter of requests. `accounts` are
    # the tables that the sign-in library is given. `history` gives the types of what queries and actions return.
    # Opens files that strangers made, in a process of its own, and records what it found.
    "evidence": may("domain", "records", "actions", libraries="puremagic PIL pillow_heif structlog sqlalchemy.orm"),
    # The same of whole emails.
    "mail": may(
        "domain",
        "landlords",
        "records",
        "evidence",
        "actions",
        "settings",
        libraries="imapclient mailparser_reply flufl.bounce turbohtml structlog sqlalchemy.orm sqlalchemy.exc",
    ),
    "web": may(
        "domain",
        "landlords",
        "actions",
        "evidence",
        "records.easier_requests",
        "records.enquiries",
        "mail",
        "records.evidence",
        "records.files",
        "records.queries",
        "records.search",
        "records.database",
        "records.access",
        "records.access_log",
        "records.calendars",
        "records.recounting",
        "records.beside",
        "records.drafts",
        "records.letter_drafts",
        "records.links",
        "records.mail",
        "records.office_cases",
        "records.petitions",
        "records.representing",
        "records.offices",
        "records.oversight",
        "records.own_lists",
        "records.packs",
        "records.service_requests",
        "records.service_list",
        "records.registers",
        "records.minor_issues",
        "records.notes",
        "records.sent",
        "records.sight",
        "records.staff",
        "records.accounts",
        "records.history",
        "clock",
        "paths",
        "settings",
        "translation",
        libraries=(
            "flask flask_babel flask_limiter limits flask_login flask_security flask_wtf wtforms govuk_frontend_wtf "
            "passlib segno authlib joserfc requests htmx_flask babel jinja2 markupsafe itsdangerous structlog werkzeug "
            "whitenoise sqlalchemy.orm"
        ),
    ),
    # Where rooms meet, and what runs them.
    "__init__": May(EVERYTHING, EVERYTHING),
    "cli": May(EVERYTHING, EVERYTHING),
    "commands": May(EVERYTHING, EVERYTHING),
    "worker": May(EVERYTHING, EVERYTHING),
    "letterbox": May(EVERYTHING, EVERYTHING),
    "demo": May(EVERYTHING, EVERYTHING),
    "serving": May(EVERYTHING, EVERYTHING),
    "translation": may("domain", "settings", "clock", libraries="babel"),
    "intake": may(),
    "settings": may("clock", "domain.reply_address"),
    "clock": may(libraries="flask"),
    "paths": may(),
}

# What a room may know of a library: SQL belongs to `records`, so others know a session's type alone.
ONLY_NAMES: Mapping[tuple[str, str], frozenset[str]] = {
    ("actions", "sqlalchemy.orm"): frozenset({"Session"}),
    ("post", "sqlalchemy.orm"): frozenset({"Session"}),
    ("post", "flask"): frozenset({"Flask"}),
    ("web", "sqlalchemy.orm"): frozenset({"Session", "scoped_session"}),
}

READS_THE_CLOCK = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "monotonic"),
}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def sources() -> list[Path]:
    return sorted(PORTAL.rglob("*.py"))


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.md"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room_of(path: Path) -> str:
    inside = path.relative_to(PORTAL)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imports(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of everything that a file imports, at its head or inside a function."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno} write the whole name of the module"
            yield from ((node.lineno, node.module or "", each.name) for each in node.names)


def within(module: str, allowed: frozenset[str]) -> bool:
    return "*" in allowed or any(module == each or module.startswith(f"{each}.") for each in allowed)


def may_import(path: Path, module: str, name: str) -> bool:
    room = room_of(path)
    rules = TABLE[room]
    top = module.partition(".")[0]
    if top == "portal":
        # `from portal.records import queries` is of `records.queries`.
        inside = f"{module}.{name}".removeprefix("portal").lstrip(".")
        return within(inside, rules.portal | {room})
    if top in sys.stdlib_module_names:
        return True
    return within(module, rules.libraries) and name in ONLY_NAMES.get((room, module), {name})


def test_a_room_imports_what_it_may() -> None:
    unknown = {room_of(path) for path in sources()} - TABLE.keys()
    assert not unknown, f"say in TABLE what {unknown} may import"
    wrong = [
        f"{named(path)}:{line} imports {module} ({name})"
        for path in sources()
        for line, module, name in imports(path)
        if not may_import(path, module, name)
    ]
    assert not wrong, "a room reaches where it must not:\n" + "\n".join(wrong)


def test_actions_do_not_call_each_other() -> None:
    # `opening` is how actions begin, and no action.
    wrong = [
        f"{named(path)}:{line} imports {module}"
        for path in sources()
        for line, module, _ in imports(path)
        if room_of(path) == "actions" and module.startswith("portal.actions.") and module != "portal.actions.opening"
    ]
    assert not wrong, "what two actions share belongs to the domain:\n" + "\n".join(wrong)


def calls(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, owner and name of each attribute that is called: `a.b.c()` gives ("b", "c")."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield node.lineno, name, node.func.attr


def test_one_file_reads_the_clock() -> None:
    wrong = [
        f"{named(path)}:{line}"
        for path in sources()
        for line, owner, name in calls(path)
        if (owner, name) in READS_THE_CLOCK and path != PORTAL / "clock.py"
    ]
    assert not wrong, f"take `now` or `today` as an argument: {wrong}"


# `account/security.py` hands accounts to a library that commits for itself, in a session made for it alone.
COMMITS = {PORTAL / "records" / "database.py", PORTAL / "web" / "account" / "security.py"}


def test_one_place_commits() -> None:
    wrong = [
        f"{named(path)}:{line}"
        for path in sources()
        for line, _, name in calls(path)
        if name == "commit" and path not in COMMITS
    ]
    assert not wrong, f"leave it to `unit_of_work()`: {wrong}"


def test_the_sign_in_library_commits_its_own_session_alone() -> None:
    security = PORTAL / "web" / "account" / "security.py"
    owners = {owner for _, owner, name in calls(security) if name == "commit"} if security.exists() else set()
    assert owners <= {"datastore"}


def test_no_landlord_is_named() -> None:
    """A sixth landlord is a file. Keys are looked for as whole strings, names anywhere, short names as words."""
    wrong = [f"{named(path)} names {each}" for path in [*sources(), *templates()] for each in landlords_in(path)]
    assert not wrong, "put the difference into the landlords' files:\n" + "\n".join(wrong)


def landlords_in(path: Path) -> Iterator[str]:
    text, every = path.read_text(encoding="utf-8"), [landlords.landlord(key) for key in landlords.keys()]
    if path.suffix == ".py":
        whole = {str(node.value) for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant)}
        said = "\n".join(whole)
    else:
        whole, said = set(re.findall(r"""["'/](\w+)["'/]""", text)), text
    for landlord in every:
        if landlord.name in text or landlord.key in whole or re.search(rf"\b{re.escape(landlord.short_name)}\b", said):
            yield landlord.name


@pytest.mark.parametrize(
    "room", ["domain", "landlords", "records", "evidence", "mail", "actions", "post", "web", "demo"]
)
def test_a_room_says_what_it_is_and_what_it_must_not_know(room: str) -> None:
    words = ast.get_docstring(parsed(PORTAL / room / "__init__.py")) or ""
    assert len(words.splitlines()) >= 3, f"portal/{room}/__init__.py opens with what is here and what it must not know"


def test_a_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in sources() if not ast.get_docstring(parsed(path))]
    assert not silent, f"begin with a line that says what it is for: {silent}"


def test_the_fold_knows_every_event() -> None:
    assert set(_APPLY) == set(EVENTS.values())


def test_a_template_uses_every_macro_that_it_imports() -> None:
    unused = [f"{named(path)} imports {name} and does not use it" for path in templates() for name in not_used(path)]
    assert not unused, "\n".join(unused)


def not_used(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for statement in re.finditer(r"{%-?\s*from\s+\S+\s+import\s+(.+?)\s*-?%}", text):
        for part in statement[1].replace(" with context", "").split(","):
            name = part.split(" as ")[-1].strip()
            if not re.search(rf"\b{re.escape(name)}\b", text.replace(statement[0], "")):
                yield name


# What of a template is not a word for the reader, in the order in which it is taken away.
NOT_WORDS = (
    r"{#.*?#}",
    r"{%-?\s*trans\b.*?endtrans\s*-?%}",
    r"{%-?\s*block (?:body_class|here)\s*-?%}.*?{%-?\s*endblock[^%]*%}",
    r"{%-?\s*raw\s*-?%}.*?{%-?\s*endraw\s*-?%}",
    r"{{.*?}}(?!\s*[,}]|\)\s*}})",  # an expression may hold }} of its own
    r"{%.*?%}",
    r"<!--.*?-->",
    r"<[^>]*>",
    r"&\w+;",
)


def test_every_word_of_a_template_can_be_translated() -> None:
    wrong = [
        f'{named(path)}: write _("...") around {" ".join(bare)!r}' for path in templates() if (bare := bare_words(path))
    ]
    assert not wrong, "\n".join(wrong)


def bare_words(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    for pattern in NOT_WORDS:
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return re.findall(r"[A-Za-z]{2,}", text)


def test_only_words_of_our_own_are_translated() -> None:
    """They are kept in memory for good and taken for safe HTML, so nothing that somebody typed may be among them."""
    of_templates = re.compile(r"(?<![\w.])(?:_|gettext)\(\s*(?![\"'])")
    wrong = [path.name for path in TEMPLATES.rglob("*.html") if of_templates.search(path.read_text("utf-8"))]
    for path in (PORTAL / "web").rglob("*.py"):
        for call in (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", "") in {"_l", "gettext", "lazy_gettext", "say"} and call.args:
                wrong += [] if isinstance(call.args[0], ast.Constant) else [f"{path.name}:{call.lineno}"]
    assert not wrong
