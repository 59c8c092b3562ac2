"""An office writes, adds files and asks for stage 2 in its own cases, as far as its authority goes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from flask import Flask

from portal.actions.answer_message import answer_message
from portal.actions.end_member import end_member
from portal.actions.record_authority import record_authority
from portal.domain.evidence import FileKind
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.evidence.samples import GOOD
from tests.web.representative.member import Known, Member, an_office, hand_in

TUESDAY = MONDAY + timedelta(days=1)


def test_an_office_writes_with_the_name_of_who_wrote(app: Flask, office: Office, member: Member, known: Known) -> None:
    reference = hand_in(office, known, asked_by=AskedBy.SOMEBODY_ELSE)
    member.sign_in(known)
    page = f"office/cases/{reference}/messages"
    assert member.post(page, {"words": ""}).status == 422
    assert member.post(page, {"words": "She cannot use the stairs."}).location == f"/ids/{page}"
    (message,) = office.case(reference).case.messages
    assert (message.representative, message.event.signed) == (1, "Caseworker")  # type: ignore[union-attr]
    office.do(answer_message, office.lead, reference, words="Since when?", to=1, on=MONDAY)
    assert "There is a message from us" in member.get(f"office/cases/{reference}").words
    assert "Since when?" in member.get(page).words
    over = Member(app).post(page, {"words": "Since March."})
    assert (over.status, over.value("words")) == (401, "Since March.")


def test_an_office_adds_what_shows_that_it_may_act(office: Office, member: Member, known: Known) -> None:
    reference = hand_in(office, known, asked_by=AskedBy.SOMEBODY_ELSE)
    member.sign_in(known)
    page = f"office/cases/{reference}/files"
    sent = {"press": "add", "file": (BytesIO(GOOD[FileKind.TEXT]), "yes.txt"), "shows": ["authority"]}
    assert member.post(page, sent).location == f"/ids/{page}"
    (paper,) = office.case(reference).case.authority_papers(1)
    assert (paper.name, paper.representative) == ("yes.txt", 1)
    assert member.post(f"{page}/{paper.id}/remove").location == f"/ids/{page}"
    assert not office.case(reference).case.files


def test_an_office_that_decides_asks_for_stage_2_and_no_other_does(app: Flask, office: Office, member: Member) -> None:
    advice = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    reference = hand_in(office, advice)
    member.sign_in(advice)
    page = f"office/cases/{reference}"
    allowed = NewAuthority(
        evidence=AuthorityEvidence.SIGNED,
        scopes=(AuthorityScope.FULL_REPLY,),
        expires_on=MONDAY + timedelta(days=91),
        words="Signed.",
    )
    office.do(record_authority, office.handler, reference, 1, allowed, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, MONDAY)
    assert "Ask for stage 2" not in member.get(page).words
    assert member.post(f"{page}/stage-2").status == 422
    assert office.case(reference).case.escalation is None
    decides = NewAuthority(
        **{**{name: getattr(allowed, name) for name in allowed.__slots__}, "scopes": (AuthorityScope.DECIDE,)}
    )
    office.do(record_authority, office.handler, reference, 1, decides, on=MONDAY)
    assert "Ask for stage 2" in member.get(page).words
    assert member.post(f"{page}/stage-2").location == f"/ids/{page}"
    assert office.case(reference).case.escalation is not None
    assert member.post(f"{page}/stage-2").status == 422


def test_whoever_left_the_office_writes_and_adds_nothing(office: Office, member: Member, known: Known) -> None:
    reference = hand_in(office, known)
    member.sign_in(known)
    with office.database.unit_of_work() as session:
        end_member(session, office.lead, known.office_id, known.member_id, why="Left.", now=ten_oclock(MONDAY))
    assert member.post(f"office/cases/{reference}/messages", {"words": "Me again"}).status == 401
    sent = {"press": "add", "file": (BytesIO(GOOD[FileKind.TEXT]), "more.txt")}
    assert member.post(f"office/cases/{reference}/files", sent).location == "/ids/office/sign-in"
    case = office.case(reference).case
    assert not case.messages
    assert not case.files
