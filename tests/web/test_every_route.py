"""Every route × every role × another landlord's case, as a page and for htmx.

Whoever may not see a case cannot tell it from one that does not exist, and looking changes nothing.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal import create_app
from portal.actions.add_representative import add_representative
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.record_authority import record_authority
from portal.clock import StoppedClock
from portal.domain.permissions import RULES, Action, Actor, Role
from portal.domain.references import new_code
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity
from portal.records.database import Database
from portal.records.models import AccessEntry, Base, OfficeMember, User
from portal.records.offices import begin_session
from portal.settings import Settings
from portal.web.access import MARK, PUBLIC
from portal.web.account.security import SEEN, _signer
from portal.web.limits import limiter
from portal.web.representative import presence
from tests import builders
from tests.actions.neighbours import IFOR, group
from tests.actions.office import Office, repair, ten_oclock
from tests.evidence.samples import a_file
from tests.mail.kept import came_in
from tests.web.forms_of_everybody import FORMS
from tests.web.representative.member import an_office

DAY = date(2026, 11, 4)
OURS, THEIRS = "ids", "ivh"
HTMX = {"HX-Request": "true"}
# What htmx is given, what either database finds and which role asks have nothing to do with each other: the long walks
# go each way once, and the second way without the roles that differ from another one by less.
EACH_WAY = pytest.mark.parametrize(
    ("database", "headers"),
    [("sqlite", {}), ("postgresql", HTMX)],
    indirect=["database"],
    ids=["page on sqlite", "htmx on postgresql"],
)
OF_ONE = {"reference", "letter_id", "evidence_id", "office_id", "user_id", "mail_id"}
"""What names something that only some may know of."""

STAFF = (
    "handler",
    "lead",
    "administrator",
    "oversight",
    "recorder",
    "reviewer",
    "adjustments_lead",
    "auditor",
)
THEIR_ROLES = ("handler", "lead", "administrator", "oversight")
"""Of the other landlord: one who may do most, and one of each who may not see a complaint in full."""

ON_ONE_DATABASE = {
    "another representative",
    "another resident",
    "oversight",
    "recorder",
    "reviewer",
    "adjustments_lead",
    "auditor",
    "their administrator",
    "their oversight",
}
"""Who walks on SQLite alone."""

SENT_AWAY = {"anyone", "resident", "representative", "office_member", "lead", "administrator", "their lead"}
"""One of each kind of those who are known somewhere, for pages on which they are not."""

IN_THE_MATRIX = {"anybody": "anyone", "decide": "representative", "mp": "office_member"}
"""How those who walk are called in `tests/web/forms_of_everybody.py`."""

HOMES = {
    Role.REPRESENTATIVE: frozenset({"acting"}),
    Role.ANYONE: frozenset(),
    Role.RESIDENT: frozenset({"resident"}),
    Role.GROUP_MEMBER: frozenset({"resident"}),
    Role.OFFICE_MEMBER: frozenset({"representative"}),
}
"""On whose pages somebody is known; all others are staff."""

STAFF_HOMES = frozenset({"staff", "account"})

ASSETS = {"assets.brand"}
ALIKE = {"resident.remove_file"}
"""Answers everybody alike, whatever file is named: it knows those of the browser's own draft alone."""


@dataclass(frozen=True)
class Known:
    """A complaint, one of its letters, an office, a colleague and an email: ours, another landlord's, or nobody's."""

    reference: str
    letter: UUID
    file: UUID
    office: int
    member: int
    user: int
    mail: UUID


@dataclass(frozen=True)
class Walk:
    """A portal with complaints of two landlords, and a browser for everybody."""

    app: Flask
    database: Database
    mine: Known
    another: Known
    foreign: Known
    browsers: Mapping[str, FlaskClient]
    asked: list[str]
    """What the database was given to look for since this was last emptied."""

    def rules(self, method: str) -> list[Rule]:
        every = (rule for rule in self.app.url_map.iter_rules() if rule.endpoint not in ASSETS)
        return [rule for rule in every if method in (rule.methods or ())]

    def asking(self, rule: Rule, landlord: str) -> Mapping[str, FlaskClient]:
        """Who asks on a page of a landlord: its own people whom the table of permissions lets in, and some who stand
        for all whom the gate sends away before anything is looked for, which each is asked of below."""
        mark, theirs = mark_of(self.app, rule), landlord == THEIRS
        let_in = {
            who
            for who in self.browsers
            if who.startswith("their ") is theirs and (mark == PUBLIC or role_of(who) in RULES[mark])
        }
        return {who: each for who, each in self.browsers.items() if who in let_in | SENT_AWAY}

    def hidden(self, who: str, landlord: str) -> list[Known]:
        """What somebody may not know of on the pages of a landlord."""
        if not who.startswith("their "):
            return [self.foreign]
        # On the pages of their own landlord its staff may see its complaint.
        return [self.mine] if landlord == THEIRS else [self.mine, self.foreign]

    def asked_about(self, known: Known) -> bool:
        """Whether the database was: what was not looked for changes no answer."""
        named = {known.reference, str(known.office), str(known.member)}
        named |= {said for each in (known.letter, known.file, known.mail) for said in (str(each), each.hex)}
        return any(each in asked for asked in self.asked for each in named)

    def forms(self, method: str) -> Mapping[str, dict[str, str]]:
        """What each browser sends: a form with nothing but its token, where the method sends one."""
        return {who: empty_form(client) if method == "POST" else {} for who, client in self.browsers.items()}

    def address(self, rule: Rule, known: Known, landlord: str) -> str:
        values = {
            "landlord": landlord,
            "reference": known.reference,
            "letter_id": known.letter,
            "number": 1,
            "evidence_id": known.file,
            "office_id": known.office,
            "member_id": known.member,
            "user_id": known.user,
            "mail_id": known.mail,
            "dissolution_id": 1,
            "name": "about-you",
            "day": "2026-11-09",
            "token": "0" * 64,
            "which": "compensation",
        }
        missing = rule.arguments - values.keys()
        assert not missing, f"{rule.endpoint}: say here what {missing} can be"
        built = self.app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})
        return str(built)


def mark_of(app: Flask, rule: Rule) -> Any:
    return getattr(app.view_functions[rule.endpoint], MARK, None)


def role_of(who: str) -> Role:
    """Of whoever walks."""
    return Role("handler" if who == "colleague" else who.removeprefix("their ").removeprefix("another "))


@pytest.fixture
def walk(database: Database, tmp_path: Path) -> Iterator[Walk]:
    url, files = database.url.render_as_string(hide_password=False), (tmp_path / "files").as_uri()
    settings = Settings(secret_key="not-a-secret-" * 3, database_url=url, files_url=files)
    app = create_app(settings, StoppedClock(ten_oclock(DAY)))
    app.extensions["database"].close()
    app.extensions["database"] = database
    limiter.reset()
    made = walk_of(app, database)
    if not database.is_sqlite:
        made = replace(made, browsers={who: each for who, each in made.browsers.items() if who not in ON_ONE_DATABASE})

    def note(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_rest: Any) -> None:
        made.asked.append(repr(parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield made
    event.remove(database.engine, "before_cursor_execute", note)
    limiter.reset()


def walk_of(app: Flask, database: Database) -> Walk:
    """Two landlords with complaints, and a browser for everybody who could ask for something."""
    app.test_client_class = FlaskClient  # the shape of these pages is looked at by the tests of each
    ours, theirs = Office(database, OURS), Office(database, THEIRS)
    mine, another, foreign = (complaint(office, app) for office in (ours, ours, theirs))
    staff = {
        name: staff_browser(app, actor)
        for name, actor in {
            **{role: getattr(ours, role) for role in STAFF},
            "colleague": ours.colleague,
            **{f"their {role}": getattr(theirs, role) for role in THEIR_ROLES},
        }.items()
    }
    residents = {
        "anyone": app.test_client(),
        "resident": resident_browser(app, ours, mine.reference),
        "another resident": resident_browser(app, ours, another.reference),
        "representative": representative_browser(app, ours, mine.reference),
        "another representative": representative_browser(app, ours, another.reference),
        "group_member": group_member_browser(app, ours),
    }
    members = {
        "office_member": member_browser(app, OURS, mine.member),
        "their office_member": member_browser(app, THEIRS, foreign.member),
    }
    return Walk(app, database, mine, another, foreign, {**residents, **members, **staff}, [])


def complaint(office: Office, app: Flask) -> Known:
    """Answered at stage 1 with something left to do: most pages have something to show."""
    reference = office.answered(builders.MONDAY, DAY, remedies=(repair(date(2026, 12, 1), office.handler),))
    number = builders.number()
    ours = an_office(office, f"Office {number}", member=f"caseworker{number}", on=DAY)
    file = a_file(office, reference, DAY, app.extensions["files"])
    letter, user = office.letters(reference)[0].id, office.second.user_id or 0
    mail = came_in(office, references=(reference,))
    return Known(reference, letter, file, ours.office_id, ours.member_id, user, mail.id)


def staff_browser(app: Flask, actor: Actor) -> FlaskClient:
    client = app.test_client()
    with app.app_context(), app.extensions["database"].session() as session:
        uniquifier = session.get_one(User, actor.user_id).fs_uniquifier
        seen = _signer().sign(b"seen").decode()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie[SEEN] = uniquifier, True, seen
    return client


def resident_browser(app: Flask, office: Office, reference: str) -> FlaskClient:
    return visiting(app, reference, office.issue_code(reference, DAY))


def group_member_browser(app: Flask, office: Office) -> FlaskClient:
    """Somebody of a group that complains, whose lead is somebody else."""
    reference, (code,) = group(office, builders.MONDAY, IFOR)
    return visiting(app, reference, code)


def visiting(app: Flask, reference: str, code: str) -> FlaskClient:
    """Whoever follows a complaint with this code."""
    client = app.test_client()
    opened = client.post(f"/{OURS}/track", data={"reference": reference, "code": code, **empty_form(client)})
    assert opened.status_code == 303
    return client


def member_browser(app: Flask, landlord: str, member_id: int) -> FlaskClient:
    """Somebody of an office, as if they had signed in just now."""
    client = app.test_client()
    with app.extensions["database"].unit_of_work() as session:
        token = begin_session(session, session.get_one(OfficeMember, member_id), at=ten_oclock(DAY))
    with app.app_context(), client.session_transaction() as cookie:
        cookie[presence.OFFICE], cookie[presence.SEEN] = token, _signer().sign(b"seen").decode()
    return client


def representative_browser(app: Flask, office: Office, reference: str) -> FlaskClient:
    """Somebody who acts for the resident, and may do whatever a representative can do."""
    new = NewRepresentative(capacity=Capacity.FAMILY, asked_by=AskedBy.RESIDENT, name="Daughter One", submitted=True)
    office.do(add_representative, office.lead, reference, new, on=DAY)
    every = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=tuple(AuthorityScope),
        expires_on=DAY + timedelta(days=90),
        words="Told us by phone.",
    )
    office.do(record_authority, office.lead, reference, 1, every, on=DAY)
    code, client = new_code(secrets.choice), app.test_client()
    asked = {"code": code, "identity_check": "Called back.", "on": DAY}
    office.do(issue_representative_code, office.lead, reference, 1, **asked)
    opened = client.post(f"/{OURS}/track", data={"reference": reference, "code": code, **empty_form(client)})
    assert opened.status_code == 303
    return client


def empty_form(client: FlaskClient) -> dict[str, str]:
    """What a form sends that was not filled in."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(f"/{OURS}/track").text)
    assert found, "the tracking page has a form"
    return {"csrf_token": found[1]}


def nobody() -> Known:
    return Known(
        builders.new_reference(),
        uuid4(),
        uuid4(),
        10**9 + builders.number(),
        10**9,
        10**9 + builders.number(),
        uuid4(),
    )


def told(response: TestResponse, *known: Known) -> tuple[int, str]:
    """All that an answer tells, without what the asker already wrote in the address."""
    where = [response.headers.get(name, "") for name in ("Location", "HX-Redirect")]
    shown = "\n".join([*where, re.sub(r'(name="csrf_token"[^>]*value=")[^"]+', r"\1TOKEN", response.text)])
    for each in known:
        shown = (
            shown.replace(each.reference, "REFERENCE")
            .replace(str(each.letter), "LETTER")
            .replace(str(each.file), "FILE")
            .replace(str(each.mail), "MAIL")
            .replace(f"/offices/{each.office}", "/offices/OFFICE")
            .replace(f"/members/{each.member}", "/members/MEMBER")
            .replace(f"/people/{each.user}", "/people/USER")
        )
    return response.status_code, shown


def contents(database: Database) -> str:
    """A digest of every row of every table but the one that looking is there to fill."""
    digest = sha256()
    with database.session() as session:
        for table in Base.metadata.sorted_tables:
            if table is AccessEntry.__table__:
                continue
            for row in sorted(map(repr, session.execute(select(table)))):
                digest.update(row.encode())
    return digest.hexdigest()


def is_sign_in(response: TestResponse) -> bool:
    if "HX-Redirect" in response.headers:
        return urlsplit(response.headers["HX-Redirect"]).path.endswith(("/sign-in", "/track")) and not response.data
    leads_to = urlsplit(response.headers.get("Location", "")).path
    keeps_what_was_written = response.status_code == 401  # the sign-in page itself, for a form that was sent
    return keeps_what_was_written or (response.status_code == 303 and leads_to.endswith(("/sign-in", "/track")))


def test_every_route_says_who_may_use_it(served: Flask) -> None:
    unmarked = [
        rule.endpoint
        for rule in served.url_map.iter_rules()
        if mark_of(served, rule) != PUBLIC and not isinstance(mark_of(served, rule), Action)
    ]
    assert not unmarked, f"write @public or @requires(Action...) above {unmarked}"


@EACH_WAY
def test_another_landlords_case_cannot_be_told_from_none(walk: Walk, headers: dict[str, str]) -> None:
    """Neither theirs by us, nor ours by their staff. Each asks for what nobody has, and for the other's where it was
    looked for at all."""
    stored = contents(walk.database)
    for method in ("GET", "POST"):
        forms = walk.forms(method)
        for rule in walk.rules(method):
            if not rule.arguments & OF_ONE:
                continue
            for landlord in (OURS, THEIRS):
                for who, client in walk.asking(rule, landlord).items():
                    none, asked = nobody(), {"method": method, "headers": headers, "data": forms[who]}
                    walk.asked.clear()
                    unknown = client.open(walk.address(rule, none, landlord), **asked)
                    where = f"{who}: {method} {rule.rule} as {landlord}"
                    hidden = unknown.status_code == 404 or is_sign_in(unknown) or rule.endpoint in ALIKE
                    assert hidden, f"{where}: {unknown.status_code}"
                    for another in walk.hidden(who, landlord) if walk.asked_about(none) else ():
                        theirs = client.open(walk.address(rule, another, landlord), **asked)
                        assert told(theirs, another) == told(unknown, none), f"{where} tells what exists"
    assert contents(walk.database) == stored


@EACH_WAY
def test_another_residents_letter_cannot_be_told_from_none(walk: Walk, headers: dict[str, str]) -> None:
    address = f"/{OURS}/my-complaint/letters"
    client, none = walk.browsers["resident"], nobody()
    theirs = client.get(f"{address}/{walk.another.letter}", headers=headers)
    unknown = client.get(f"{address}/{none.letter}", headers=headers)
    assert theirs.status_code == 404
    assert told(theirs, walk.another) == told(unknown, none)
    assert client.get(f"{address}/{walk.mine.letter}", headers=headers).status_code == 200


@EACH_WAY
def test_each_role_reaches_what_the_table_of_permissions_gives_it(walk: Walk, headers: dict[str, str]) -> None:
    """With pages; of forms `test_who_may_do_what.py` says the same."""
    for rule in walk.rules("GET"):
        mark = mark_of(walk.app, rule)
        if mark == PUBLIC or rule.arguments & OF_ONE:  # that nobody sees what does not exist is asked above
            continue
        for who, client in walk.browsers.items():
            role = role_of(who)
            # A resident's code means nothing on the pages for staff, and a staff account nothing on a resident's.
            at_home = rule.endpoint.partition(".")[0] in HOMES.get(role, STAFF_HOMES)
            response = client.get(walk.address(rule, walk.mine, OURS), headers=headers)
            where = f"{who}: GET {rule.rule} gives {response.status_code}"
            assert response.status_code < 500, where
            if not at_home or who.startswith("their ") or role not in RULES[mark]:
                assert response.status_code == 404 or is_sign_in(response), where


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_looking_changes_nothing_and_breaks_nothing(walk: Walk) -> None:
    """At what one may see; that looking at what is hidden changes nothing is asked above, and on SQLite by the matrix
    of who sees what."""
    stored = contents(walk.database)
    for rule in walk.rules("GET"):
        for who, client in walk.browsers.items():
            response = client.get(walk.address(rule, walk.mine, OURS), headers=HTMX)
            assert response.status_code < 500, f"{who}: GET {rule.rule} gives {response.status_code}"
    assert contents(walk.database) == stored


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_empty_form_never_breaks_anything(walk: Walk) -> None:
    """From whoever is not refused; on SQLite the matrix of who may do what sends each form for everybody."""
    forms = walk.forms("POST")
    for rule in walk.rules("POST"):
        for who in {IN_THE_MATRIX.get(each, each) for each in FORMS[rule.endpoint].people} & walk.browsers.keys():
            response = walk.browsers[who].post(walk.address(rule, walk.mine, OURS), data=forms[who], buffered=True)
            assert response.status_code < 500, f"{who}: POST {rule.rule} gives {response.status_code}"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_landlord_that_is_not_served_has_no_pages(walk: Walk) -> None:
    for landlord in ("unknown", "IDS", "..", "%00"):
        for rule in walk.rules("GET"):
            if "landlord" in rule.arguments:
                address = walk.address(rule, walk.mine, OURS).replace(f"/{OURS}/", f"/{landlord}/", 1)
                assert walk.browsers["lead"].get(address).status_code == 404, address


def test_no_page_of_the_demonstration_exists_outside_it(served: Flask) -> None:
    assert not [rule.rule for rule in served.url_map.iter_rules() if "demo" in rule.rule]
    assert served.test_client().get("/demo", follow_redirects=True).status_code == 404
