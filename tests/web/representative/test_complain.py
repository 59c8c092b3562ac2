"""The next complaint of an office: who it is from stands there already, and nothing that is typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.events import ReplyBy
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity, Standing
from portal.records.models import ComplaintRow
from portal.web.account import security
from tests.actions.office import Office, rows
from tests.builders import MONDAY
from tests.web.representative.member import Known, Member, an_office
from tests.web.representative.test_cases import references

TOLD = {
    "what_happened": "The lift is broken.\r\nSince March.",
    "outcome_wanted": "Repair it",
    "own_reference": "MP/2026/41",
    "asked_by": "resident",
    "wants": ["progress", "full_reply"],
    "reply_to": "both",
    "name": "Resident One",
    "address": "1 Example Street",
    "email": "resident.one@example.org",
    "reply_by": "email",
}


@pytest.fixture
def here(member: Member, known: Known) -> Member:
    return member.sign_in(known)


def once(member: Member) -> dict[str, str]:
    return {"once": member.get("office/complain").value("once")}


def complaints(app: Flask) -> list[ComplaintRow]:
    with app.extensions["database"].session() as session:
        return session.query(ComplaintRow).order_by(ComplaintRow.id).all()


def test_a_complaint_is_received_with_the_office_filled_in(
    app: Flask, here: Member, office: Office, known: Known
) -> None:
    page = here.get("office/complain")
    for filled_in in ("Office of the MP for Example Town", "MP (UK Parliament)", "office@example.org"):
        assert filled_in in page.words
    sent = here.post("office/complain", TOLD | once(here))
    [row] = complaints(app)
    assert sent.location == f"/ids/office/cases/{row.reference}"
    page = here.get(sent.location)
    assert "We have received the complaint" in page.words
    assert "MP/2026/41" in page.words
    case = office.case(row.reference).case
    assert case.received.what_happened == "The lift is broken.\nSince March."
    assert (case.received.received_on, case.received.reply_by) == (MONDAY, ReplyBy.EMAIL)
    [representative] = case.representatives
    assert representative.added.capacity is Capacity.MP
    assert (representative.added.organisation, representative.added.email) == (
        "Office of the MP for Example Town",
        "office@example.org",
    )
    assert (representative.added.name, representative.added.office_id) == ("Caseworker", known.office_id)
    assert representative.standing(MONDAY) is Standing.IN_FORCE
    assert AuthorityScope.FULL_REPLY in representative.scopes(MONDAY)


def test_only_what_happened_is_needed(app: Flask, here: Member, office: Office) -> None:
    empty = here.post("office/complain", {**once(here), "what_happened": " "})
    assert (empty.status, [*empty.errors]) == (422, ["#what_happened"])
    assert complaints(app) == []
    assert here.post("office/complain", {**once(here), "what_happened": "Damp"}).status == 303
    [row] = complaints(app)
    [representative] = office.case(row.reference).case.representatives
    # Nobody has said that the resident asked: received like every other, and nothing is told.
    assert representative.added.asked_by is AskedBy.NOT_SAID
    assert representative.standing(MONDAY) is Standing.WAITING


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "reply_by"),
        ({"email": "nonsense"}, "email"),
        ({"reply_by": "post", "address": ""}, "reply_by"),
        ({"reply_by": "phone"}, "reply_by"),
        ({"safe_contact": ["no_email"]}, "reply_by"),
        ({"asked_by": "king"}, "asked_by"),
        ({"own_reference": "x" * 301}, "own_reference"),
        ({"wants": ["everything"]}, "wants"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    app: Flask, here: Member, changes: dict[str, str], field: str
) -> None:
    page = here.post("office/complain", TOLD | once(here) | changes)
    assert page.status == 422
    assert [each.removeprefix("#").partition("-")[0] for each in page.errors] == [field]
    assert page.value("what_happened") == "The lift is broken.\nSince March."
    assert complaints(app) == []


def test_the_same_form_sent_twice_is_one_complaint(app: Flask, here: Member) -> None:
    form = TOLD | once(here)
    assert here.post("office/complain", form).location == here.post("office/complain", form).location
    assert len(complaints(app)) == 1
    here.post("office/complain", TOLD | once(here))
    assert len(complaints(app)) == 2


def test_what_was_written_survives_a_session_that_ended(app: Flask, here: Member, known: Known) -> None:
    form = TOLD | once(here)
    with pytest.MonkeyPatch.context() as an_hour_later:
        an_hour_later.setattr(security, "IDLE_SECONDS", -1)
        page = here.post("office/complain", form)
        assert page.status == 401
        assert "Nothing is lost" in next(iter(page.errors.values()))
        assert page.value("what_happened") == "The lift is broken.\nSince March."
        assert page.value("name") == "Resident One"
        assert "Office of the MP" not in page.words
    assert rows(app.extensions["database"])["complaints"] == 0
    here.sign_in(known)
    again = {name: page.value(name) for name in ("once", "what_happened", "own_reference", "name")}
    assert here.post("office/complain", again).status == 303
    assert len(complaints(app)) == 1


def test_an_office_cannot_say_that_it_is_another_one(app: Flask, here: Member, office: Office, known: Known) -> None:
    other = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    forged = {"office_id": str(other.office_id), "capacity": "attorney", "official": "y", "organisation": "Other"}
    here.post("office/complain", TOLD | once(here) | forged)
    [row] = complaints(app)
    [representative] = office.case(row.reference).case.representatives
    assert (representative.added.office_id, representative.added.capacity) == (known.office_id, Capacity.MP)
    assert references(Member(app).sign_in(other)) == set()


def test_an_advisers_complaint_is_received_and_waits_for_an_authority(app: Flask, office: Office) -> None:
    agency = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    adviser = Member(app).sign_in(agency)
    page = adviser.get(adviser.post("office/complain", TOLD | once(adviser)).location)
    assert page.heading == "We have received this complaint"
    assert "Show us that the resident agrees" in page.words
