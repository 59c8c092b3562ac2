"""What each correspondent reads of a case to which another was joined: their own, and nothing from before they came."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.actions.record_authority import record_authority
from portal.domain.policy import LetterKind
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope
from tests.actions.joining import CODE, DAUGHTER, MP, both, handed_in, join, letter_of, undo
from tests.actions.office import Office
from tests.web.acting.conftest import MONDAY
from tests.web.resident.visitor import Visitor

DAY = MONDAY.date()


def test_an_mp_reads_on_with_their_own_code_and_nothing_from_before(app: Flask, office: Office) -> None:
    own, mps = both(office, DAY)
    acknowledgement, receipt = (
        letter_of(office, own, LetterKind.ACKNOWLEDGEMENT),
        letter_of(office, mps, LetterKind.REPRESENTATIVE_RECEIPT),
    )
    join(office, own, mps, DAY)
    mp = Visitor(app)
    assert mp.open(mps, CODE).location == "/ids/acting/"
    page = mp.get("acting/")
    assert own in page.words
    assert "MP/1" in page.words
    assert mp.get(f"acting/letters/{receipt.id}").status == 200, "what they were sent before stays"
    assert mp.get(f"acting/letters/{acknowledgement.id}").status == 404, "it was written before they came to it"
    joined = letter_of(office, own, LetterKind.COMPLAINTS_JOINED)
    assert (joined.to_address, mp.get(f"acting/letters/{joined.id}").status) == (MP.email, 200)
    wrote = mp.get("acting/what-you-wrote").words
    assert "My constituent's roof leaks." in wrote
    assert "nobody called back" not in wrote, "the resident's own words are not theirs"
    office.answer(own, DAY)
    answer = office.letters(own)[-1]
    assert mp.get(f"acting/letters/{answer.id}").status == 200
    undo(office, mps, DAY)
    assert mp.get(f"acting/letters/{answer.id}").status == 404
    assert mps in mp.get("acting/").words


def test_the_resident_reads_what_was_joined_beside_their_own(app: Flask, office: Office) -> None:
    own, mps = both(office, DAY)
    code = office.issue_code(own, DAY)
    receipt = letter_of(office, mps, LetterKind.RECEIPT)
    to_the_mp = letter_of(office, mps, LetterKind.REPRESENTATIVE_RECEIPT)
    join(office, own, mps, DAY)
    resident = Visitor(app)
    resident.open(own, code)
    assert f"Complaint {mps}" in resident.get("my-complaint").words
    beside = resident.get("my-complaint/joined/1")
    assert "My constituent's roof leaks." in beside.words
    assert resident.get(f"my-complaint/joined/1/letters/{receipt.id}").status == 200
    assert resident.client.get(f"/ids/my-complaint/joined/1/letters/{receipt.id}/letter.pdf").status_code == 200
    assert resident.get(f"my-complaint/joined/1/letters/{to_the_mp.id}").status == 404
    assert resident.get("my-complaint/joined/2").status == 404
    undo(office, mps, DAY)
    assert resident.get("my-complaint/joined/1").status == 404
    assert "Member One" not in resident.get("my-complaint/who-acts").words


def test_a_code_for_the_other_reads_the_other_and_nothing_is_done_there(app: Flask, office: Office) -> None:
    own, hers = office.acknowledged(DAY), handed_in(office, DAY, DAUGHTER, code=CODE)
    told = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.FULL_REPLY,),
        expires_on=date(2027, 1, 4),
        words="By phone.",
    )
    office.do(record_authority, office.lead, hers, 1, told, on=DAY)
    code = office.issue_code(hers, DAY)
    join(office, own, hers, DAY)
    reader, daughter = Visitor(app), Visitor(app)
    reader.open(hers, code)
    daughter.open(hers, CODE)
    page = reader.get("my-complaint")
    assert "goes on under another reference" in page.words
    assert own in page.words
    assert "The roof leaks" not in page.words
    rules = [each for each in app.url_map.iter_rules() if each.rule.startswith("/<landlord>/my-complaint")]
    for rule in rules:
        path = rule.rule.removeprefix("/<landlord>/").replace("<int:number>", "1").replace("<uuid:letter_id>", "0" * 32)
        path = path.replace("<uuid:evidence_id>", "0" * 32)
        for method in ("GET", "POST"):
            if method in (rule.methods or ()) and not path.endswith("/stop"):
                answer = reader.get(path) if method == "GET" else reader.post(path)
                assert answer.status in (200, 303, 404), f"{method} {path}: {answer.status}"
    assert daughter.get("acting/").status == 200
    assert reader.post("my-complaint/who-acts/1/stop").status == 303
    assert daughter.get("acting/").status != 200, "one press ends it where it goes on too"
