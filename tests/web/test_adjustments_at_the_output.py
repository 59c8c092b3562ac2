"""What comes out after somebody has said "18-point, no phone calls", from the first letter to a second complaint."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.clock import StoppedClock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person, ReplyBy
from portal.post.mailer import message_for
from portal.records.models import LetterState
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.post.test_agreed_formats import sizes
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what comes out depends on neither

PHONE = "01632 960 001"
SAID = {"adjustments": ["large_print", "no_phone"], "adjustment_words": "18-point, no phone calls"}
REACHED = {"reply_by": "email", "email": "one@example.org", "phone": PHONE}


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(ten_oclock(MONDAY))


def smallest(visitor: Visitor, office: Office, reference: str) -> list[float]:
    """The smallest type in each letter of a complaint as its owner saves it, in points."""
    made = [
        visitor.client.get(f"/ids/my-complaint/letters/{each.id}/letter.pdf").data for each in office.letters(reference)
    ]
    return [min(sizes(each)[0]) for each in made]


def test_eighteen_points_and_no_calls(app: Flask) -> None:
    office, visitor = Office(app.extensions["database"], "ids"), Visitor(app)
    reference, code = visitor.complain(making_it_easier=SAID, how_to_reach_you=REACHED)
    visitor.open(reference, code)
    office.assign(reference, MONDAY)
    app.config["WTF_CSRF_ENABLED"] = False
    staff = Browser(app).sign_in(office.handler)
    decide = f"cases/{reference}/decide-adjustment"
    for number in ("1", "2"):
        agreed = {"which": number, "outcome": "agreed", "scope": "all_contact", "press": "send"}
        assert staff.post(decide, agreed).status == 303
    office.acknowledge(reference, MONDAY)
    office.answer(reference, MONDAY)

    # Every letter, as it is saved and as it is attached to its email.
    assert smallest(visitor, office, reference) == [18.0] * 5
    for letter in office.letters(reference):
        message = message_for(letter, app.extensions["settings"])
        assert "font-size: 18pt" in (message.html or "")
        assert [min(sizes(each.data or b"")[0]) for each in message.attachments] == [18.0]

    # Nobody calls by mistake: the number is out of sight, and a call needs a reason that stays on record.
    case = f"cases/{reference}"
    assert PHONE not in staff.get(case).html
    assert staff.post(f"{case}/call-anyway", {"reason": " "}).status == 422
    assert PHONE not in staff.get(case).html
    assert staff.post(f"{case}/call-anyway", {"reason": "Gas leak"}).status == 303
    assert PHONE in staff.get(case).html

    # The second complaint of the same person: nothing follows by itself, and all of it once that is confirmed.
    person = Person(name="R One", email="ONE@example.org", phone=PHONE)
    second = office.submit(MONDAY, person=person, reply_by=ReplyBy.PHONE)
    office.assign(second, MONDAY)
    assert office.letters(second)[0].type_size is None
    sure = {"earlier": reference, "identity_check": "They knew what they had complained of.", "press": "send"}
    assert staff.post(f"cases/{second}/carry-adjustments", sure).status == 303
    told = office.letters(second)[-1]
    assert (told.type_size, told.state) == (18, LetterState.PENDING)
    assert PHONE not in staff.get(f"cases/{second}").html
    kinds = [each.adjustment for each in office.case(second).case.adjustments]
    assert kinds == [Adjustment.LARGE_PRINT, Adjustment.NO_PHONE]


def test_plain_text_is_text_alone_in_every_letter(app: Flask) -> None:
    office = Office(app.extensions["database"], "ids")
    reference = office.submit(MONDAY, adjustments=(Adjustment.PLAIN_TEXT,))
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, MONDAY)
    for letter in office.letters(reference):
        message = message_for(letter, app.extensions["settings"])
        assert (message.html, message.attachments) == (None, [])
        assert reference in (message.body or "")
