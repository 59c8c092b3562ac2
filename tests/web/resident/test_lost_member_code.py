"""A member of a group has lost the code: the same answer for everybody, and what helps goes to them alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask

from portal.actions.change_member_contact import change_member_contact
from portal.actions.issue_member_code import issue_member_code
from portal.actions.leave_group import leave_group
from portal.domain.contact import Contact
from portal.domain.events import ReplyBy
from portal.domain.group_events import MemberCodeRequested
from portal.domain.policy import LetterKind
from portal.records.links import slip_code
from portal.records.models import CodeRequest, LetterState
from tests.actions.neighbours import IFOR, MONA, OTIS, group, letters_to, member_of, new_code, opens
from tests.actions.office import Office
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.test_lost_code import UNKNOWN, address, links, shown
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what is sent depends on neither
TODAY = THURSDAY.date()


def ask(app: Flask, reference: str, **typed: str) -> Answer:
    """Ask, and wait until what follows the answer is done."""
    stranger = Visitor(app)
    data = {"csrf_token": stranger.token(), "reference": reference, **typed}
    response = stranger.client.post("/ids/group/lost-code", data=data, buffered=True)
    response.close()
    return Answer(response.status_code, response.headers.get("Location"), response.text, "/ids/group/lost-code")


def asked_of(office: Office, reference: str) -> list[int]:
    """The members for whom a request is on record."""
    recorded = office.case(reference).recorded
    return [each.event.number for each in recorded if isinstance(each.event, MemberCodeRequested)]


TYPED: tuple[Mapping[str, str], ...] = (
    {"email": "ifor@example.org"},
    {"email": "nobody@example.org"},
    {"email": "leda@example.org"},
    {"name": "Mona Merrow", "postcode": "n10ab"},
)


def test_the_answer_is_the_same_whoever_is_asked_for(app: Flask, office: Office) -> None:
    reference, _codes = group(office, TODAY, IFOR, MONA)
    visitor, told, work = Visitor(app), set(), set()
    token = visitor.token()
    for typed in TYPED:
        for each in (reference, UNKNOWN):
            with statements(app) as seen:
                data = {"csrf_token": token, "reference": each, **typed}
                response = visitor.client.post("/ids/group/lost-code", data=data)
                work.add(tuple(seen))
            told.add((response.status_code, response.headers["Location"], response.text))
            response.close()
    assert len(told) == len(work) == 1
    assert asked_of(office, reference) == [1, 2], "the lead has a page of their own for that"


def test_the_link_goes_to_the_member_alone_and_ends_the_old_code_when_it_is_used(app: Flask, office: Office) -> None:
    reference, (old, other) = group(office, TODAY, IFOR, OTIS)
    lead, at_work = office.issue_code(reference, TODAY), Visitor(app)
    at_work.open(reference, old)
    assert ask(app, reference, email=" Ifor@Example.org ").location == "/ids/lost-code/asked"
    [link] = links(app)
    assert (link.to_address, link.group_member, link.discreet) == ("ifor@example.org", 1, False)
    assert at_work.get("my-group").status == 200, "asking ends nothing"
    owner = Visitor(app)
    page = owner.post(address(app, link))
    same, new = shown(page)
    assert same == reference
    assert shown(owner.post(address(app, link))) == [same, new], "a second press is the first one's answer"
    assert owner.get("my-group").status == 200
    assert at_work.get("my-group").location == "/ids/track", "the old code's visit ends with it"
    found = [opens(office, reference, each) for each in (old, new, other, lead)]
    assert found == [None, "member", "member", "resident"]
    assert letters_to(office, reference, 1)[-1].kind is LetterKind.CODE_CHANGED
    for words in ("Somebody asked for a new code", "A new code was made"):
        assert words in owner.get("my-group").words
    leader, otis = Visitor(app), Visitor(app)
    leader.open(reference, lead)
    otis.open(reference, other)
    assert "asked for a new code" not in leader.get("my-complaint").words + otis.get("my-group").words


def test_by_post_a_letter_waits_for_staff_and_its_code_is_that_members(app: Flask, office: Office) -> None:
    reference, (_ifor, old) = group(office, TODAY, IFOR, MONA)
    for _ in range(2):
        ask(app, reference, name="Mona Merrow", postcode="N1 0AB")
    letter = letters_to(office, reference, 2)[-1]
    assert (letter.kind, letter.state, letter.member) == (LetterKind.CODE_SLIP, LetterState.TO_POST, 2)
    assert letter.to_address.startswith("Mona Merrow")
    kinds = [each.kind for each in letters_to(office, reference, 2)]
    assert kinds.count(LetterKind.CODE_SLIP) == 1, "no second letter waits beside the first"
    [link] = links(app)
    lead = Browser(app).sign_in(office.lead)
    assert lead.get(f"cases/{reference}/letters/{letter.id}").status == 200
    code = slip_code(app.extensions["settings"].secret_key, link.id)
    page = Visitor(app).post("new-code", {"reference": reference, "code": code})
    assert opens(office, reference, shown(page)[1]) == "member"
    assert opens(office, reference, old) is None


def test_what_is_on_its_way_ends_with_the_membership_a_new_address_and_a_code_from_staff(
    app: Flask, office: Office
) -> None:
    reference, _codes = group(office, TODAY, IFOR, OTIS, MONA)
    ask(app, reference, email="ifor@example.org")
    ask(app, reference, email="otis@example.org")
    office.do(leave_group, member_of(office, reference, 1), reference, 1, on=TODAY)
    new = Contact(reply_by=ReplyBy.EMAIL, email="new@example.org")
    office.do(change_member_contact, member_of(office, reference, 2), reference, new, on=TODAY)
    assert [Visitor(app).post(address(app, each)).status for each in links(app)] == [404, 404]
    ask(app, reference, email="otis@example.org")
    ask(app, reference, email="ifor@example.org")
    assert asked_of(office, reference) == [1, 2], "neither the old address nor who has left gets anything"
    ask(app, reference, email="new@example.org")
    checked = {"code": new_code(), "identity_check": "Rang the number."}
    office.do(issue_member_code, office.lead, reference, 2, **checked, on=TODAY)
    assert Visitor(app).post(address(app, links(app)[-1])).status == 404


def test_a_reset_of_the_lead_and_one_of_a_member_do_not_end_each_other(app: Flask, office: Office) -> None:
    reference, _codes = group(office, TODAY, IFOR)
    ask(app, reference, email="ifor@example.org")
    visitor = Visitor(app)
    data = {"csrf_token": visitor.token(), "reference": reference}
    visitor.client.post("/ids/lost-code", data=data, buffered=True).close()
    holders = sorted(
        opens(office, reference, shown(Visitor(app).post(address(app, each)))[1]) or "" for each in links(app)
    )
    assert holders == ["member", "resident"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({}, "#email"), ({"email": "nobody"}, "#email"), ({"name": "Ifor"}, "#email"), ({"reference": ""}, "#reference")],
)
def test_what_is_missing_is_said_and_nothing_is_written_down(
    app: Flask, office: Office, typed: dict[str, str], field: str
) -> None:
    page = Visitor(app).post("group/lost-code", {"reference": UNKNOWN, **typed})
    assert (page.status, next(iter(page.errors))) == (422, field)
    with app.extensions["database"].session() as session:
        assert session.query(CodeRequest).count() == 0
