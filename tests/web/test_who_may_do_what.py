"""The matrix of who may do what: every form there is × everybody, beside that of who sees what.

Each is sent empty, with the addresses of one complaint or of what else it is about. Whoever may send it is told what is
missing, or has done it; for everybody else it does not exist, and nothing is written but that staff were refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.domain.permissions import Action, Actor
from portal.records.database import Database
from portal.records.models import AccessEntry
from portal.records.staff_tables import Access
from portal.web.limits import limiter
from tests.actions.office import Office
from tests.web.forms_of_everybody import ANYBODY, FORMS, Form
from tests.web.matters import matters
from tests.web.test_every_route import DAY, STAFF, empty_form, is_sign_in, mark_of
from tests.web.test_who_sees_what import ACTING, a_portal, acting, added, strangers, the_complaint

SOME = ("nobody", "resident", "lead")
"""Who stand for everybody where everybody may."""

READS = ("SELECT", "BEGIN", "PRAGMA")
FOR_STAFF = ("staff.", "account.")


@dataclass
class Everybody:
    """A portal with one matter of each kind, and a browser for everybody with the form that it sends."""

    app: Flask
    database: Database
    copy: Path
    actors: Mapping[str, Actor]
    browsers: Mapping[str, FlaskClient]
    forms: Mapping[str, dict[str, str]]
    about: Mapping[str, dict[str, Any]]
    written: list[str] = field(default_factory=list)

    def address(self, rule: Rule, form: Form) -> str:
        values = {**self.about["main"], **self.about[form.about]}
        named = {name: values[name] for name in rule.arguments}
        return str(self.app.url_map.bind("localhost").build(rule.endpoint, named))

    def answer(self, who: str, address: str) -> TestResponse:
        """What they get; their browser is as before, whatever it was told to keep or forget."""
        client = self.browsers[who]
        kept = dict(client._cookies)  # Werkzeug has no other way to leave them as they are
        limiter.reset()
        self.written.clear()
        response = client.post(address, data=self.forms[who], buffered=True)
        client._cookies.clear()
        client._cookies.update(kept)
        return response

    def put_back(self) -> None:
        """Undo what somebody did who may."""
        if self.written:
            copied(self.copy, Path(self.database.url.database or ""))

    def lines(self, after: int) -> list[tuple[int, Access, str, str | None]]:
        """Those of the access log after this one: who was shown or refused what, and about which complaint."""
        lines = select(AccessEntry).where(AccessEntry.id > after).order_by(AccessEntry.id)
        with self.database.session() as session:
            return [(each.by_id, each.access, each.action, each.reference) for each in session.scalars(lines)]

    def last_line(self) -> int:
        with self.database.session() as session:
            return session.scalar(select(AccessEntry.id).order_by(AccessEntry.id.desc()).limit(1)) or 0


def copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


@pytest.fixture
def everybody(sqlite_database: Database, tmp_path: Path) -> Iterator[Everybody]:
    with a_portal(sqlite_database, tmp_path) as app:
        database: Database = app.extensions["database"]
        office = Office(database, "ids")
        outside = strangers(app, office)
        reference, inside = the_complaint(app, office)
        browsers = {who.replace(" ", "_"): each for who, each in {**inside, **outside}.items()}
        about = {"main": main(app, office, reference), **files(app, office, reference), **matters(app, office, DAY)}
        copied(Path(database.url.database or ""), tmp_path / "copy.db")
        forms = {who: empty_form(each) for who, each in browsers.items()}
        actors = {role: getattr(office, role) for role in STAFF}
        made = Everybody(app, database, tmp_path / "copy.db", actors, browsers, forms, about)

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(READS) and AccessEntry.__tablename__ not in statement:
                made.written.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        yield made
        event.remove(database.engine, "before_cursor_execute", note)


def main(app: Flask, office: Office, reference: str) -> dict[str, Any]:
    """What stands in addresses where a form says nothing else."""
    case = office.case(reference).case
    return {
        "landlord": "ids",
        "reference": reference,
        "letter_id": case.letters[0].letter_id,
        "evidence_id": case.evidence[-1].id,
        "number": 1,
        "office_id": 1,
        "member_id": 1,
        "user_id": office.second.user_id,
        "name": "about-you",
        "day": "2026-11-09",
        "token": "0" * 64,
    }


def files(app: Flask, office: Office, reference: str) -> dict[str, dict[str, Any]]:
    """The addresses of files that some alone may take away."""
    of_resident, of_waiting = (each.id for each in office.case(reference).case.evidence[:2])
    by_office = replace(acting(office, reference, len(ACTING)), office_id=2, name="Caseworker")
    return {
        "a file of the resident": {"evidence_id": of_resident},
        "a file of theirs": {"evidence_id": of_waiting},
        "a file of an office": {"evidence_id": added(app, office, by_office, reference, "office.txt")},
    }


def outcome(rule: Rule, response: TestResponse) -> str:
    """Whether a form was taken, was not there, or was said to be for others, or not for now."""
    if response.status_code == 404 or is_sign_in(response):
        return "refused"
    if response.status_code == 403:
        return "told" if rule.endpoint.startswith(FOR_STAFF) else "refused"
    return "taken"


def expected(form: Form, who: str) -> str:
    return "taken" if who in form.people else "told" if who in form.told.split() else "refused"


def wrong(everybody: Everybody, rule: Rule, form: Form) -> Iterator[str]:
    """Whatever is not as the table says about one form."""
    address = everybody.address(rule, form)
    others = [who for who in everybody.browsers if expected(form, who) != "taken"]
    yield from refused_wrongly(everybody, rule, form, address, others)
    for who in form.people:
        response = everybody.answer(who, address)
        if outcome(rule, response) != "taken" or response.status_code >= 500:
            yield f"{rule.endpoint}: {who} may send it and gets {response.status_code}"
        everybody.put_back()


def refused_wrongly(everybody: Everybody, rule: Rule, form: Form, address: str, others: Iterable[str]) -> Iterator[str]:
    """Those who may not come first, in a portal that must not change."""
    after, lines = everybody.last_line(), []
    mark = mark_of(everybody.app, rule)
    for who in others:
        response = everybody.answer(who, address)
        if outcome(rule, response) != expected(form, who):
            yield f"{rule.endpoint}: {who} should be {expected(form, who)} and gets {response.status_code}"
        if everybody.written:
            yield f"{rule.endpoint}: {who} may not, and this is written: {everybody.written[0][:60]}"
        if who in STAFF and isinstance(mark, Action) and rule.endpoint.startswith(FOR_STAFF):
            lines.append((everybody.actors[who].user_id, Access.REFUSED, mark.name, noted(rule, address)))
    if everybody.lines(after) != lines:
        yield f"{rule.endpoint}: the access log does not hold one line for each of the staff who is refused"


def noted(rule: Rule, address: str) -> str | None:
    parts = dict(zip(rule.rule.split("/"), address.split("/"), strict=True))
    return parts.get("<reference>")


def of_anybody(everybody: Everybody, rule: Rule) -> Iterator[str]:
    for who in SOME:
        response = everybody.answer(who, everybody.address(rule, ANYBODY))
        if response.status_code in (403, 404) or response.status_code >= 500:
            yield f"{rule.endpoint}: {who} gets {response.status_code} and should be heard"
        everybody.put_back()


def test_each_form_is_taken_from_those_in_the_table_and_does_not_exist_for_anybody_else(everybody: Everybody) -> None:
    rules = [each for each in everybody.app.url_map.iter_rules() if "POST" in (each.methods or ())]
    assert {each.endpoint for each in rules} == FORMS.keys(), "say in tests/web/forms_of_everybody.py who may send it"
    mistakes: list[str] = []
    for rule in rules:
        form = FORMS[rule.endpoint]
        found: Iterable[str] = of_anybody(everybody, rule) if form is ANYBODY else wrong(everybody, rule, form)
        mistakes += found
    assert not mistakes, "\n".join(mistakes)
