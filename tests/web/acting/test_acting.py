"""Somebody complains for somebody else: two browsers, one complaint, and each sees what is theirs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.change_contact import change_contact
from portal.actions.confirm_contact import confirm_contact
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.contact import Contact, contact_of
from portal.domain.events import ReplyBy
from portal.domain.policy import LetterKind
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope
from portal.records import links
from portal.records.models import LetterRow, Link, LinkPurpose
from tests.actions.office import Office
from tests.web.acting.conftest import MONDAY
from tests.web.resident.visitor import COMPLAINT, Visitor

DAY = MONDAY.date()
SECRET = "the colour of her curtains"

FAMILY: dict[str, dict[str, Any]] = {
    "who-for": {"for_whom": "somebody_else"},
    "who-you-are": {
        "capacity": "family",
        "representative_name": "Daughter One",
        "representative_email": "daughter.one@example.org",
        "own_reference": "MUM-1",
    },
    "what-you-may-do": {"asked_by": "resident", "wants": ["progress", "full_reply"], "reply_to": "both"},
}
COUNCILLOR = {
    **FAMILY,
    "who-you-are": {
        "capacity": "councillor",
        "representative_name": "Councillor One",
        "organisation": "Example Town Council",
        "representative_email": "councillor.one@example.gov.uk",
    },
}


def complain_for(visitor: Visitor, said: dict[str, dict[str, Any]], **changes: Any) -> tuple[str, str]:
    """Every page of the form, in its order. The reference and the representative's code."""
    pages = list(COMPLAINT)
    after = pages.index("who-for") + 1
    for name in [*pages[:after], "who-you-are", "what-you-may-do", *pages[after:]]:
        answers = changes.get(name.replace("-", "_"), said.get(name, COMPLAINT.get(name)))
        page = visitor.post(f"complain/{name}", answers)
        assert page.status == 303, page.errors
    checked = visitor.get("complain/check")
    assert "Daughter One" in checked.words or "Councillor One" in checked.words
    assert visitor.post("complain/check").location == "/ids/complain/received"
    visitor.credentials = visitor.printed()
    return visitor.credentials


def link_to(app: Flask, purpose: LinkPurpose) -> str:
    """The page of the newest link of this purpose."""
    with app.extensions["database"].session() as session:
        found = session.scalars(select(Link).where(Link.purpose == purpose).order_by(Link.written_at.desc())).first()
        assert found is not None, f"no link was sent for {purpose}"
        token = links.token_of(app.extensions["settings"].secret_key, found.id)
    path = {LinkPurpose.AUTHORITY: "who-acts", LinkPurpose.OFFICIAL_ADDRESS: "official-address"}[purpose]
    return f"{path}/{token}"


def letters(app: Flask, reference: str) -> list[LetterRow]:
    with app.extensions["database"].session() as session:
        found = select(LetterRow).join(LetterRow.complaint).order_by(LetterRow.written_at)
        return [each for each in session.scalars(found) if each.complaint.reference == reference]


def checked(app: Flask, office: Office, reference: str, on: date = DAY) -> None:
    """Staff find that what the daughter gave is how the resident is reached, and so the resident is asked."""
    told = contact_of(office.case(reference).case.received)
    key = app.extensions["settings"].secret_key
    office.do(confirm_contact, office.handler, reference, told, how="As on record.", secret_key=key, on=on)


def test_a_complaint_for_somebody_else_is_received_and_both_are_told(app: Flask, daughter: Visitor) -> None:
    reference, _ = complain_for(daughter, FAMILY)
    written = {(each.kind, each.representative): each for each in letters(app, reference)}
    assert set(written) == {(LetterKind.RECEIPT, None), (LetterKind.REPRESENTATIVE_RECEIPT, 1)}
    assert written[LetterKind.RECEIPT, None].to_address == "resident.one@example.org"
    assert "Somebody complained for you" in written[LetterKind.RECEIPT, None].body
    theirs = written[LetterKind.REPRESENTATIVE_RECEIPT, 1]
    assert theirs.to_address == "daughter.one@example.org"
    assert "MUM-1" in theirs.body
    assert "Resident One" not in theirs.body


def test_until_somebody_says_yes_they_see_that_it_was_received_and_what_they_wrote(
    daughter: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY, points=(SECRET,))
    assert daughter.open(reference, code).location == "/ids/acting/"
    shown = daughter.get("acting/")
    assert "We received it on" in shown.words
    assert "How far it has come" not in shown.words
    assert "Acknowledged" not in shown.words
    assert "Resident One" not in shown.words
    assert "The bedroom wall is damp" in daughter.get("acting/what-you-wrote").words
    (acknowledgement,) = [each for each in office.letters(reference) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    assert daughter.get(f"acting/letters/{acknowledgement.id}").status == 404
    assert daughter.post("acting/stage-2").status in (303, 404)
    assert office.case(reference).case.escalation is None


def test_whoever_handed_it_in_sees_what_they_sent_and_never_where_the_resident_is_reached_since(
    daughter: Visitor, office: Office
) -> None:
    reference, _ = complain_for(daughter, FAMILY)
    before = daughter.get("complain/received").words
    moved = Contact(reply_by=ReplyBy.POST, address="99 Refuge Lane", postcode="N9 9ZZ")
    office.do(change_contact, office.resident(reference), reference, moved, on=DAY)
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY)
    office.extend(reference, DAY, date(2026, 11, 25), explanation=SECRET)
    after = daughter.get("complain/received").words
    assert "1 Example Road" in after
    assert after == before, "nothing of what happened since"


def test_a_representatives_code_opens_none_of_the_residents_pages(daughter: Visitor) -> None:
    daughter.open(*complain_for(daughter, FAMILY))
    for page in ("my-complaint", "my-complaint/what-you-told-us", "my-complaint/who-acts", "my-complaint/contact"):
        assert daughter.get(page).location == "/ids/track"


def test_the_resident_says_yes_by_the_link_and_looking_at_it_changes_nothing(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    checked(app, office, reference)
    address = link_to(app, LinkPurpose.AUTHORITY)
    before = office.case(reference).version
    for _ in range(5):
        shown = resident.get(address)
        assert "Daughter One" in shown.words
    assert office.case(reference).version == before
    unsaid = resident.post(address, {"answer": "yes", "scopes": []})
    assert unsaid.status == 422
    assert resident.post(address, {"answer": "yes", "scopes": ["progress"], "days": "91"}).status == 200
    daughter.open(reference, code)
    shown = daughter.get("acting/")
    assert "How far it has come" in shown.words
    assert "Letters to" not in shown.words
    authority = office.case(reference).case.representatives[0].authority
    assert authority is not None
    assert (authority.evidence, authority.expires_on.isoformat()) == (AuthorityEvidence.LINK, "2027-02-01")


def test_a_full_reply_shows_the_letters_and_copies_them(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    checked(app, office, reference)
    resident.post(link_to(app, LinkPurpose.AUTHORITY), {"answer": "yes", "scopes": ["full_reply"], "days": "182"})
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY, points=(SECRET,))
    to_resident, copy = [each for each in letters(app, reference) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    if to_resident.representative:
        to_resident, copy = copy, to_resident
    assert (copy.representative, copy.to_address) == (1, "daughter.one@example.org")
    assert copy.body.endswith(to_resident.body)
    assert "MUM\\-1" in copy.body or "MUM-1" in copy.body
    daughter.open(reference, code)
    shown = daughter.get(f"acting/letters/{to_resident.id}")
    assert SECRET in shown.words
    receipt = next(each for each in letters(app, reference) if each.kind is LetterKind.RECEIPT)
    assert daughter.get(f"acting/letters/{receipt.id}").status == 404


def test_the_condition_behind_an_adjustment_is_nowhere_in_what_they_see(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    from portal.actions.request_adjustment import request_adjustment
    from portal.actions.tell_condition import tell_condition
    from portal.domain.adjustments import Wish

    reference, code = complain_for(daughter, FAMILY)
    checked(app, office, reference)
    resident.post(
        link_to(app, LinkPurpose.AUTHORITY), {"answer": "yes", "scopes": ["full_reply", "decide"], "days": "182"}
    )
    owner = office.resident(reference)
    office.do(request_adjustment, owner, reference, Wish(adjustments=(Adjustment.NO_PHONE,)), on=DAY)
    office.do(tell_condition, owner, reference, "A condition told in private", on=DAY)
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY)
    office.answer(reference, DAY)
    daughter.open(reference, code)
    seen = [daughter.get("acting/").html, daughter.get("acting/what-you-wrote").html]
    seen += [daughter.get(path).html for path in re.findall(r'href="(/ids/acting/letters/[^"]+)"', seen[0])]
    seen += [each.body for each in letters(app, reference) if each.representative]
    assert len(seen) > 5
    assert not [each for each in seen if "A condition told in private" in each or "18 point" in each]


def test_one_press_stops_it_on_their_very_next_click_and_the_residents_own_code_goes_on(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    own = office.issue_code(reference, DAY)
    resident.open(reference, own)
    resident.post("my-complaint/who-acts/1", {"answer": "yes", "scopes": ["full_reply"], "days": "182"})
    daughter.open(reference, code)
    assert "How far it has come" in daughter.get("acting/").words
    shown = resident.get("my-complaint")
    assert "Daughter One" in shown.words
    assert "Stop it now" in shown.words
    assert resident.post("my-complaint/who-acts/1/stop").location == "/ids/my-complaint/who-acts"
    for page in ("acting/", "acting/what-you-wrote"):
        assert daughter.get(page).location == "/ids/track"
    assert daughter.open(reference, code).status == 422, "the code opens nothing any more"
    assert resident.get("my-complaint").status == 200
    assert [each.kind for each in letters(app, reference)][-1] is LetterKind.REPRESENTATIVE_ENDED
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY)
    copies = [each for each in letters(app, reference) if each.representative]
    assert LetterKind.ACKNOWLEDGEMENT not in {each.kind for each in copies}


def test_an_authority_is_over_after_its_last_day(app: Flask, daughter: Visitor, office: Office, clock: Any) -> None:
    from datetime import timedelta

    from portal.actions.record_authority import record_authority

    reference, code = complain_for(daughter, FAMILY)
    wanted = NewAuthority(
        evidence=AuthorityEvidence.CALL, scopes=(AuthorityScope.PROGRESS,), expires_on=DAY, words="Told us."
    )
    office.do(record_authority, office.handler, reference, 1, wanted, on=DAY)
    daughter.open(reference, code)
    assert daughter.get("acting/").status == 200
    app.extensions["clock"] = type(clock)(MONDAY + timedelta(days=1))
    assert daughter.get("acting/").location == "/ids/track"
    assert daughter.open(reference, code).status == 422


def test_they_stop_by_themselves(app: Flask, daughter: Visitor, office: Office) -> None:
    reference, code = complain_for(daughter, FAMILY)
    daughter.open(reference, code)
    assert daughter.post("acting/stop").location == "/ids/signed-out"
    assert daughter.get("acting/").location == "/ids/track"
    assert [each.kind for each in letters(app, reference)][-1] is LetterKind.WHO_ACTS


def test_one_who_decides_asks_for_stage_2(app: Flask, daughter: Visitor, resident: Visitor, office: Office) -> None:
    reference, code = complain_for(daughter, FAMILY)
    checked(app, office, reference)
    resident.post(link_to(app, LinkPurpose.AUTHORITY), {"answer": "yes", "scopes": ["decide"], "days": "182"})
    office.assign(reference, DAY)
    office.acknowledge(reference, DAY)
    office.answer(reference, DAY)
    daughter.open(reference, code)
    assert "Ask for stage 2" in daughter.get("acting/").words
    assert daughter.post("acting/stage-2").location == "/ids/acting/"
    assert office.case(reference).case.escalation is not None


def test_a_councillor_whom_the_resident_asked_needs_no_form_but_an_official_address(
    app: Flask, daughter: Visitor, resident: Visitor
) -> None:
    reference, code = complain_for(daughter, COUNCILLOR)
    daughter.open(reference, code)
    assert "How far it has come" not in daughter.get("acting/").words
    address = link_to(app, LinkPurpose.OFFICIAL_ADDRESS)
    office_mail = Visitor(app)
    assert office_mail.get(address).status == 200
    assert "How far it has come" not in daughter.get("acting/").words
    for _ in range(2):
        assert office_mail.post(address).status == 200
    assert "How far it has come" in daughter.get("acting/").words
    with pytest.raises(AssertionError, match="no link was sent"):
        link_to(app, LinkPurpose.AUTHORITY)


def test_a_councillor_asked_by_somebody_else_is_told_of_the_receipt_and_the_resident_is_asked(
    app: Flask, daughter: Visitor, office: Office
) -> None:
    said = {**COUNCILLOR, "what-you-may-do": {"asked_by": "somebody_else", "wants": ["full_reply"]}}
    reference, _ = complain_for(daughter, said)
    with pytest.raises(AssertionError, match="no link was sent"):
        link_to(app, LinkPurpose.AUTHORITY)
    checked(app, office, reference)
    assert link_to(app, LinkPurpose.AUTHORITY)
    with pytest.raises(AssertionError, match="no link was sent"):
        link_to(app, LinkPurpose.OFFICIAL_ADDRESS)


def test_a_link_that_was_made_up_or_is_over_says_so(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, _ = complain_for(daughter, FAMILY)
    checked(app, office, reference)
    for path in ("who-acts/" + "0" * 64, "official-address/" + "0" * 64):
        assert resident.post(path, {"answer": "yes", "scopes": ["progress"]}).status == 404
    address = link_to(app, LinkPurpose.AUTHORITY)
    assert resident.post(address, {"answer": "no"}).status == 200
    assert resident.get(address).status == 404
