"""The pages on which staff offer remedies outside an answer and follow money."""

from __future__ import annotations

from datetime import date, timedelta

from portal.domain.policy import LetterKind
from portal.domain.remedy_kinds import PaymentStep
from tests.actions.office import Office, money, repair
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import case_of, day

LATER = MONDAY + timedelta(days=30)


def test_one_is_offered_after_the_answer_with_a_preview(lead: Browser, office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY)
    form = f"cases/{reference}/add-remedy"
    assert "There is no upper limit" in lead.get(form).words
    said = {
        "remedies-0-kind": "money",
        "remedies-0-words": "For the cold evenings",
        "remedies-0-amount": "75",
        "remedies-0-head": "distress",
        "remedies-0-owner": str(office.handler.user_id),
        **day("remedies-0-due", LATER),
    }
    page = lead.post(form, said)
    assert "what this meant" in page.errors["#remedies-0-impact"]
    assert page.value("remedies-0-words") == "For the cold evenings"
    assert "#remedies-0-kind" in lead.post(form, {}).errors
    said["remedies-0-impact"] = "The flat was cold."
    assert "£75.00" in lead.post(form, said).words
    assert not case_of(office, reference).remedies[1:]
    assert lead.post(form, {**said, "press": "send"}).status == 303
    assert case_of(office, reference).remedies[1].impact == "The flat was cold."
    assert office.letters(reference)[-1].kind is LetterKind.REMEDY
    assert "What it meant: The flat was cold." in lead.get(f"cases/{reference}").words


def test_money_is_followed_for_several_heads_at_once(lead: Browser, office: Office) -> None:
    both = (money(LATER, office.handler), money(LATER, office.handler, words="For the calls"))
    reference = office.answered(MONDAY, MONDAY, remedies=both)
    form = f"cases/{reference}/payment"
    page = lead.post(form, {"step": "paid", **day("on", MONDAY)})
    assert any(target.startswith("#which") for target in page.errors)
    said = {"which": ["1", "2"], "step": "paid", "method": "bank_transfer", "words": "Run 12", **day("on", MONDAY)}
    assert lead.post(form, said).status == 303
    assert [each.payment for each in case_of(office, reference).remedies] == [PaymentStep.PAID, PaymentStep.PAID]
    assert not case_of(office, reference).open_remedies


def test_a_case_without_money_has_no_payment_to_follow(lead: Browser, office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY, remedies=(repair(date(2026, 12, 1), office.handler),))
    assert lead.get(f"cases/{reference}/payment").status == 403
