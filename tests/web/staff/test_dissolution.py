"""At a dissolution: every member of the chosen offices is out with the next request, and staff see whom to tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.clock import StoppedClock
from portal.domain.representative_kinds import AskedBy, Capacity, Standing, WhyEnded
from portal.records.models import Dissolution, OfficeMember
from tests.actions.office import Office, rows, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.answer import Answer, text_of
from tests.web.representative.member import Known, Member, an_office, hand_in
from tests.web.staff.browser import Browser

pytestmark = pytest.mark.on_both


def day(on: date) -> dict[str, str]:
    return {f"ends_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def form(*chosen: Known, on: date = MONDAY, **changes: Any) -> dict[str, Any]:
    return {
        "offices": [str(each.office_id) for each in chosen],
        "reason": "Parliament is dissolved",
        **day(on),
    } | changes


def to_tell(page: Answer) -> list[dict[str, str]]:
    rows = page.tree.findall(".//table/tbody/tr")
    return [{cell.get("data-label", ""): text_of(cell) for cell in row} for row in rows]


@pytest.fixture
def mp(office: Office) -> Known:
    return an_office(office)


@pytest.fixture
def councillor(office: Office) -> Known:
    return an_office(office, "Ward office", kind=Capacity.COUNCILLOR, member="ward")


@pytest.fixture
def agency(office: Office) -> Known:
    return an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")


def standing(office: Office, reference: str, on: date = MONDAY) -> Standing:
    return office.case(reference).case.representatives[0].standing(on)


def test_all_members_of_the_chosen_offices_are_out_and_their_authorities_end(
    app: Flask, office: Office, lead: Browser, mp: Known, councillor: Known, agency: Known
) -> None:
    handled = hand_in(office, mp, own_reference="MP/1")
    office.assign(handled, MONDAY)
    waiting = hand_in(office, mp, name="Second Resident", asked_by=AskedBy.SOMEBODY_ELSE)
    over = hand_in(office, mp, name="Third Resident")
    office.withdraw(over, MONDAY)
    untouched = [hand_in(office, councillor), hand_in(office, agency)]
    app.config["WTF_CSRF_ENABLED"] = True
    member, other = Member(app).sign_in(mp), Member(app).sign_in(councillor)
    app.config["WTF_CSRF_ENABLED"] = False

    offered = lead.get("offices/dissolution").words
    assert "Office of the MP for Example Town: can sign in: 1, open cases: 2" in offered
    assert "Advice for Example Town" not in offered
    done = lead.post("offices/dissolution", form(mp))
    page = lead.page(lead.client.get(done.location))
    assert not member.is_signed_in()
    assert other.is_signed_in()
    assert {each["Our reference"]: each["Told by"] for each in to_tell(page)} == {
        handled: office.handler.name,
        waiting: "The complaints officer: nobody handles it yet",
    }
    assert {each["Resident to tell"] for each in to_tell(page)} == {"Resident One", "Second Resident"}
    assert "caseworker@example.org" in page.words
    for reference in (handled, waiting, over):
        assert standing(office, reference) is Standing.ENDED
    ended = office.case(handled).case.representatives[0].ended
    assert ended is not None
    assert (ended.why, ended.words) == (WhyEnded.OUT_OF_OFFICE, "Parliament is dissolved")
    assert [standing(office, each) for each in untouched] == [Standing.IN_FORCE, Standing.WAITING]
    assert "Parliament is dissolved" in lead.get("offices").words


def test_a_day_to_come_lets_them_finish_until_the_day_before(
    app: Flask, office: Office, lead: Browser, mp: Known, clock: StoppedClock
) -> None:
    reference, thursday = hand_in(office, mp), MONDAY + timedelta(days=3)
    app.config["WTF_CSRF_ENABLED"] = True
    member = Member(app).sign_in(mp)
    app.config["WTF_CSRF_ENABLED"] = False
    done = lead.post("offices/dissolution", form(mp, on=thursday))
    assert to_tell(lead.page(lead.client.get(done.location)))[0]["Our reference"] == reference
    assert member.is_signed_in()
    days = [MONDAY + timedelta(days=more) for more in (0, 2, 3)]
    assert [standing(office, reference, each) for each in days] == [
        Standing.IN_FORCE,
        Standing.IN_FORCE,
        Standing.EXPIRED,
    ]
    clock.move_to(ten_oclock(thursday).replace(hour=0))
    assert not member.is_signed_in()
    app.config["WTF_CSRF_ENABLED"] = True
    late = Member(app)
    late.ask(mp.email)
    assert late.enter(late.code()).status == 422


def test_nothing_ends_where_the_form_is_not_filled_in(
    app: Flask, office: Office, lead: Browser, mp: Known, agency: Known
) -> None:
    reference = hand_in(office, mp)
    theirs = an_office(Office(app.extensions["database"], "ivh"))
    for sent, field in (
        (form(), "offices"),
        (form(agency), "offices"),
        (form(theirs), "offices"),
        (form(mp, theirs), "offices"),
        (form(mp, offices=["x", str(10**30)]), "offices"),
        (form(mp, reason=" "), "reason"),
        (form(mp) | {"ends_on-day": "31", "ends_on-month": "2"}, "ends_on"),
        ({}, "offices"),
    ):
        page = lead.post("offices/dissolution", sent)
        assert page.status == 422, sent
        assert field in {each.removeprefix("#").partition("-")[0] for each in page.errors}
    assert rows(app.extensions["database"])["dissolutions"] == 0
    assert standing(office, reference) is Standing.IN_FORCE
    with app.extensions["database"].session() as session:
        assert not session.query(OfficeMember).filter(OfficeMember.ends_at.is_not(None)).count()


def test_pressing_twice_ends_nothing_twice(app: Flask, office: Office, lead: Browser, mp: Known) -> None:
    reference = hand_in(office, mp)
    lead.post("offices/dissolution", form(mp))
    version = office.case(reference).row.version
    assert lead.post("offices/dissolution", form(mp)).location == "/ids/staff/offices"
    assert office.case(reference).row.version == version
    assert "No elected office has access now" in lead.get("offices/dissolution").words


@pytest.mark.parametrize("role", ["administrator", "handler", "oversight"])
def test_only_the_complaints_officer_may(app: Flask, office: Office, lead: Browser, mp: Known, role: str) -> None:
    done = lead.post("offices/dissolution", form(mp)).location.removeprefix("/ids/staff/")
    somebody = Browser(app).sign_in(getattr(office, role))
    for path in ("offices/dissolution", done):
        assert somebody.get(path).status == 404
    assert somebody.post("offices/dissolution", form(mp)).status == 404
    foreign = Browser(app, "ivh").sign_in(Office(app.extensions["database"], "ivh").lead)
    with app.extensions["database"].session() as session:
        number = session.query(Dissolution).one().id
    assert foreign.get(f"offices/dissolution/{number}").status == 404
    assert lead.get(f"offices/dissolution/{10**20}").status == 404


def test_the_list_takes_as_many_statements_for_nine_cases_as_for_three(
    app: Flask, office: Office, lead: Browser, mp: Known, councillor: Known
) -> None:
    counted = []
    for known, number in ((mp, 3), (councillor, 9)):
        for _ in range(number):
            hand_in(office, known)
        where = lead.post("offices/dissolution", form(known)).location.removeprefix("/ids/staff/")
        with statements(app) as seen:
            assert len(to_tell(lead.get(where))) == number
        counted.append(len(seen))
    assert counted[0] == counted[1]
