"""Staff record a group, its members and who leaves; a petition becomes the complaint of its group."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from portal.domain.events import ReplyBy
from portal.domain.policy import LetterKind
from portal.records.petitions import petition
from tests.actions.neighbours import IFOR, MATTER, MONA, group, join, letters_to, member_of, opens
from tests.actions.office import Office
from tests.actions.test_petitions import handed_in
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import case_of, day
from tests.web.staff.test_record import references_of

MEMBER = {
    "channel": "phone",
    "consent": "In a call on the number that we hold.",
    "name": "Petra Penrose",
    "reply_by": "email",
    "email": "petra@example.org",
    "adjustments": ["plain_text"],
}


def test_a_group_is_recorded_with_its_members(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert lead.get(f"cases/{reference}/add-member").status == 403
    assert lead.post(f"cases/{reference}/group", {"matter": ""}).errors.keys() == {"#matter"}
    assert lead.post(f"cases/{reference}/group", {"matter": MATTER}).status == 303
    assert lead.get(f"cases/{reference}/group").status == 403
    without = lead.post(f"cases/{reference}/add-member", {**MEMBER, "consent": "", "name": ""})
    assert without.status == 422
    assert "#consent" in without.errors
    given = lead.post(f"cases/{reference}/add-member", MEMBER)
    code = references_of(given)[-1]
    assert opens(office, reference, code) == "member"
    page = lead.get(f"cases/{reference}")
    for words in ("Petra Penrose", "leads the group", "Plain text emails", "counted once", "Somebody joined the group"):
        assert words in page.words
    assert code not in page.html
    assert lead.get().html.count(reference) == lead.get().html.count(reference)
    left = lead.post(f"cases/{reference}/member-leaves", {"number": "1", "words": "By phone."})
    assert left.status == 303
    assert opens(office, reference, code) is None
    assert "left on" in lead.get(f"cases/{reference}").words


def test_a_member_gets_a_new_code(lead: Browser, office: Office) -> None:
    reference, (old,) = group(office, MONDAY, IFOR)
    wrong = lead.post(f"cases/{reference}/member-code", {"number": "7", "identity_check": "Rang."})
    assert wrong.status == 422
    given = lead.post(f"cases/{reference}/member-code", {"number": "1", "identity_check": "Rang the number."})
    new = references_of(given)[-1]
    assert (opens(office, reference, old), opens(office, reference, new)) == (None, "member")


def test_a_petition_becomes_the_complaint_of_its_group_once(lead: Browser, office: Office) -> None:
    handed = handed_in(office, MONDAY - timedelta(days=3))
    page = lead.get(f"petitions/{handed}/group")
    assert "Mend the lift" in page.value("matter")
    answers = {"channel": "phone", **day("received_on", MONDAY), "matter": MATTER}
    assert lead.post(f"petitions/{handed}/group", {**answers, "channel": ""}).errors.keys() == {"#channel"}
    made = lead.post(f"petitions/{handed}/group", answers)
    reference, code, invitation = references_of(made)
    case = case_of(office, reference)
    assert case.group is not None
    assert (case.group.formed.petition, case.group.formed.matter) == (handed, MATTER)
    assert (case.received.received_on, case.received.person.name) == (MONDAY, "Resident Three")
    assert [opens(office, reference, each) for each in (code, invitation)] == ["resident", "invitation"]
    again = lead.post(f"petitions/{handed}/group", answers)
    assert again.location == f"/ids/staff/cases/{reference}"
    assert reference in lead.get(f"petitions/{handed}").words
    assert handed in lead.get(f"cases/{reference}").words
    with office.database.session() as session:
        found = petition(session, office.lead, handed)
        assert found is not None
        assert found.complaint_reference == reference


def test_letters_to_members_stand_with_their_names_for_staff(app: Flask, lead: Browser, office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    join(office, reference, IFOR, MONDAY, actor=member_of(office, reference))
    page = lead.get(f"cases/{reference}")
    assert "Welcome to a member of the group" in page.words
    assert "Mona Merrow" in page.words
    (mona,) = letters_to(office, reference, 2)
    assert lead.get(f"cases/{reference}/letters/{mona.id}").status == 200
    assert "Dear Mona Merrow" in lead.get(f"cases/{reference}/letters/{mona.id}").words


def test_staff_reach_each_member_and_decide_what_they_asked_for(app: Flask, lead: Browser, office: Office) -> None:
    by_phone = replace(IFOR, reply_by=ReplyBy.PHONE, person=replace(IFOR.person, email="", phone="020 7946 0333"))
    reference, _codes = group(office, MONDAY, by_phone, MONA)
    page = lead.get(f"cases/{reference}")
    for words in ("020 7946 0333", "2 Example Street N1 0AB", "24 point", "Asked for on", "kept to already"):
        assert words in page.words
    decide = f"cases/{reference}/decide-adjustment"
    assert {"1.1", "2.1"} <= {each.get("value") for each in lead.get(decide).main.iter("input")}
    preview = lead.post(decide, {"which": "2.1", "outcome": "agreed"})
    assert "Dear Mona Merrow" in preview.words
    assert lead.post(decide, {"which": "2.1", "outcome": "agreed", "press": "send"}).status == 303
    assert lead.post(decide, {"which": "9.1", "outcome": "agreed", "press": "send"}).status == 422
    assert letters_to(office, reference, 2)[-1].kind is LetterKind.ADJUSTMENT
    asked = {"whose": "1", "adjustments": ["no_phone"], "words": "", "scope": "this_complaint"}
    assert lead.post(f"cases/{reference}/adjustment", asked).status == 303
    page = lead.get(f"cases/{reference}")
    assert "020 7946 0333" not in page.html, "they asked for no calls"
    assert "Ifor Innis" in page.words
    (joined,) = letters_to(office, reference, 1)
    letter = f"cases/{reference}/letters/{joined.id}"
    assert "020 7946 0333" not in lead.get(letter).html
    call = f"cases/{reference}/call-anyway"
    assert [each.get("value") for each in lead.get(call).main.iter("input") if each.get("name") == "whose"] == ["1"]
    assert lead.post(call, {"whose": "1", "reason": "Gas leak"}).status == 303
    shown = lead.get(letter)
    assert "020 7946 0333" in shown.html
    assert "020 7946 0901" not in shown.html, "the number of the lead is for nobody else's letter"


def test_who_leads_is_recorded_by_staff_who_go_on_seeing_all_that_was_told(lead: Browser, office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    path = f"cases/{reference}/change-lead"
    assert list(lead.post(path, {"number": "2"}).errors) == ["#words"]
    assert lead.post(path, {"number": "2", "words": "Both called."}).status == 303
    page = lead.get(f"cases/{reference}")
    for words in (
        "Mona Merrow (leads the group)",
        "Leda Leadwell",
        "My mother is ill",
        "Somebody else leads the group",
    ):
        assert words in page.words
    assert lead.post(f"cases/{reference}/lead-leaves", {"words": "By phone."}).status == 303
    page = lead.get(f"cases/{reference}")
    assert "Nobody leads the group" in page.words
    assert "Nobody leads the group" in lead.get("").words
    assert lead.get(f"cases/{reference}/lead-leaves").status == 403
    alone = office.submit(MONDAY)
    for name in ("change-lead", "lead-leaves"):
        assert lead.get(f"cases/{alone}/{name}").status == 403
