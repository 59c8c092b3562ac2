"""Each page of a resident and of a representative, by everybody: with each scope, over, stopped, another's, nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.actions.add_representative import add_representative
from portal.actions.end_authority import end_authority
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.record_authority import record_authority
from portal.domain.policy import LetterKind
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity, WhyEnded
from portal.records import access
from portal.records.models import AccessCode, ComplaintRow
from portal.web.access import MARK, PUBLIC
from tests.actions.office import Office, ten_oclock
from tests.web.acting.conftest import MONDAY
from tests.web.resident.visitor import Visitor

TODAY = MONDAY.date()
YESTERDAY = TODAY - timedelta(days=1)
LATER = TODAY + timedelta(days=90)

# What each may do on the pages of a representative; those of a resident are open to residents alone.
TABLE = """
who          page  progress  letter  stage_2
waiting      yes   -         -       -
progress     yes   yes       -       -
full_reply   yes   yes       yes     -
meetings     yes   -         -       -
decide       yes   yes       yes     yes
expired      -     -         -       -
ended        -     -         -       -
another      yes   yes       -       yes
resident     -     -         -       -
another_one  -     -         -       -
nobody       -     -         -       -
"""


def browser(app: Flask) -> FlaskClient:
    client: FlaskClient = Visitor(app).client
    return client


def acting(
    app: Flask, office: Office, reference: str, scopes: tuple[AuthorityScope, ...], until: object = LATER
) -> int:
    """One more representative of the complaint, and their number."""
    new = NewRepresentative(capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT, name="Friend One")
    number = len(office.do(add_representative, office.lead, reference, new, on=YESTERDAY).case.representatives)
    if scopes:
        wanted = NewAuthority(
            evidence=AuthorityEvidence.CALL, scopes=scopes, starts_on=YESTERDAY, expires_on=until, words="Told us."
        )
        office.do(record_authority, office.lead, reference, number, wanted, on=YESTERDAY)
    code = f"{number:016d}"
    named = {"code": code, "identity_check": "Called back.", "on": YESTERDAY}
    office.do(issue_representative_code, office.lead, reference, number, **named)
    return number


def visiting(app: Flask, reference: str, number: int) -> FlaskClient:
    """A browser that is inside already, as one that came in before something ended."""
    client = browser(app)
    with app.extensions["database"].unit_of_work() as session:
        codes = select(AccessCode).join(AccessCode.complaint).where(ComplaintRow.reference == reference)
        code = session.scalars(codes.where(AccessCode.representative == number)).one()
        token = access.begin_visit(session, code, at=ten_oclock(TODAY))
    with client.session_transaction() as cookie:
        cookie["acting"] = token
    return client


def everybody(app: Flask, office: Office, mine: str, other: str) -> Mapping[str, FlaskClient]:
    wanted = {"waiting": (), **{each.value: (each,) for each in AuthorityScope if each is not AuthorityScope.SUBMIT}}
    numbers = {who: acting(app, office, mine, scopes) for who, scopes in wanted.items()}
    numbers["expired"] = acting(app, office, mine, (AuthorityScope.DECIDE,), YESTERDAY)
    numbers["ended"] = acting(app, office, mine, (AuthorityScope.DECIDE,))
    found = {who: visiting(app, mine, number) for who, number in numbers.items()}
    resident = office.resident(mine)
    office.do(end_authority, resident, mine, numbers["ended"], why=WhyEnded.RESIDENT_STOPPED, on=TODAY)
    found["another"] = visiting(app, other, acting(app, office, other, (AuthorityScope.DECIDE,)))
    for who, reference in (("resident", mine), ("another_one", other)):
        visitor = Visitor(app)
        visitor.open(reference, office.issue_code(reference, TODAY))
        found[who] = visitor.client
    return {**found, "nobody": browser(app)}


def test_everybody_reaches_what_is_theirs_and_nothing_else(app: Flask, office: Office) -> None:
    mine, other = (office.answered(YESTERDAY, YESTERDAY) for _ in range(2))
    people = everybody(app, office, mine, other)
    (letter,) = [each.id for each in office.letters(mine) if each.kind is LetterKind.RESPONSE_STAGE_1]
    header, *rows = TABLE.strip().splitlines()
    expected = {who: dict(zip(header.split()[1:], cells, strict=True)) for who, *cells in map(str.split, rows)}
    assert set(expected) == set(people)
    for who, client in people.items():
        may = {name for name, cell in expected[who].items() if cell == "yes"}
        page = client.get("/ids/acting/")
        assert (page.status_code == 200) is ("page" in may), who
        assert ("How far it has come" in page.text) is ("progress" in may), who
        assert (client.get(f"/ids/acting/letters/{letter}").status_code == 200) is ("letter" in may), who
        assert (client.get(f"/ids/acting/letters/{letter}/letter.pdf").status_code == 200) is ("letter" in may), who
        assert ("Ask for stage 2" in page.text) is ("stage_2" in may), who
        assert "Resident One" not in page.text, who
        asked = client.post("/ids/acting/stage-2", data={"csrf_token": token(client)})
        went = asked.status_code == 303 and asked.location == "/ids/acting/"
        assert went is ("stage_2" in may), who
    assert office.case(mine).case.escalation is not None


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/ids/track").text)
    assert found
    return found[1]


def test_no_page_of_a_resident_opens_to_a_representative(app: Flask, office: Office) -> None:
    mine, other = (office.answered(YESTERDAY, YESTERDAY) for _ in range(2))
    letter = office.letters(mine)[0].id
    people = everybody(app, office, mine, other)
    representatives = [who for who in people if who not in ("resident", "another_one", "nobody")]
    stored = office.case(mine).version
    for rule in _of_residents(app):
        values = {"landlord": "ids", "letter_id": letter, "evidence_id": letter, "number": 1, "name": "x", "token": "0"}
        given = {name: values[name] for name in rule.arguments}
        address = app.url_map.bind("localhost").build(rule.endpoint, given)
        for who in representatives:
            client = people[who]
            for method in {"GET", "POST"} & (rule.methods or set()):
                data = {"csrf_token": token(client)} if method == "POST" else None
                answer = client.open(address, method=method, data=data)
                closed = answer.status_code == 404 or (answer.location or "").endswith("/track")
                assert closed, f"{who}: {method} {rule.rule} gives {answer.status_code}"
    assert office.case(mine).version == stored


def _of_residents(app: Flask) -> list[Rule]:
    """Those that need a visit: nobody comes to them without a code."""
    rules = [each for each in app.url_map.iter_rules() if each.endpoint.startswith("resident.")]
    return [each for each in rules if getattr(app.view_functions[each.endpoint], MARK, None) != PUBLIC]
