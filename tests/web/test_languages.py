"""Pages in another language: how it is chosen, and that nothing of a page is left in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import create_app, landlords
from portal.actions.submit_complaint import SUBMITTED
from portal.clock import StoppedClock
from portal.commands.languages import WHICH
from portal.paths import PACKAGE
from portal.records.database import Database
from portal.settings import Settings
from portal.web.limits import limiter
from tests import builders, made_up
from tests.actions import joining, neighbours, office, test_petitions, test_representatives
from tests.actions.office import ten_oclock
from tests.journeys import people
from tests.made_up import CLOSE, LEFT_TO_RIGHT, OPEN
from tests.mail import kept
from tests.markup import tree_of
from tests.post import cases
from tests.web import test_every_route, walking
from tests.web.test_every_route import DAY, staff_browser, walk_of
from tests.web.walking import WORDS, Seen, pages_for_people_outside, pages_for_staff

SAID = ("title", "alt", "label", "placeholder", "aria-label", "aria-description", "data-announce")
OTHER_DATA = {"Daughter One", "Called back.", "Told us by phone.", "ha", "pe", "RU", "MB", "kB", "NoMailServer"}
OTHER_DATA |= {"Brezhoneg"}
"""How Breton calls itself, lists things and names pounds, units, and what went wrong with a letter in its log."""

ON_RECORD = {SUBMITTED}
"""What the portal itself writes into the record, for staff to read."""

MADE = re.compile(
    r"\b((Staff|Caseworker|Office )\d+|[A-Z0-9]{4}-[A-Z0-9]{4}|[\w.]+\.(txt|pdf|jpg)|[\w.]+@[\w.]+)\b", re.ASCII
)
"""Names that are made as they are needed: of people, offices, complaints and files."""

FOR_STAFF_TO_READ = re.compile(
    r"I am unhappy with how my request .* was dealt with\.\s*This is what I asked for:", re.DOTALL
)
"""What a complaint about a request begins with for those who press one button: it goes on record, as letters do."""

PEOPLE = (
    office,
    joining,
    neighbours,
    kept,
    people,
    test_representatives,
    test_petitions,
    builders,
    cases,
    test_every_route,
    walking,
)
"""Who writes in the tests: what stands in these is data."""

WORD = re.compile(r"[A-Za-z]{2}")
NOT_SHOWN = {"script", "style", "textarea", "code", "time"}


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.catalogue(tmp_path_factory.mktemp("languages"), LEFT_TO_RIGHT)


def portal_in(languages: tuple[str, ...], catalogues: Path, database: Database, files: Path) -> Flask:
    settings = Settings(
        secret_key="not-a-secret-" * 3,
        database_url=database.url.render_as_string(hide_password=False),
        files_url=files.as_uri(),
        languages=languages,
        language_folder=catalogues,
    )
    app = create_app(settings, StoppedClock(ten_oclock(DAY)))
    app.extensions["database"].close()
    app.extensions["database"] = database
    limiter.reset()
    return app


def strings(value: Any) -> Iterator[str]:
    """Every text in the data of a landlord."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple, frozenset, set)):
        for each in value:
            yield from strings(each)
    elif slots := getattr(type(value), "__dataclass_fields__", None):
        for name in slots:
            yield from strings(getattr(value, name))


def typed_in(path: str) -> set[str]:
    """What the people of the tests write."""
    nodes = ast.walk(ast.parse(Path(path).read_text("utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@cache
def data() -> tuple[str, ...]:
    """What is no wording of ours: the landlord's own data, what people wrote, and how days are called."""
    found = {each for key in landlords.keys() for each in strings(landlords.landlord(key))}
    found |= set(strings(landlords.ombudsman(DAY))) | set(strings(landlords.the_code()))
    found |= set(strings(landlords.duties())) | set(strings(landlords.provisions()))
    for module in PEOPLE:
        assert module.__file__
        found |= typed_in(module.__file__)
    locale = Locale.parse(LEFT_TO_RIGHT)
    for names in (locale.days, locale.months):
        found |= {word for width in ("wide", "abbreviated") for word in names["format"][width].values()}
    found |= OTHER_DATA | ON_RECORD | {WORDS.lower()}
    return tuple(sorted(filter(_can_be_told, found), key=len, reverse=True))


def _can_be_told(text: str) -> bool:
    """From a word of ours: names and sentences can, the "email" and "received" of some code cannot."""
    return (
        text in OTHER_DATA
        or text == WORDS.lower()
        or (len(text) > 1 and (text[:1].isupper() or bool(re.search(r"[ @.]", text))))
    )


def untranslated(html: str) -> Iterator[str]:
    """What stands on a page outside brackets and is no data."""
    tree = tree_of(html)
    for said in _said(tree, tree.get("lang")):
        if rest := _left_over(said):
            yield f"{rest!r} in {' '.join(said.split())[:160]!r}"


@cache
def _left_over(said: str) -> str:
    """What of a text is neither in brackets nor data."""
    rest = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", " ", FOR_STAFF_TO_READ.sub(" ", said)).replace(WORDS, "")
    if not WORD.search(rest):
        return ""
    for each in data():
        if each in rest:
            rest = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", rest)
    rest = MADE.sub(" ", rest)
    return rest.strip() if WORD.search(rest) else ""


def _said(element: Element, language: str | None) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.get("lang", language) != language or element.tag in NOT_SHOWN:
        return
    for name, value in element.attrib.items():
        if name in SAID or name.startswith("data-i18n"):
            yield value
    if element.tag == "button" or element.get("type") == "submit":
        yield element.get("value", "") if element.tag == "input" else ""
    yield element.text or ""
    for child in element:
        yield from _said(child, language)
        yield child.tail or ""


def test_nothing_of_a_page_is_left_in_english(catalogues: Path, sqlite_database: Database, tmp_path: Path) -> None:
    app = portal_in((LEFT_TO_RIGHT,), catalogues, sqlite_database, tmp_path / "files")
    _all_translated(pages_for_people_outside(app, sqlite_database))


def test_nothing_of_a_page_for_staff_is_left_in_english(
    catalogues: Path, sqlite_database: Database, tmp_path: Path
) -> None:
    app = portal_in((LEFT_TO_RIGHT,), catalogues, sqlite_database, tmp_path / "files")
    _all_translated(pages_for_staff(app, sqlite_database))


def _all_translated(seen: list[Seen]) -> None:
    wrong: dict[str, str] = {}
    for page in seen:
        for each in untranslated(page.html):
            wrong.setdefault(each, page.where)
    lines = (f"{each}\n    {where}" for each, where in wrong.items())
    assert not wrong, "mark these for translation:\n" + "\n".join(lines)


@pytest.fixture
def offered(catalogues: Path, sqlite_database: Database, tmp_path: Path) -> FlaskClient:
    """A portal in English and in the made-up language."""
    return portal_in(("en_GB", LEFT_TO_RIGHT), catalogues, sqlite_database, tmp_path / "files").test_client()


def language_of(response: TestResponse) -> str:
    return str(tree_of(response.text).get("lang"))


def test_a_reader_chooses_and_it_is_kept_on_every_page_but_those_of_staff(offered: FlaskClient) -> None:
    page = offered.get("/ids/complain/when?return=check")
    assert language_of(page) == "en-GB"
    link = re.search(r'<a [^>]*href="([^"]*)"[^>]*lang="br"[^>]*>([^<]*)</a>', page.text)
    assert link
    assert link[2] == "Brezhoneg"
    chosen = offered.get(link[1].replace("&amp;", "&"))
    assert (chosen.status_code, chosen.location) == (303, "/ids/complain/when?return=check")
    cookie = chosen.headers["Set-Cookie"]
    assert re.match(r"language=br; .*HttpOnly; Path=/; SameSite=Lax$", cookie), cookie
    for path in ("/", "/ids/", "/ids/track", "/ids/privacy", "/ids/no-such-page"):
        assert language_of(offered.get(path)) == "br", path
    assert language_of(offered.get("/ids/staff/sign-in")) == "en-GB"
    offered.get("/ids/?language=en_GB", headers={"Accept-Language": "br"})
    assert language_of(offered.get("/ids/", headers={"Accept-Language": "br"})) == "en-GB"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("br", "br"),
        ("br-FR,br;q=0.9", "br"),
        ("fr,br;q=0.5,en;q=0.2", "br"),
        ("fr", "en-GB"),
        ("", "en-GB"),
        ("\x7f;;", "en-GB"),
    ],
)
def test_what_the_browser_asks_for_is_the_first_guess(offered: FlaskClient, asked: str, given: str) -> None:
    assert language_of(offered.get("/ids/", headers={"Accept-Language": asked})) == given


@pytest.mark.parametrize("unknown", ["fr", "../../etc", "", "en", "br\r\nX: y"])
def test_a_language_that_is_not_offered_is_not_taken(offered: FlaskClient, unknown: str) -> None:
    answer = offered.get("/ids/", query_string={"language": unknown})
    assert (answer.status_code, language_of(answer)) == (200, "en-GB")
    assert "language=" not in answer.headers.get("Set-Cookie", "")
    offered.set_cookie("language", unknown)
    assert language_of(offered.get("/ids/")) == "en-GB"


ELSEWHERE = [
    "/%09/evil.example/x",
    "/%0A/evil.example/x",
    "/%0D%0A/evil.example/x",
    "/%5Cevil.example/x",
    "/%5C/evil.example/x",
    "//evil.example/x",
    "/%2Fevil.example/x",
    "/%09/track",
    "/%5Cevil.example/track",
    "/%5Cevil.example/",
]
"""Addresses that a browser would read as another site's, the last of them shaped like those of our own pages."""


def leads_elsewhere(address: str) -> bool:
    """How a browser reads an address: without tabs and ends of lines, and a backslash as a slash."""
    read = re.sub(r"[\t\r\n]", "", address).replace("\\", "/")
    return urlsplit(urljoin("http://localhost/ids/", read)).netloc != "localhost"


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.parametrize("languages", [("en_GB",), ("en_GB", LEFT_TO_RIGHT)], ids=["one", "two"])
def test_a_choice_never_leads_to_another_site(
    sqlite_database: Database, catalogues: Path, tmp_path: Path, languages: tuple[str, ...], path: str
) -> None:
    client = portal_in(languages, catalogues, sqlite_database, tmp_path / "files").test_client()
    asked = {"PATH_INFO": unquote(path)}  # as a server gives it: the test client itself would drop a tab
    chosen = client.get("/?language=en_GB", environ_overrides=asked)
    assert not leads_elsewhere(chosen.location or "")
    page = client.get("/", environ_overrides=asked)
    links = [unescape(each) for each in re.findall(r'href="([^"]*language=[^"]*)"', page.text)]
    assert not [each for each in links if leads_elsewhere(each)]


def test_where_nothing_is_found_a_choice_leads_to_the_front_door(offered: FlaskClient) -> None:
    assert offered.get("/ids/no-such-page?language=br").status_code == 404
    assert 'href="/?language=br"' in offered.get("/ids/no-such-page").text


def test_the_answer_to_a_form_leads_to_the_same_page_in_the_other_language(offered: FlaskClient) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', offered.get("/ids/track").text)
    assert token
    refused = offered.post("/ids/track", data={"csrf_token": token[1]})
    assert refused.status_code == 422
    assert 'href="/ids/track?language=br"' in refused.text


def test_one_language_offers_no_choice(sqlite_database: Database, catalogues: Path, tmp_path: Path) -> None:
    client = portal_in(("en_GB",), catalogues, sqlite_database, tmp_path / "files").test_client()
    page = client.get("/ids/", headers={"Accept-Language": "br"})
    assert language_of(page) == "en-GB"
    assert "portal-languages" not in page.text
    assert client.get("/ids/?language=br").status_code == 200


def test_a_letter_stays_in_english_and_says_so(sqlite_database: Database, catalogues: Path, tmp_path: Path) -> None:
    app = portal_in((LEFT_TO_RIGHT,), catalogues, sqlite_database, tmp_path / "files")
    walk = walk_of(app, sqlite_database)
    page = walk.browsers["resident"].get(f"/ids/my-complaint/letters/{walk.mine.letter}")
    tree = tree_of(page.text)
    letter = tree.find(".//article")
    assert (tree.get("lang"), letter.get("lang"), letter.get("dir")) == ("br", "en-GB", "ltr")
    assert "Thank you for telling us" in "".join(letter.itertext())


def test_staff_see_a_letter_as_it_goes_and_beside_it_the_same_in_english(
    sqlite_database: Database, catalogues: Path, tmp_path: Path
) -> None:
    app = portal_in(("en_GB", LEFT_TO_RIGHT), catalogues, sqlite_database, tmp_path / "files")
    ours = office.Office(sqlite_database, "ids")
    reads_it = replace(office.SUBMISSION.person, language=LEFT_TO_RIGHT)
    mine, other = ours.submit(DAY, person=reads_it), ours.submit(DAY)
    lead = staff_browser(app, ours.lead)
    for reference, languages in ((mine, ["br", "en-GB"]), (other, ["en-GB"])):
        case = f"/ids/staff/cases/{reference}"
        ours.assign(reference, DAY)
        sealed = lead.get(f"{case}/letters/{ours.letters(reference)[0].id}")
        form = max(walking.forms(lead.get(f"{case}/acknowledge").text), key=lambda each: len([*each.iter()]))
        preview = lead.post(f"{case}/acknowledge", data={**walking.filled(form, walking.WELL), "press": ""})
        for page in sealed, preview:
            articles = tree_of(page.text).iter("article")
            assert [each.find("div").get("lang") for each in articles] == languages


def test_dates_and_counts_are_those_of_the_language(
    sqlite_database: Database, catalogues: Path, tmp_path: Path
) -> None:
    app = portal_in((LEFT_TO_RIGHT,), catalogues, sqlite_database, tmp_path / "files")
    walk = walk_of(app, sqlite_database)
    words = " ".join(walk.browsers["resident"].get("/ids/my-complaint").text.split())
    assert "Lun 2 Du 2026" in words
    assert "⟦We count ⟧10⟦ working days⟧⟦ from ⟧Lun 2 Du 2026" in words
    assert "Monday" not in words


def test_what_depends_on_a_number_is_said_in_as_many_ways_as_the_language_has() -> None:
    """`%(num)` is what the plural forms fill in: alone it would be "1 days" in some language."""
    counted = re.compile(r"%\(num\)")
    wrong = [each.id for each in made_up.every_message() if isinstance(each.id, str) and counted.search(each.id)]
    assert not wrong, f"use ngettext or say_many for {wrong}"


def test_what_the_rules_say_is_made_of_words_that_a_catalogue_can_have() -> None:
    """An f-string would be filled in before it could be translated."""
    wrong = [
        f"{path.name}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {*WHICH}
        if any(isinstance(each, ast.JoinedStr) and not _is_name(call, each) for each in call.args)
    ]
    assert not wrong, f'write say("... %(name)s ...", name=...) instead of an f-string: {wrong}'


def _is_name(call: ast.Call, argument: ast.expr) -> bool:
    """The second argument of Refused is the name of a field."""
    return getattr(call.func, "id", "") == "Refused" and call.args.index(argument) == 1
