"""Staff record who acts for a resident and what they may do, and see it on the page of the case."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.domain import references
from portal.domain.evidence import FileKind
from portal.domain.policy import LetterKind
from portal.domain.representative_kinds import AuthorityBasis, Ground, Standing
from portal.records import access
from tests.actions.office import Office
from tests.actions.test_representatives import submitted_for
from tests.evidence.samples import GOOD
from tests.web.answer import text_of
from tests.web.staff.browser import Browser

MONDAY = date(2026, 11, 2)
COUNCILLOR = {
    "capacity": "councillor",
    "name": "Councillor One",
    "organisation": "Example Town Council",
    "email": "councillor.one@example.gov.uk",
    "asked_by": "somebody_else",
    "reply_to": "both",
}
GROUND = {
    "which": "1",
    "evidence": "ground",
    "ground": "cannot_consent",
    "scopes": ["full_reply"],
    "words": "In hospital; the ward told us.",
}


@pytest.fixture
def lead(app: Flask, office: Office) -> Browser:
    return Browser(app).sign_in(office.lead)


def opens(office: Office, reference: str, code: str) -> int | None:
    """The number of the representative whose code it is, while it opens anything."""
    with office.database.session() as session:
        found = access.code_opens(session, "ids", reference, references.code_from(code) or "", MONDAY)
        return found.representative if found else None


def sent(lead: Browser, office: Office, reference: str, act: str, fields: dict[str, Any]) -> Any:
    version = {"version": str(office.case(reference).version)}
    return lead.post(f"cases/{reference}/{act}", {**fields, **version})


def test_from_a_ground_to_a_code_to_the_end(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert "Nobody, as far as we know" in lead.get(f"cases/{reference}").words
    assert sent(lead, office, reference, "add-representative", COUNCILLOR).status == 303
    assert "that the complaint was received, and nothing more" in lead.get(f"cases/{reference}").words
    without = sent(lead, office, reference, "record-authority", {**GROUND, "ground": ""})
    assert without.status == 422
    assert "#ground" in without.errors
    assert without.value("words") == GROUND["words"]
    assert sent(lead, office, reference, "record-authority", GROUND).status == 303
    authority = office.case(reference).case.representatives[0].authority
    assert authority is not None
    assert (authority.basis, authority.ground) == (AuthorityBasis.ELECTED_GROUND, Ground.CANNOT_CONSENT)
    shown = lead.get(f"cases/{reference}").words
    assert "In force" in shown
    assert "Get our letters and answers" in shown
    made = sent(lead, office, reference, "representative-code", {"which": "1", "identity_check": "Called back."})
    code = next(text_of(each) for each in made.tree.iter("code"))
    assert opens(office, reference, code) == 1
    ending = {"which": "1", "why": "out_of_office", "words": "Lost the seat on Thursday."}
    silent = sent(lead, office, reference, "end-authority", {**ending, "words": ""})
    assert silent.status == 422
    assert sent(lead, office, reference, "end-authority", ending).status == 303
    assert opens(office, reference, code) is None
    assert office.case(reference).case.representatives[0].standing(MONDAY) is Standing.ENDED
    kinds = [each.event.letter for each in office.case(reference).recorded if each.event.kind == "letter_copied"]
    assert kinds == [LetterKind.REPRESENTATIVE_ENDED]


def test_a_link_goes_to_whoever_can_confirm(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    sent(lead, office, reference, "add-representative", COUNCILLOR)
    assert sent(lead, office, reference, "ask-for-authority", {"which": "1"}).status == 303
    assert "A link was sent on" in lead.get(f"cases/{reference}").words


def test_with_no_safe_address_staff_are_told_to_call(lead: Browser, office: Office) -> None:
    from portal.domain.events import Person, ReplyBy

    reference = office.submit(MONDAY, person=Person(name="Resident One", phone="020 7946 0111"), reply_by=ReplyBy.PHONE)
    sent(lead, office, reference, "add-representative", COUNCILLOR)
    refused = sent(lead, office, reference, "ask-for-authority", {"which": "1"})
    assert refused.status == 422
    assert "Call them" in refused.words


def test_staff_check_how_somebody_who_is_represented_is_reached(lead: Browser, office: Office) -> None:
    reference = submitted_for(office)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    shown = lead.get(f"cases/{reference}")
    assert "1 letter needs you" in shown.words
    assert f"/cases/{reference}/confirm-contact" in shown.html
    assert "Authority to check (1)" in lead.get("?view=authority").words
    form = lead.get(f"cases/{reference}/confirm-contact")
    assert form.value("email") == "resident.one@example.org"
    told = {"email": "put.right@example.org", "reply_by": "email", "address": "1 Example Street"}
    silent = sent(lead, office, reference, "confirm-contact", told)
    assert silent.status == 422
    assert "#how" in silent.errors
    assert silent.value("email") == "put.right@example.org"
    assert sent(lead, office, reference, "confirm-contact", {**told, "how": "The tenancy has it."}).status == 303
    assert "needs you" not in lead.get(f"cases/{reference}").words
    assert office.letters(reference)[-1].to_address == "put.right@example.org"
    assert lead.get(f"cases/{reference}/confirm-contact").status == 403


def test_a_paper_that_staff_add_is_what_an_authority_rests_on(app: Flask, lead: Browser, office: Office) -> None:
    reference = submitted_for(office)
    assert "Does it show" not in lead.get(f"cases/{office.submit(MONDAY)}/files").words
    file = {"press": "add", "file": (BytesIO(GOOD[FileKind.TEXT]), "form.txt")}
    assert lead.post(f"cases/{reference}/files", {**file, "shows": "1"}).status == 303
    (paper,) = office.case(reference).case.authority_papers(1)
    assert "Shows an authority: Daughter One" in lead.get(f"cases/{reference}/files").words
    signed = {
        "which": "1",
        "evidence": "signed",
        "paper": str(paper.id),
        "scopes": ["progress"],
        "expires_on-day": "1",
        "expires_on-month": "2",
        "expires_on-year": "2027",
        "words": "Compared the signature.",
    }
    assert sent(lead, office, reference, "record-authority", signed).status == 303
    authority = office.case(reference).case.representatives[0].authority
    assert authority is not None
    assert authority.evidence_id == str(paper.id)
    assert f"files/{paper.id}" in lead.get(f"cases/{reference}").html
    assert "Remove form.txt" not in lead.get(f"cases/{reference}/files").words


def test_staff_write_to_whoever_acts_and_are_told_how_much_they_may_say(lead: Browser, office: Office) -> None:
    reference = submitted_for(office)
    form = lead.get(f"cases/{reference}/write-message")
    assert "Daughter One (Family). They may: be told that we have the complaint, and no more" in form.words
    assert sent(lead, office, reference, "write-message", {"to": "2", "words": "Hello"}).status == 422
    assert sent(lead, office, reference, "write-message", {"to": "1", "words": "Please send us a form."}).status == 303
    assert "Message to Daughter One, who acts for the resident" in lead.get(f"cases/{reference}").words
    assert sent(lead, office, reference, "write-message", {"to": "", "words": "Can you call us?"}).status == 303
    assert [
        each.event.representative for each in office.case(reference).recorded if each.event.kind == "message_sent"
    ] == [
        1,
        None,
    ]
