"""Asking for something that makes things easier: without a complaint, and in one's own."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.actions.decide_adjustment import decide_adjustment
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling
from portal.domain.interpreting import Interpreting, Spoken
from portal.domain.policy import LetterKind
from portal.records.models import EasierRequest
from tests.actions.office import Office
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

CONDITION = "A condition called Zebra"


def signed_in(visitor: Visitor, **changes: object) -> str:
    reference, code = visitor.complain(**changes)  # type: ignore[arg-type]
    assert visitor.post("track", {"reference": reference, "code": code}).status == 303
    return reference


def test_it_can_be_asked_for_without_a_complaint_and_staff_decide(visitor: Visitor, app: Flask, office: Office) -> None:
    assert visitor.get("make-it-easier").status == 200
    assert visitor.post("make-it-easier", {"name": "Ada"}).status == 422
    asked = {"adjustments": ["large_print"], "print_size": "18", "name": "Ada", "email": "ada@example.org"}
    assert visitor.post("make-it-easier", asked).location == "/ids/make-it-easier/received"
    with app.extensions["database"].session() as session:
        row = session.query(EasierRequest).one()
    assert row.reference in visitor.get("make-it-easier/received").words.replace(" ", "")
    staff = Browser(app).sign_in(office.handler)
    assert row.reference in staff.get("easier").html
    page = staff.get(f"easier/{row.reference}").html
    assert "ada@example.org" in page
    token = {"csrf_token": visitor.token()}
    app.config["WTF_CSRF_ENABLED"] = False
    assert staff.post(f"easier/{row.reference}", {"outcome": "declined", **token}).status == 422
    sent = {"outcome": "agreed", "decision": "Large print from now on. Told by email.", **token}
    assert staff.post(f"easier/{row.reference}", sent).status == 303
    foreign = Browser(app, "ivh").sign_in(Office(office.database, "ivh").lead)
    assert foreign.get(f"easier/{row.reference}").status == 404


def test_my_complaint_says_what_was_asked_for_and_takes_more(visitor: Visitor, office: Office) -> None:
    reference = signed_in(visitor)
    page = visitor.get("my-complaint").html
    assert "Letters in large print, 18 point" in page
    assert "Until then we do it." in page
    asked = {"adjustments": ["interpreter"], "interpreter": "ti", "everywhere": "all_contact"}
    assert visitor.post("my-complaint/make-it-easier", asked).status == 303
    page = visitor.get("my-complaint/make-it-easier").html
    assert "We have it." in page
    assert "An interpreter, or letters in my language: <bdi>Tigrinya</bdi>" in page
    assert "We have it." not in visitor.get("my-complaint/make-it-easier").html
    assert office.case(reference).case.adjustments[-1].interpreting == Interpreting(Spoken.TIGRINYA)


def test_the_language_of_an_interpreter_is_read_by_staff_and_in_the_letter_of_decision(
    visitor: Visitor, app: Flask, office: Office
) -> None:
    """With the box beside it left empty: whoever names a language asks for an interpreter."""
    said = {"adjustments": [], "interpreter": "other", "interpreter_words": "Zaghawa"}
    reference = signed_in(visitor, making_it_easier=said)
    assert "An interpreter, or letters in my language: Zaghawa" in visitor.get("my-complaint/what-you-told-us").words
    office.assign(reference, THURSDAY.date())
    staff = Browser(app).sign_in(office.handler)
    assert "An interpreter or a translation: Zaghawa" in staff.get(f"cases/{reference}").words
    ruling = Ruling(
        outcome=Outcome.AGREED, adjustment=Adjustment.INTERPRETER, scope=AdjustmentScope.ALL_CONTACT, starts_on=None
    )
    office.do(decide_adjustment, office.handler, reference, 1, ruling, on=THURSDAY.date())
    [letter] = [each for each in office.letters(reference) if each.kind is LetterKind.ADJUSTMENT]
    assert "The language is Zaghawa." in letter.body


def test_a_language_that_is_not_in_the_list_is_refused_beside_it(visitor: Visitor) -> None:
    shown = visitor.post("make-it-easier", {"interpreter": "tlh", "contact": "ada@example.org"})
    assert shown.errors == {"#interpreter": "Choose from the list"}


@pytest.mark.parametrize("path", ["my-complaint", "my-complaint/make-it-easier", "my-complaint/what-you-told-us"])
def test_a_condition_is_on_none_of_the_residents_pages(visitor: Visitor, office: Office, path: str) -> None:
    reference = signed_in(visitor)
    assert visitor.post("my-complaint/make-it-easier", {"condition": CONDITION}).status == 303
    assert [each.words for each in office.case(reference).case.conditions] == [CONDITION]
    assert CONDITION not in visitor.get(path).html


def test_nothing_chosen_is_said_and_nothing_is_recorded(visitor: Visitor, office: Office) -> None:
    reference = signed_in(visitor)
    assert visitor.post("my-complaint/make-it-easier").status == 422
    assert len(office.case(reference).case.adjustments) == 1


def test_a_letter_can_be_kept_as_a_pdf(visitor: Visitor, office: Office) -> None:
    reference = signed_in(visitor)
    letter = office.letters(reference)[0].id
    answer = visitor.client.get(f"/ids/my-complaint/letters/{letter}/letter.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
