"""Staff look after offices: added once, with members whose address is the office's, and access ended in one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.actions.add_member import add_member
from portal.actions.create_office import create_office
from portal.clock import StoppedClock
from portal.domain.offices import NewOffice, is_official
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import Capacity
from portal.records import offices
from portal.records.database import Database
from portal.records.models import Office as OfficeTable
from portal.records.models import OfficeMember
from tests.actions.office import Office, rows, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.representative.member import Member, an_office
from tests.web.staff.browser import Browser

NEW = {"kind": "mp", "name": "Office of the MP for Example Town", "email": "Office@Example.org", "domain": ""}
SOMEBODY = {"name": "Case Worker", "email": "Case.Worker@mail.example.org"}


def member_of(database: Database) -> OfficeMember:
    with database.session() as session:
        return session.query(OfficeMember).one()


@pytest.fixture(params=["lead", "administrator"])
def keeper(request: pytest.FixtureRequest, app: Flask, office: Office) -> Browser:
    """Whoever may look after offices."""
    return Browser(app).sign_in(getattr(office, request.param))


def test_an_office_is_added_and_its_member_can_sign_in(app: Flask, keeper: Browser) -> None:
    made = keeper.post("offices/new", NEW)
    page = keeper.page(keeper.client.get(made.location))
    assert "Now name who can sign in" in page.words
    assert "office@example.org" in page.words
    where = made.location.removeprefix("/ids/staff/")
    assert keeper.post(where, SOMEBODY).location == made.location
    assert "1 member" in keeper.get("offices").words
    found = member_of(app.extensions["database"])
    assert (found.name, found.email) == ("Case Worker", "case.worker@mail.example.org")
    app.config["WTF_CSRF_ENABLED"] = True
    member = Member(app)
    member.ask(SOMEBODY["email"])
    assert member.enter(member.code()).location == "/ids/office/"


def test_access_ends_in_one_press_and_pressing_again_changes_nothing(app: Flask, keeper: Browser) -> None:
    where = keeper.post("offices/new", NEW).location.removeprefix("/ids/staff/")
    keeper.post(where, SOMEBODY)
    database = app.extensions["database"]
    press = f"{where}/members/{member_of(database).id}/end"
    assert keeper.post(press).location == f"/ids/staff/{where}"
    page = keeper.get(where)
    assert "Nobody of this office can sign in" in page.words
    assert "Access has ended" in page.words
    ended = member_of(database).ends_at
    keeper.post(press)
    assert member_of(database).ends_at == ended is not None
    assert keeper.post(where, SOMEBODY).status == 303  # somebody may come back
    assert rows(database)["office_members"] == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "king"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "office"}, "email"),
        ({"email": ""}, "email"),
        ({"domain": "example.com"}, "domain"),
        ({"domain": "https://example.org/"}, "domain"),
        ({"domain": "org"}, "domain"),
        ({"domain": "@GMail.com", "email": "office@gmail.com"}, "domain"),
        ({"email": "office@gmail.com"}, "email"),
        ({"email": "office@example.co.uk", "domain": "co.uk"}, "domain"),
    ],
)
def test_what_is_wrong_with_an_office_stands_beside_its_field(
    app: Flask, lead: Browser, changes: dict[str, str], field: str
) -> None:
    page = lead.post("offices/new", NEW | changes)
    assert page.status == 422
    assert [each.removeprefix("#").partition("-")[0] for each in page.errors] == [field]
    assert page.value("name") == (NEW | changes)["name"].strip()
    assert rows(app.extensions["database"])["offices"] == 0


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"email": ""}, {"email": "case.worker@example.com"}, {"email": "case.worker@notexample.org"}],
)
def test_a_member_needs_a_name_and_an_address_of_the_office(app: Flask, lead: Browser, changes: dict[str, str]) -> None:
    where = lead.post("offices/new", NEW).location.removeprefix("/ids/staff/")
    page = lead.post(where, SOMEBODY | changes)
    assert page.status == 422
    assert [*page.errors] == [f"#{next(iter(changes))}"]
    assert rows(app.extensions["database"])["office_members"] == 0


def test_a_second_press_is_answered_like_the_first(
    app: Flask, office: Office, lead: Browser, clock: StoppedClock
) -> None:
    made = lead.post("offices/new", NEW).location
    assert lead.post("offices/new", NEW).location == made
    where = made.removeprefix("/ids/staff/")
    assert lead.post(where, SOMEBODY).location == lead.post(where, SOMEBODY).location == made
    other = Browser(app).sign_in(office.administrator)
    assert other.post("offices/new", NEW).status == 422  # somebody else's press is another one
    clock.move_to(ten_oclock(MONDAY) + timedelta(minutes=2))
    assert lead.post("offices/new", NEW).status == 422
    assert lead.post(where, SOMEBODY).status == 422
    counted = rows(app.extensions["database"])
    assert (counted["offices"], counted["office_members"]) == (1, 1)


def test_two_who_add_the_same_at_once_get_one_and_no_error(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of them sees what the other is about to store; the database lets one through."""
    landlord = Office(postgresql_database, "hs")
    first, now = an_office(landlord), ten_oclock(MONDAY)
    again = NewOffice(Capacity.MP, "Office of the MP for Example Town", "office@example.org")
    with monkeypatch.context() as blind:
        blind.setattr(offices, "office_named", lambda *_: None)
        blind.setattr(offices, "member_with", lambda *_, **__: None)
        with pytest.raises(Refused), postgresql_database.unit_of_work() as session:
            create_office(session, landlord.lead, again, now=now)
        with pytest.raises(Refused), postgresql_database.unit_of_work() as session:
            add_member(session, landlord.lead, first.office_id, name="X", email=first.email, now=now)
    assert rows(postgresql_database)["offices"] == rows(postgresql_database)["office_members"] == 1


def test_a_name_is_used_once_and_so_is_an_address(app: Flask, lead: Browser) -> None:
    where = lead.post("offices/new", NEW).location.removeprefix("/ids/staff/")
    twice = lead.post("offices/new", NEW | {"name": NEW["name"].upper()})
    assert (twice.status, [*twice.errors]) == (422, ["#name"])
    lead.post(where, SOMEBODY)
    other = lead.post("offices/new", NEW | {"name": "Another office"}).location.removeprefix("/ids/staff/")
    page = lead.post(other, SOMEBODY | {"email": SOMEBODY["email"].upper()})
    assert (page.status, [*page.errors]) == (422, ["#email"])
    assert rows(app.extensions["database"])["office_members"] == 1


@pytest.mark.parametrize("role", ["handler", "oversight"])
def test_others_of_the_staff_find_no_such_page(app: Flask, office: Office, role: str) -> None:
    somebody, known = Browser(app).sign_in(getattr(office, role)), an_office(office)
    for path in ("offices", "offices/new", f"offices/{known.office_id}"):
        assert somebody.get(path).status == 404
        assert somebody.post(path, NEW).status in (404, 405)
    assert "Offices" not in somebody.get("").html.partition("<main")[0]


def test_no_number_breaks_the_page(lead: Browser) -> None:
    for number in (0, 10**18, 10**30):
        assert lead.get(f"offices/{number}").status == 404
        assert lead.post(f"offices/{number}", SOMEBODY).status == 404
        assert lead.post(f"offices/{number}/members/{number}/end").status == 404


def test_the_list_takes_as_many_statements_for_three_offices_as_for_one(
    app: Flask, office: Office, lead: Browser
) -> None:
    counts = []
    for names in (("A",), ("B", "C")):
        for name in names:
            an_office(office, f"Office {name}", member=f"caseworker.{name}")
        with statements(app) as seen:
            assert lead.get("offices").status == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("email", "domain", "belongs"),
    [
        ("a@example.org", "example.org", True),
        ("A@Mail.Example.org", "example.org", True),
        ("a@badexample.org", "example.org", False),
        ("a@example.org.example.com", "example.org", False),
        ("@example.org", "example.org", False),
        ("example.org", "example.org", False),
        ("a@example.org", "", False),
    ],
)
def test_an_address_belongs_to_a_domain_and_its_parts(email: str, domain: str, *, belongs: bool) -> None:
    assert is_official(email, domain) is belongs


def test_an_office_of_another_landlord_is_on_no_list(app: Flask, lead: Browser) -> None:
    theirs = an_office(Office(app.extensions["database"], "ivh"))
    assert "No office has been added yet" in lead.get("offices").words
    assert lead.get(f"offices/{theirs.office_id}").status == 404
    assert lead.post(f"offices/{theirs.office_id}/members/{theirs.member_id}/end").status == 404
    with app.extensions["database"].session() as session:
        assert session.get_one(OfficeMember, theirs.member_id).ends_at is None
        assert session.query(OfficeTable).count() == 1
