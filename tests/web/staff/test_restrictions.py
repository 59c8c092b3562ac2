"""The pages on which contact is restricted, looked at again and appealed against."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask

from portal.domain.policy import LetterKind
from tests.actions.office import Office, restriction
from tests.actions.test_each_action import kinds
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import case_of, day

SAID: dict[str, Any] = {
    "whose": "resident",
    "limits": ["calls_at_set_times"],
    "terms": restriction().terms,
    "reason": restriction().reason,
    "evidence": restriction().evidence,
    "disability": "no_sign",
    "equality": restriction().equality,
    **day("review_on", date(2027, 2, 1)),
}


def restricted(lead: Browser, office: Office) -> str:
    reference = office.acknowledged(MONDAY)
    assert lead.post(f"cases/{reference}/restrict-contact", {**SAID, "press": "send"}).status == 303
    return reference


def test_it_is_previewed_sent_and_shown_with_what_it_does_not_touch(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    form = f"cases/{reference}/restrict-contact"
    assert "Unacceptable Behaviour Policy, IDS 3.4" in lead.get(form).words
    preview = lead.post(form, SAID)
    assert "You can appeal" in preview.words
    assert restriction().evidence not in preview.words
    assert not case_of(office, reference).contact_restrictions
    assert lead.post(form, {**SAID, "press": "send"}).status == 303
    assert LetterKind.CONTACT_RESTRICTED in kinds(office, reference)
    assert "Every complaint is received" in lead.get(f"cases/{reference}").words


def test_what_is_missing_is_asked_for_where_it_belongs(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = lead.post(f"cases/{reference}/restrict-contact", {"whose": "resident", "terms": "No calls at night"})
    assert {"#reason", "#evidence", "#equality", "#review_on-day"} <= set(page.errors)
    assert page.value("terms") == "No calls at night"


def test_an_appeal_is_recorded_by_anybody_and_decided_by_somebody_else(app: Flask, office: Office) -> None:
    lead = Browser(app).sign_in(office.lead)
    reference = restricted(lead, office)
    colleague = Browser(app).sign_in(office.colleague)
    assert colleague.get(f"cases/{reference}/restrict-contact").status == 404
    appeal = {"which": "1", **day("appealed_on", MONDAY)}
    assert colleague.post(f"cases/{reference}/record-appeal", appeal).status == 303
    assert "Somebody else than who decided" in lead.get(f"cases/{reference}/decide-appeal").words
    ended = {"which": "1", "outcome": "ended", "words": "It was about a leak.", "press": "send"}
    assert lead.post(f"cases/{reference}/decide-appeal", ended).status == 403
    reviewer = Browser(app).sign_in(office.reviewer)
    assert reviewer.post(f"cases/{reference}/decide-appeal", ended).status == 303
    assert case_of(office, reference).contact_restrictions[0].ended_on == MONDAY


def test_one_that_goes_on_needs_the_day_of_its_next_review(lead: Browser, office: Office) -> None:
    reference = restricted(lead, office)
    form, said = f"cases/{reference}/review-restriction", {"which": "1", "outcome": "kept", "words": "Again."}
    assert "#review_on-day" in lead.post(form, said).errors
    assert lead.post(form, {**said, **day("review_on", date(2027, 4, 1)), "press": "send"}).status == 303
    assert case_of(office, reference).contact_restrictions[0].see_to_on == date(2027, 4, 1)
