"""Adjustments in front of staff: the box, deciding, the guard on calls and letters, the second complaint."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.lift_restriction import lift_restriction
from portal.actions.restrict_complaint import restrict_complaint
from portal.actions.tell_condition import tell_condition
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling
from portal.domain.events import Person, ReplyBy
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

PHONE = "07700 900123"
CONDITION = "A condition called Zebra"
PERSON = Person(
    name="Resident One", email="one@example.org", phone=PHONE, address="1 Example Street", postcode="N1 0AA"
)


def submitted(office: Office, *kinds: Adjustment, **changes: object) -> str:
    reference = office.submit(MONDAY, **{"person": PERSON, "adjustments": kinds, **changes})
    office.assign(reference, MONDAY)
    return reference


def agreed(office: Office, reference: str) -> None:
    ruling = Ruling(
        outcome=Outcome.AGREED,
        adjustment=Adjustment.LARGE_PRINT,
        scope=AdjustmentScope.ALL_CONTACT,
        print_size=18,
    )
    office.do(decide_adjustment, office.handler, reference, 1, ruling, on=MONDAY)


def test_the_queue_and_the_case_show_what_is_to_be_decided(handler: Browser, office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    assert "Adjustments to decide" in handler.get("").html
    page = handler.get(f"cases/{reference}").html
    assert "to be decided" in page
    assert f"/cases/{reference}/decide-adjustment" in page


def test_declining_without_a_reason_is_said_at_its_box_and_with_all_of_it_the_letter_is_shown_first(
    handler: Browser, office: Office
) -> None:
    reference = submitted(office, Adjustment.HOME_VISIT)
    path = f"cases/{reference}/decide-adjustment"
    assert handler.get(path).status == 200
    sent = {"which": "1", "outcome": "declined"}
    assert handler.post(path, sent).status == 422
    sent |= {"reason": "Nobody can come.", "alternative": "Meet at the library."}
    preview = handler.post(path, sent)
    assert "We cannot do this as you asked" in preview.html
    assert office.case(reference).case.adjustments[0].decided is None
    assert handler.post(path, {**sent, "press": "send"}).status == 303
    assert office.case(reference).case.adjustments[0].decided is not None


def test_the_number_of_somebody_who_asked_for_no_calls_is_shown_only_after_a_reason(
    handler: Browser, office: Office
) -> None:
    reference = submitted(office, Adjustment.NO_PHONE, reply_by=ReplyBy.PHONE)
    case, call = f"cases/{reference}", f"cases/{reference}/call-anyway"
    assert PHONE not in handler.get(case).html
    refused = handler.post(call, {"reason": ""})
    assert refused.status == 422
    assert "no phone calls" in refused.html
    assert PHONE not in handler.get(case).html
    assert handler.post(call, {"reason": "Gas leak"}).status == 303
    page = handler.get(case).html
    assert PHONE in page
    assert "Gas leak" in page


def test_a_letter_to_post_offers_its_pdf_and_asks_for_the_format(handler: Browser, office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, adjustment_words="18 point", reply_by=ReplyBy.POST)
    letter = f"cases/{reference}/letters/{office.letters(reference)[0].id}"
    page = handler.get(letter).html
    assert "18 point type" in page
    document = handler.client.get(handler.address(f"{letter}/letter.pdf"))
    assert (document.mimetype, document.data[:5]) == ("application/pdf", b"%PDF-")
    day = {"posted_on-day": "2", "posted_on-month": "11", "posted_on-year": "2026"}
    assert handler.post(f"{letter}/posted", day).status == 422
    assert handler.post(f"{letter}/posted", {**day, "as_agreed": "no", "reason": " "}).status == 422
    assert handler.post(f"{letter}/posted", {**day, "as_agreed": "yes"}).status == 303
    assert len(office.case(reference).case.adjustments[0].applied) == 1


def test_they_go_on_in_the_second_complaint_of_the_same_person_once_staff_say_how_they_know(
    handler: Browser, office: Office
) -> None:
    first = submitted(office, Adjustment.LARGE_PRINT)
    agreed(office, first)
    second = submitted(office, person=Person(name="R One", email="ONE@example.org"))
    stranger = submitted(office, person=Person(name="Somebody", email="else@example.org"))
    page = f"cases/{second}/carry-adjustments"
    assert page in handler.get(f"cases/{second}").html
    assert "carry-adjustments" not in handler.get(f"cases/{stranger}").html
    assert handler.get(page).status == 200
    office.assign(first, MONDAY, to=office.another("officer"))
    office.do(restrict_complaint, office.lead, first, [], reason="It names a colleague.", on=MONDAY)
    assert first not in handler.get(page).html, "it does not exist for them"
    office.do(lift_restriction, office.lead, first, reason="It does not.", on=MONDAY)
    unsure = handler.post(page, {"earlier": first, "identity_check": " ", "press": "send"})
    assert (unsure.status, list(unsure.errors)) == (422, ["#identity_check"])
    sure = {"earlier": first, "identity_check": "Called back, and asked about the first complaint."}
    assert handler.post(page, sure).status == 200  # the letter, to look at first
    assert office.case(second).case.adjustments == ()
    assert handler.post(page, {**sure, "press": "send"}).status == 303
    assert office.letters(second)[-1].type_size == 18
    after = handler.get(f"cases/{second}").html
    assert sure["identity_check"] in after
    assert page not in after


@pytest.mark.parametrize(
    ("who", "sees"), [("handler", True), ("lead", True), ("colleague", False), ("oversight", False)]
)
def test_a_condition_is_shown_to_those_who_need_it_alone(app: Flask, office: Office, who: str, sees: bool) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    office.do(tell_condition, office.resident(reference), reference, CONDITION, on=MONDAY)
    browser = Browser(app).sign_in(getattr(office, who))
    assert (CONDITION in browser.get(f"cases/{reference}").html) is sees
    assert CONDITION not in browser.get("").html


def test_a_condition_is_in_no_letter_and_no_line_of_the_log(
    handler: Browser, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    office.do(tell_condition, office.resident(reference), reference, CONDITION, on=MONDAY)
    agreed(office, reference)
    office.acknowledge(reference, MONDAY)
    handler.get(f"cases/{reference}")
    handler.post(f"cases/{reference}/condition", {"condition": CONDITION})
    assert all(CONDITION not in each.subject + each.body for each in office.letters(reference))
    captured = capsys.readouterr()
    assert "Zebra" not in captured.out + captured.err


def test_a_review_is_asked_for_when_its_day_has_come(handler: Browser, office: Office, clock: object) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT)
    agreed(office, reference)
    assert "Adjustments to review" not in handler.get("").html
    office.acknowledge(reference, MONDAY)
    office.answer(reference, MONDAY)
    office.escalate(reference, date(2026, 11, 2))
    review = f"cases/{reference}/review-adjustment"
    assert handler.get(review).status in (200, 403)
    lead = Browser(handler.app).sign_in(office.lead)
    assert lead.post(review, {"which": "1", "outcome": "kept"}).status == 303
    assert len(office.case(reference).case.adjustments[0].reviewed) == 1


def test_every_page_about_adjustments_opens(handler: Browser, office: Office) -> None:
    reference = submitted(office, Adjustment.LARGE_PRINT, Adjustment.NO_PHONE)
    for name in ("adjustment", "decide-adjustment", "apply-adjustment", "call-anyway", "condition"):
        assert handler.get(f"cases/{reference}/{name}").status == 200
    sent = {"adjustments": ["interpreter"], "words": "Tigrinya", "scope": "all_contact", "requested_by": "advocate"}
    assert handler.post(f"cases/{reference}/adjustment", sent).status == 303
    assert office.case(reference).case.adjustments[-1].detail == "Tigrinya"
