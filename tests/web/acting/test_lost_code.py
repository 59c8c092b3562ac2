"""Whoever acts has lost their code: it goes to the address on file for them, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.add_representative import add_representative
from portal.actions.end_authority import end_authority
from portal.domain.policy import LetterKind
from portal.domain.representative_kinds import WhyEnded
from portal.records import links
from portal.records.models import LetterRow, LetterState, Link, LinkPurpose
from tests.actions.office import Office
from tests.actions.test_representatives import DAUGHTER
from tests.builders import new_reference
from tests.web.acting.test_acting import DAY, FAMILY, complain_for
from tests.web.answer import text_of
from tests.web.representative.member import an_office, hand_in
from tests.web.resident.visitor import Visitor


def ask(visitor: Visitor, reference: str, *, acting: bool = True) -> tuple[int, str | None, str]:
    data = {"csrf_token": visitor.token(), "reference": reference, "acting": ["yes"] if acting else []}
    answer = visitor.client.post("/ids/lost-code", data=data, buffered=True)
    return answer.status_code, answer.location, answer.text


def sent(app: Flask) -> list[Link]:
    with app.extensions["database"].session() as session:
        return list(session.scalars(select(Link).where(Link.purpose == LinkPurpose.NEW_CODE)))


def address(app: Flask, link: Link) -> str:
    return f"new-code/{links.token_of(app.extensions['settings'].secret_key, link.id)}"


def test_a_link_goes_to_whoever_acts_and_makes_a_code_that_opens_their_pages_alone(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, old = complain_for(daughter, FAMILY)
    own = office.issue_code(reference, DAY)
    daughter.open(reference, old)
    ask(Visitor(app), reference)
    (link,) = sent(app)
    assert (link.to_address, link.representative) == ("daughter.one@example.org", 1)
    assert daughter.get("acting/").status == 200, "the old code goes on until a new one is made"
    mailbox = Visitor(app)
    assert mailbox.get(address(app, link)).status == 200
    assert daughter.get("acting/").status == 200
    made = mailbox.post(address(app, link))
    shown = [text_of(each) for each in made.tree.iter("code")]
    assert shown[0] == reference
    assert mailbox.get("acting/").status == 200
    assert mailbox.get("my-complaint").location == "/ids/track"
    assert daughter.get("acting/").location == "/ids/track", "the old one is dead at once, and so is what it opened"
    assert daughter.open(reference, old).status == 422
    assert resident.open(reference, own).location == "/ids/my-complaint"
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds.count("code_requested") == 1
    assert kinds.count("representative_code_issued") == 2
    assert "Somebody asked for a new code" not in resident.get("my-complaint").words


@pytest.mark.parametrize("who", ["nobody", "stopped", "of an office", "unknown"])
def test_the_answer_is_the_same_and_nothing_goes_where_nobody_acts_with_a_code(
    app: Flask, daughter: Visitor, office: Office, who: str
) -> None:
    known, _ = complain_for(daughter, FAMILY)
    as_usual = ask(Visitor(app), known)
    before = len(sent(app))
    reference = {
        "nobody": lambda: office.submit(DAY),
        "stopped": lambda: stopped(office, complain_for(Visitor(app), FAMILY)[0]),
        "of an office": lambda: hand_in(office, an_office(office, on=DAY), DAY),
        "unknown": new_reference,
    }[who]()
    assert ask(Visitor(app), reference) == as_usual
    assert len(sent(app)) == before


def stopped(office: Office, reference: str) -> str:
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=DAY)
    return reference


def test_what_one_asks_for_ends_nothing_of_anothers(app: Flask, office: Office) -> None:
    reference = office.submit(DAY)
    for number in (1, 2):
        new = replace(DAUGHTER, email=f"friend{number}@example.org")
        office.do(add_representative, office.lead, reference, new, on=DAY)
    ask(Visitor(app), reference, acting=False)
    ask(Visitor(app), reference)
    found = {each.representative: each for each in sent(app)}
    assert set(found) == {None, 1, 2}
    for number in (1, 2):
        assert Visitor(app).post(address(app, found[number])).status == 200
    assert Visitor(app).post(address(app, found[None])).status == 200


def test_one_who_was_stopped_meanwhile_makes_no_code(app: Flask, daughter: Visitor, office: Office) -> None:
    reference, _ = complain_for(daughter, FAMILY)
    ask(Visitor(app), reference)
    (link,) = sent(app)
    stopped(office, reference)
    late = Visitor(app)
    assert late.post(address(app, link)).status == 404
    assert late.get("acting/").location == "/ids/track"


def test_one_with_a_postal_address_alone_gets_a_slip(app: Flask, office: Office) -> None:
    reference = office.submit(DAY)
    by_post = replace(DAUGHTER, email="", address="2 Example Road")
    office.do(add_representative, office.lead, reference, by_post, on=DAY)
    for _ in range(2):
        ask(Visitor(app), reference)
    (slip,) = sent(app)
    with app.extensions["database"].session() as session:
        letter = session.get_one(LetterRow, slip.letter_id)
        said: tuple[Any, ...] = (letter.kind, letter.representative, letter.state)
    assert said == (LetterKind.CODE_SLIP, 1, LetterState.TO_POST)
    code = links.slip_code(app.extensions["settings"].secret_key, slip.id)
    friend = Visitor(app)
    assert friend.post("new-code", {"reference": reference, "code": code}).status == 200
    assert friend.get("acting/").status == 200
