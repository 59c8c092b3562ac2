"""A group in the browser: the lead invites, members join alone, and a walk finds nothing of anybody else."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from portal.actions.take_lead import take_lead
from tests.actions.neighbours import IFOR, LEAD, MATTER, MONA, OTIS, group, letters_to, new_code
from tests.actions.office import Office
from tests.web.answer import text_of
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor

TODAY = THURSDAY.date()
ANSWERS = {"name": "Petra Penrose", "reply_by": "email", "email": "petra@example.org", "consent": "yes"}


def shown(page) -> list[str]:
    return [text_of(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference"]


def joined(app: Flask, reference: str, invitation: str, **changes: str) -> tuple[Visitor, list[str]]:
    """Somebody with the invitation joins: their browser, and what they are shown."""
    somebody = Visitor(app)
    asked = somebody.post("group", {"reference": reference, "code": invitation})
    assert MATTER in asked.words
    fields = {name: asked.value(name) for name in ("reference", "code", "once")}
    answers = {**ANSWERS, **changes, **fields}
    page = somebody.post("group/join", answers)
    assert page.heading == "You have joined the group", page.errors
    assert shown(somebody.post("group/join", answers)) == shown(page), "a second press is the first one's answer"
    return somebody, shown(page)


def test_from_the_lead_to_a_member_who_leaves_again(app: Flask, visitor: Visitor, office: Office) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    assert "Nobody sees who the others are" in visitor.get("my-complaint/group").words
    assert visitor.post("my-complaint/group", {"matter": ""}).errors.keys() == {"#matter"}
    assert visitor.post("my-complaint/group", {"matter": MATTER}).status == 303
    page = visitor.get("my-complaint/group")
    invitation = shown(page)[1]
    assert shown(visitor.get("my-complaint/group"))[1] == invitation
    somebody, (same, own) = joined(app, reference, invitation)
    assert same == reference
    assert "1 other person is in your group" in visitor.get("my-complaint/group").words
    assert somebody.open(reference, own).location == "/ids/my-group"
    mine = somebody.get("my-group")
    assert MATTER in mine.words
    assert "Petra Penrose" in mine.words
    assert "You have joined the group" in mine.words
    assert somebody.post("my-group/leave").location == "/ids/my-group/left"
    assert somebody.get("my-group").location == "/ids/track"
    assert somebody.open(reference, own).status == 422
    assert visitor.open(reference, code).status == 303, "the lead's own code goes on"
    assert "0 other people" in visitor.get("my-complaint/group").words


def test_an_invitation_opens_the_page_to_join_and_nothing_else(app: Flask, visitor: Visitor, office: Office) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    visitor.post("my-complaint/group", {"matter": MATTER})
    invitation = shown(visitor.get("my-complaint/group"))[1]
    stranger = Visitor(app)
    assert stranger.open(reference, invitation).status == 422
    for wrong in ({"code": code}, {"reference": "H4KM-72QT"}, {"code": invitation[:-1]}):
        refused = stranger.post("group", {"reference": reference, "code": invitation, **wrong})
        assert refused.status == 422
        assert MATTER not in refused.words
        assert "cannot find a group" in refused.words
        join = stranger.post("group/join", {**ANSWERS, "reference": reference, "code": invitation, **wrong})
        assert join.status == 422
        assert not shown(join)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "#name"),
        ({"consent": ""}, "#consent"),
        ({"email": ""}, "#email"),
        ({"reply_by": ""}, "#reply_by"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    app: Flask, visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    visitor.post("my-complaint/group", {"matter": MATTER})
    invitation = shown(visitor.get("my-complaint/group"))[1]
    somebody = Visitor(app)
    page = somebody.post("group/join", {**ANSWERS, "reference": reference, "code": invitation, **changes})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert page.value("name") == {**ANSWERS, **changes}["name"]
    assert MATTER in page.words


def everywhere(app: Flask, browser: Visitor, letters: list[UUID]) -> str:
    """All that every page of the residents' side shows this browser, with every letter of the case asked for."""
    said = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.endpoint.startswith("resident."):
            continue
        for letter in letters if "letter_id" in rule.arguments else [None]:
            values = {"landlord": "ids", "letter_id": letter, "name": "about-you", "token": "0" * 64, "number": 1}
            if rule.arguments - values.keys():
                values["evidence_id"] = UUID(int=0)
            address = app.url_map.bind("localhost").build(
                rule.endpoint, {name: values[name] for name in rule.arguments}
            )
            said.append(browser.client.get(address).get_data().decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", "\n".join(said))


def test_on_no_route_does_anybody_see_anything_of_anybody_else(app: Flask, office: Office) -> None:
    reference, codes = group(office, TODAY, IFOR, MONA, OTIS)
    office.assign(reference, TODAY)
    office.acknowledge(reference, TODAY)
    lead = office.issue_code(reference, TODAY)
    letters = [each.id for each in office.letters(reference)]
    of_members = [[each.id for each in letters_to(office, reference, number)] for number in (1, 2, 3)]
    every = [*letters, *(each for some in of_members for each in some)]
    people = [LEAD, IFOR.person, MONA.person, OTIS.person]
    for reader, code in zip(people, [lead, *codes], strict=True):
        browser = Visitor(app)
        assert browser.open(reference, code).status == 303
        said = everywhere(app, browser, every)
        assert reader.name in said
        for other in people:
            if other is not reader:
                hidden = [each for each in (other.name, other.email, other.phone, other.address) if each]
                assert not [each for each in hidden if each in said], reader.name
        if reader is not LEAD:
            assert "My mother is ill" not in said


def test_the_lead_is_handed_over_between_two_browsers_and_nobody_takes_over_what_another_told(
    app: Flask, office: Office
) -> None:
    invitation = new_code()
    reference, codes = group(office, TODAY, IFOR, MONA, invitation=invitation)
    lead, member, mona = Visitor(app), Visitor(app), Visitor(app)
    lead.open(reference, office.issue_code(reference, TODAY))
    member.open(reference, codes[0])
    mona.open(reference, codes[1])
    lead.post("my-complaint/messages", {"words": "My mother is worse."})
    assert "so you can" not in mona.get("my-group/lead").words
    for _ in range(2):
        assert lead.post("my-complaint/group/offer-lead").location == "/ids/my-complaint/group"
    code = shown(lead.get("my-complaint/group"))[2]
    wrong = member.post("my-group/lead", {"code": codes[0]})
    assert (wrong.status, list(wrong.errors)) == (422, ["#code"])
    assert lead.post("my-complaint/group/keep-lead").status == 303
    assert member.post("my-group/lead", {"code": code}).status == 422, "it was taken back"
    lead.post("my-complaint/group/offer-lead")
    new = shown(lead.get("my-complaint/group"))[2]
    assert new != code
    assert member.post("my-group/lead", {"code": new.lower()}).location == "/ids/my-complaint/group"
    assert "You lead the group now" in member.get("my-complaint/group").words
    # The next click of each: nobody signs in again.
    assert member.get("my-complaint").status == 200
    assert member.get("my-group").status == 404
    assert lead.get("my-complaint").status == 404
    assert lead.get("my-group").status == 200
    letters = [each.id for number in (1, 2, 3) for each in letters_to(office, reference, number)]
    every = [*letters, *(each.id for each in office.letters(reference))]
    told = {browser: everywhere(app, browser, every) for browser in (lead, member, mona)}
    people = {member: IFOR.person, mona: MONA.person, lead: LEAD}
    for browser, said in told.items():
        for other, person in people.items():
            if other is not browser:
                hidden = [each for each in (person.name, person.email, person.phone, person.address) if each]
                assert not [each for each in hidden if each in said]
        if browser is not lead:
            assert "My mother is" not in said
    assert member.post("my-complaint/messages", {"words": "From all of us."}).status == 303
    member.post("my-complaint/group/offer-lead")
    assert member.post("my-complaint/group/leave").location == "/ids/my-group/left"
    assert member.get("my-complaint").location == "/ids/track"
    assert "Nobody does at the moment" in lead.get("my-group").words
    stranger, code_of_stranger = joined(app, reference, invitation)
    stranger.open(reference, code_of_stranger[1])
    for path in ("my-group", "my-group/lead"):
        assert "You joined after the person who led the group had left" in stranger.get(path).words
    forms = {each.get("action") for each in stranger.get("my-group/lead").tree.iter("form")}
    assert "/ids/my-group/lead" not in forms, "there is nothing to press"
    assert stranger.post("my-group/lead").status == 422
    assert "/ids/my-group/lead" in {each.get("action") for each in mona.get("my-group/lead").tree.iter("form")}
    assert "so you can" in mona.get("my-group/lead").words
    assert mona.post("my-group/lead").location == "/ids/my-complaint/group"
    assert mona.get("my-complaint/messages").words.count("From all of us.") == 0


def test_who_led_before_is_not_told_on_the_page_of_the_receipt_who_leads_now(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    visitor.post("my-complaint/group", {"matter": MATTER})
    somebody, (_, own) = joined(app, reference, shown(visitor.get("my-complaint/group"))[1])
    somebody.open(reference, own)
    visitor.post("my-complaint/group/offer-lead")
    somebody.post("my-group/lead", {"code": shown(visitor.get("my-complaint/group"))[2]})
    receipt = visitor.get("complain/received")
    assert receipt.location == "/ids/my-group"
    assert "Petra Penrose" not in receipt.html


def test_why_a_former_lead_asked_for_stage_2_is_theirs(app: Flask, office: Office) -> None:
    reference, (ifor,) = group(office, TODAY, IFOR)
    office.assign(reference, TODAY)
    office.acknowledge(reference, TODAY)
    office.answer(reference, TODAY)
    office.escalate(reference, TODAY, words="My mother cannot wait.")
    lead, member = Visitor(app), Visitor(app)
    lead.open(reference, office.issue_code(reference, TODAY))
    assert "My mother cannot wait." in lead.get("my-complaint/what-you-told-us").words
    office.do(take_lead, office.lead, reference, 1, words="Both called.", on=TODAY)
    member.open(reference, ifor)
    page = member.get("my-complaint/what-you-told-us")
    assert (page.status, "My mother" in page.words) == (200, False)


def test_a_letter_of_somebody_else_is_not_there(app: Flask, office: Office) -> None:
    reference, codes = group(office, TODAY, IFOR, MONA)
    lead = office.issue_code(reference, TODAY)
    own = office.letters(reference)[0].id
    (ifor,), (mona,) = (letters_to(office, reference, number) for number in (1, 2))
    member, leader = Visitor(app), Visitor(app)
    member.open(reference, codes[0])
    leader.open(reference, lead)
    assert member.get(f"my-group/letters/{ifor.id}").status == 200
    for other in (mona.id, own, UUID(int=1)):
        for ending in ("", "/letter.pdf"):
            assert member.get(f"my-group/letters/{other}{ending}").status == 404
    assert member.get(f"my-complaint/letters/{ifor.id}").status == 404
    for other in (ifor.id, mona.id):
        for ending in ("", "/letter.pdf"):
            assert leader.get(f"my-complaint/letters/{other}{ending}").status == 404


def test_a_member_changes_how_they_are_reached_and_asks_for_what_makes_it_easier(app: Flask, office: Office) -> None:
    reference, (code, _mona) = group(office, TODAY, IFOR, MONA)
    member = Visitor(app)
    member.open(reference, code)
    page = member.get("my-group/contact")
    assert page.value("email") == "ifor@example.org"
    wrong = member.post("my-group/contact", {"reply_by": "email", "email": "nobody", "phone": "020 7946 0123"})
    assert (wrong.status, list(wrong.errors), wrong.value("phone")) == (422, ["#email"], "020 7946 0123")
    unsafe = {"reply_by": "email", "email": "new@example.org", "safe_contact": ["no_email"]}
    assert list(member.post("my-group/contact", unsafe).errors) == ["#safe_contact"]
    safe = {**unsafe, "safe_contact": ["discreet"]}
    assert member.post("my-group/contact", safe).location == "/ids/my-group"
    mine = member.get("my-group").words
    assert "It was changed on" in mine
    assert "new@example.org" not in mine, "whoever looks over a shoulder need not read it"
    assert member.get("my-group/contact").checked("safe_contact") == ["discreet"]
    assert "24 point" in member.get("my-group/make-it-easier").words
    assert member.post("my-group/make-it-easier").status == 422
    asked = {"adjustments": ["interpreter"], "adjustment_words": "Tigrinya"}
    assert member.post("my-group/make-it-easier", asked).status == 303
    assert "An interpreter" in member.get("my-group").words
    assert not [each for each in member.addresses if "example.org" in each or "Tigrinya" in each]
    lead = Visitor(app)
    lead.open(reference, office.issue_code(reference, TODAY))
    assert lead.get("my-group/contact").status == 404
    assert "interpreter" not in lead.get("my-complaint/make-it-easier").html.partition("<form")[0]


def test_a_member_chooses_the_language_of_their_letters(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["settings"], languages=("en_GB", "cy"))
    monkeypatch.setitem(app.extensions, "settings", settings)
    reference, (code, _mona) = group(office, TODAY, IFOR, MONA)
    member = Visitor(app)
    member.open(reference, code)
    same = {"reply_by": "email", "email": "ifor@example.org"}
    assert member.get("my-group/contact").checked("language") == ["en_GB"]
    assert member.post("my-group/contact", {**same, "language": "cy"}).location == "/ids/my-group"
    assert member.get("my-group/contact").checked("language") == ["cy"]
    read = {each.name: each.joined.person.language for each in office.case(reference).case.members}
    assert read == {"Ifor Innis": "cy", "Mona Merrow": ""}


def test_a_member_does_nothing_that_is_the_leads(app: Flask, office: Office) -> None:
    reference, (code,) = group(office, TODAY, IFOR)
    member = Visitor(app)
    member.open(reference, code)
    before = office.case(reference).version
    for path in ("my-complaint", "my-complaint/group", "my-complaint/what-you-told-us", "my-complaint/messages"):
        assert member.get(path).status == 404
    for path in ("stage-2", "withdraw", "messages", "contact", "new-issue", "group"):
        member.post(f"my-complaint/{path}", {"words": "No.", "matter": "No."})
    assert office.case(reference).version == before
