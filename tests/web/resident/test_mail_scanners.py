"""Machines that follow every link of a letter: they change nothing, use nothing up, and the human's way works after."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.post.formats import plain_text
from portal.post.mailer import message_for
from portal.records.models import LetterRow, Link, LinkPurpose
from tests.web.resident.test_come_back import saved
from tests.web.resident.test_lost_code import ask, shown
from tests.web.resident.visitor import Visitor
from tests.web.test_every_route import contents

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
TIMES = 5


def words_of(message: object) -> str:
    return f"{message.body}\n{message.html}"  # type: ignore[attr-defined]


def addresses(app: Flask) -> dict[str, LinkPurpose | None]:
    """Every address of our own in every letter, email and link, and what the link is for."""
    settings, found = app.extensions["settings"], {}
    with app.extensions["database"].session() as session:
        letters, links = session.scalars(select(LetterRow)).all(), session.scalars(select(Link)).all()
    for letter in letters:
        words = words_of(message_for(letter, settings)) + plain_text(letter.body)
        found |= dict.fromkeys(ADDRESS.findall(words))
    for link in links:
        found |= dict.fromkeys(ADDRESS.findall(words_of(message_for(link, settings))), link.purpose)
    return {urlsplit(each).path: what for each, what in found.items() if each.startswith(settings.base_url)}


def test_every_link_fetched_five_times_changes_nothing_and_works_after(app: Flask, visitor: Visitor) -> None:
    reference, _old = visitor.complain()
    ask(visitor, reference)
    writer = Visitor(app)
    saved(writer)
    writer.post("complain/save/link", {"email": "resident.two@example.org"})
    found = addresses(app)
    assert {*found.values()} == {None, LinkPurpose.DRAFT, LinkPurpose.NEW_CODE}

    stored = contents(app.extensions["database"])
    scanner = FlaskClient(app, app.response_class)
    for path in found:
        for _ in range(TIMES):
            for method in ("GET", "HEAD"):
                assert scanner.open(path, method=method, follow_redirects=True).status_code == 200, path
    assert contents(app.extensions["database"]) == stored

    # A discreet email leads to the page with the button by way of an address that names nobody.
    links = {what: scanner.get(path, follow_redirects=True).request.path for path, what in found.items()}
    elsewhere = Visitor(app)
    assert elsewhere.post(links[LinkPurpose.DRAFT]).location == "/ids/complain/when"
    new = shown(elsewhere.post(links[LinkPurpose.NEW_CODE]))
    assert elsewhere.open(*new).location == "/ids/my-complaint"
