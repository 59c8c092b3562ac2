"""The matrix of who sees what, made by looking: every page there is × everybody, lists and their counts included.

Each thing that is written in one complaint is a word of its own. Everybody opens every page with the addresses of that
complaint, and the words that they come across are exactly those that the table gives them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from portal import create_app
from portal.actions.add_evidence import add_evidence
from portal.actions.add_representative import add_representative
from portal.actions.answer_message import answer_message
from portal.actions.assign_handler import assign_handler
from portal.actions.end_authority import end_authority
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.place_mail import place_mail
from portal.actions.record_authority import record_authority
from portal.actions.send_message import send_message
from portal.actions.tell_condition import tell_condition
from portal.actions.write_note import write_note
from portal.clock import StoppedClock
from portal.domain.evidence import FileKind
from portal.domain.mail_kinds import WhoseWords
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.references import new_code
from portal.domain.representation import NOTHING_BACK, NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity, WhyEnded
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting
from portal.records.database import Database
from portal.records.mail import IncomingMail
from portal.settings import Settings
from portal.web.limits import limiter
from tests import builders
from tests.actions.office import SUBMISSION, Office, ten_oclock
from tests.evidence.samples import GOOD
from tests.mail.kept import came_in
from tests.web.representative.member import an_office
from tests.web.test_every_route import (
    ASSETS,
    DAY,
    STAFF,
    contents,
    group_member_browser,
    member_browser,
    representative_browser,
    resident_browser,
    staff_browser,
    visiting,
)

SCOPES = {each.value: (each,) for each in AuthorityScope if each is not AuthorityScope.SUBMIT}
ACTING = ("waiting", *SCOPES, "expired", "stopped", "mp")
"""Those who act in the complaint, in their numbers from 1: the last is an office."""

TABLE = """
                 resident waiting progress full_reply meetings decide mp  staff
name             x        -       -        x          -        x      x   x
own_words        x        -       -        -          -        -      -   x
resident's       x        -       -        -          -        -      -   x
to_resident      x        -       -        -          -        -      -   x
waiting's        x        x       -        -          -        -      -   x
to_waiting       x        x       -        -          -        -      -   x
mp's             x        -       -        -          -        -      x   x
to_mp            x        -       -        -          -        -      x   x
file             x        -       -        -          -        -      -   x
waiting's_file   x        x       -        -          -        -      -   x
waiting's_paper  -        x       -        -          -        -      -   x
staffs_file      -        -       -        -          -        -      -   x
somebodys_email  -        -       -        -          -        -      -   x
staffs_note      -        -       -        -          -        -      -   x
point            x        -       -        x          -        x      x   x
due              x        -       x        x          -        x      x   x
"""
"""Those that are not here come across nothing of it: whose authority is over, another's representative, another office,
a group, an administrator, whoever watches. A full reply is the letters as they went to the resident, name and all.
"""

SEE_A_CASE = frozenset({"handler", "recorder", "reviewer", "lead", "adjustments_lead", "auditor"})
WORDS = {
    "name": "Aurelia Quillfeather",
    "own_words": "thewallofbathroom",
    "resident's": "residentaskedthis",
    "to_resident": "weansweredresident",
    "waiting's": "waitingwrotethis",
    "to_waiting": "wewrotetowaiting",
    "mp's": "officewrotethis",
    "to_mp": "wewrotetooffice",
    "file": "residentsfile.txt",
    "waiting's_file": "waitingsfile.txt",
    "waiting's_paper": "waitingspaper.txt",
    "staffs_file": "staffsfile.txt",
    "somebodys_email": "somebodyemailedthis",
    "staffs_note": "staffsnoteforstaff",
    "point": "pointofdefinition",
    "due": "18 November 2026",  # ten working days after it was acknowledged: of no other complaint here
}
CONDITION = "conditionofhealth"


def expected() -> Mapping[str, frozenset[str]]:
    header, *rows = TABLE.strip().splitlines()
    cells = {word: dict(zip(header.split(), each, strict=True)) for word, *each in map(str.split, rows)}
    named = {who: frozenset(word for word in cells if cells[word][who] == "x") for who in header.split()}
    return {**named, **dict.fromkeys(SEE_A_CASE, named.pop("staff"))}


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> Iterator[Flask]:
    with a_portal(sqlite_database, tmp_path) as made:
        yield made


@contextmanager
def a_portal(database: Database, folder: Path) -> Iterator[Flask]:
    """With files and a clock of its own; the shape of its pages is looked at by the tests of each."""
    url, files = database.url.render_as_string(hide_password=False), (folder / "files").as_uri()
    made = create_app(
        Settings(secret_key="not-a-secret-" * 3, database_url=url, files_url=files), StoppedClock(ten_oclock(DAY))
    )
    made.test_client_class = FlaskClient
    limiter.reset()
    yield made
    limiter.reset()
    made.extensions["database"].close()


def strangers(app: Flask, office: Office) -> dict[str, FlaskClient]:
    """Those who have nothing to do with the complaint, each with something of their own to look at."""
    other, theirs = Office(app.extensions["database"], "ivh"), office.answered(builders.MONDAY, DAY)
    elsewhere = an_office(office, "Another office", member="another", on=DAY)
    return {
        "nobody": app.test_client(),
        "resident B": resident_browser(app, office, theirs),
        "representative of B": representative_browser(app, office, theirs),
        "group member": group_member_browser(app, office),
        "another office": member_browser(app, "ids", elsewhere.member_id),
        "another landlord's lead": staff_browser(app, other.lead),
    }


def acting(office: Office, reference: str, number: int, scopes: frozenset[AuthorityScope] = NOTHING_BACK) -> Actor:
    return Actor(Role.REPRESENTATIVE, landlord="ids", case_reference=reference, representative=number, scopes=scopes)


def added(app: Flask, office: Office, actor: Actor, reference: str, name: str, of: int | None = None) -> UUID:
    database, files = app.extensions["database"], app.extensions["files"]
    evidence_id = take_in(database, files, "ids", name, BytesIO(GOOD[FileKind.TEXT]), now=ten_oclock(DAY))
    office.do(add_evidence, actor, reference, evidence_id, authority_of=of, on=DAY)
    return evidence_id


def the_complaint(app: Flask, office: Office) -> tuple[str, dict[str, FlaskClient]]:
    """One complaint with all that can be written in it, and a browser for everybody who has to do with it."""
    before, database = DAY - timedelta(days=1), app.extensions["database"]
    person = replace(SUBMISSION.person, name=WORDS["name"])
    reference = office.submit(before, what_happened=WORDS["own_words"], person=person)
    office.do(tell_condition, office.resident(reference), reference, CONDITION, on=before)
    browsers = {"resident": resident_browser(app, office, reference)}
    for number, who in enumerate(ACTING[:-1], start=1):
        new = NewRepresentative(capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT, name=f"Friend {number}")
        office.do(add_representative, office.lead, reference, new, on=before)
        if who != "waiting":
            until = before if who == "expired" else DAY + timedelta(days=90)
            scopes = SCOPES.get(who, (AuthorityScope.DECIDE,))
            allowed = NewAuthority(
                evidence=AuthorityEvidence.CALL, scopes=scopes, starts_on=before, expires_on=until, words="Told us."
            )
            office.do(record_authority, office.lead, reference, number, allowed, on=before)
        code = new_code(secrets.choice)
        checked = {"code": code, "identity_check": "Called back.", "on": before}
        office.do(issue_representative_code, office.lead, reference, number, **checked)
        if who != "expired":
            browsers[who] = visiting(app, reference, code)
    mp, known = len(ACTING), an_office(office, on=DAY)
    of_office = NewRepresentative(
        capacity=Capacity.MP, asked_by=AskedBy.RESIDENT, name="Caseworker", office_id=known.office_id
    )
    office.do(add_representative, office.lead, reference, of_office, on=before)
    browsers["mp"] = member_browser(app, "ids", known.member_id)
    stopped = ACTING.index("stopped") + 1
    office.do(end_authority, office.resident(reference), reference, stopped, why=WhyEnded.RESIDENT_STOPPED, on=DAY)
    waiting = acting(office, reference, 1)
    by_office = replace(acting(office, reference, mp), office_id=known.office_id, name="Caseworker")
    for actor, words in (
        (office.resident(reference), WORDS["resident's"]),
        (waiting, WORDS["waiting's"]),
        (by_office, WORDS["mp's"]),
    ):
        office.do(send_message, actor, reference, words=words, on=DAY)
    for to, words in ((None, WORDS["to_resident"]), (1, WORDS["to_waiting"]), (mp, WORDS["to_mp"])):
        office.do(answer_message, office.lead, reference, words=words, to=to, on=DAY)
    office.do(write_note, office.lead, reference, words=WORDS["staffs_note"], on=DAY)
    added(app, office, office.resident(reference), reference, WORDS["file"])
    added(app, office, waiting, reference, WORDS["waiting's_file"])
    added(app, office, waiting, reference, WORDS["waiting's_paper"], of=1)
    added(app, office, office.lead, reference, WORDS["staffs_file"])
    mail = came_in(office, words=WORDS["somebodys_email"])
    placed = {"whose": WhoseWords.SOMEBODY_ELSE, "note": "A neighbour.", "on": DAY}
    office.do(place_mail, office.lead, mail.id, reference, **placed)
    check_waiting(database, app.extensions["files"], None, ten_oclock(DAY))
    named = {"no_conflict": True, "on": DAY}
    office.do(assign_handler, office.lead, reference, office.handler.user_id, **named)
    office.declare(reference, DAY, actor=office.handler)
    office.acknowledge(reference, DAY, points=(WORDS["point"],))
    staff = {role: staff_browser(app, getattr(office, role)) for role in STAFF}
    return reference, {**browsers, **staff}


def pages(app: Flask, reference: str, office: Office) -> list[str]:
    """Every page that there is, with the addresses of this complaint: each of its letters and files."""
    case = office.case(reference).case
    of_representatives = [(one.number, each) for one in case.representatives for each in one.letters]
    # One of each kind to each reader: which of two alike it is decides nothing.
    alike = {(to, each.letter): each.letter_id for to, each in [(0, one) for one in case.letters] + of_representatives}
    letters = list(alike.values())
    many: dict[str, list[Any]] = {
        "letter_id": letters,
        "evidence_id": [each.id for each in case.evidence],
        "number": [1],
        "mail_id": mails_of(office),
    }
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in ASSETS and not rule.endpoint.endswith("_pdf"):
            found += list(_addresses(app, rule, reference, many))
    return found


def mails_of(office: Office) -> list[UUID]:
    with office.database.session() as session:
        return list(session.scalars(select(IncomingMail.id).where(IncomingMail.landlord == office.landlord)))


def _addresses(app: Flask, rule: Rule, reference: str, many: Mapping[str, list[Any]]) -> Iterator[str]:
    one = {
        "landlord": "ids",
        "reference": reference,
        "office_id": 1,
        "member_id": 1,
        "user_id": 1,
        "dissolution_id": 1,
        "name": "about-you",
        "day": "2026-11-09",
        "token": "0" * 64,
        "which": "compensation",
    }
    if any(not many.get(each, [None]) for each in rule.arguments):
        return  # a complaint without files has no address of one
    several = next((each for each in rule.arguments if each in many), None)
    firsts = {name: values[0] for name, values in many.items() if values}
    for value in many[several] if several else [None]:
        given = {**one, **firsts, **({several: value} if several else {})}
        named = {each: given[each] for each in rule.arguments}
        yield str(app.url_map.bind("localhost").build(rule.endpoint, named))


def seen(client: FlaskClient, addresses: list[str]) -> tuple[frozenset[str], bool]:
    """Which of the words somebody comes across on all of the pages, and whether the condition is among them."""
    html = "\n".join(_text(client, address) for address in addresses)
    return frozenset(name for name, word in WORDS.items() if word in html), CONDITION in html


def _text(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code < 500, address
    read = response.get_data()  # to its end, files too
    told = response.headers.get("Content-Disposition", "")
    return told + (read.decode() if response.mimetype in ("text/html", "text/csv") else "")


def lists(client: FlaskClient, addresses: list[str], reference: str) -> list[str]:
    """What pages say that are about no complaint: lists, counts and starts, without what differs each time."""
    shown = [_text(client, each) for each in addresses if reference not in each]
    return [re.sub(r'(name="(csrf_token|once|version)"[^>]*value=")[^"]*', r"\1", each) for each in shown]


def test_everybody_comes_across_what_is_theirs_and_nobody_else_can_tell_that_it_is_there(app: Flask) -> None:
    office = Office(app.extensions["database"], "ids")
    outside = strangers(app, office)
    unknown = office.submit(date(2026, 10, 1))  # of nobody here: so that addresses can be made before there is one
    general = [each for each in pages(app, unknown, office) if unknown not in each and "/letters/" not in each]
    general = [each for each in general if "/files/" not in each]
    before = {who: lists(client, general, unknown) for who, client in outside.items()}
    reference, inside = the_complaint(app, office)
    for who, client in outside.items():
        for address, was, now in zip(general, before[who], lists(client, general, unknown), strict=True):
            assert was == now, f"{who} can tell from {address} that there is another complaint"
    addresses, table = pages(app, reference, office), expected()
    stored, wrong = contents(app.extensions["database"]), []
    for who, client in {**inside, **outside}.items():
        words, condition = seen(client, addresses)
        if words != table.get(who, frozenset()):
            more, fewer = words - table.get(who, frozenset()), table.get(who, frozenset()) - words
            wrong.append(f"{who} sees {sorted(more)} that they should not, and not {sorted(fewer)}")
        allowed = who in ("resident", "lead", "handler", "adjustments_lead")
        if condition and not allowed:
            wrong.append(f"{who} sees the condition of the resident")
    assert not wrong, "\n".join(wrong)
    assert contents(app.extensions["database"]) == stored, "looking changes something"
    assert LetterKind.ACKNOWLEDGEMENT in {each.letter for each in office.case(reference).case.letters}
