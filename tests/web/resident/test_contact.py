"""Reaching us about one's own complaint: what is sent is shown to both sides, and words outlive the visit."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.actions.give_feedback import give_feedback
from portal.clock import StoppedClock
from tests.actions.office import Office, repair
from tests.web.answer import Answer
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

TODAY = THURSDAY.date()
WORDS = "The surveyor did not come.\nWho is it now?"
CALL = {"phone": "01632 960 001", "times": ["morning"], "voicemail": "no"}


class Staff(Browser):
    """A member of staff whose forms need no token, while those of residents go on to."""

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> Answer:
        self.app.config["WTF_CSRF_ENABLED"] = False
        try:
            return super().post(path, fields, **options)
        finally:
            self.app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def reference(visitor: Visitor) -> str:
    reference, code = visitor.complain()
    assert visitor.open(reference, code).status == 303
    return reference


@pytest.fixture
def handler(app: Flask, office: Office, reference: str) -> Browser:
    office.assign(reference, TODAY)
    return Staff(app).sign_in(office.handler)


def test_a_message_is_there_for_both_with_its_time_and_the_answer_comes_back(
    visitor: Visitor, office: Office, reference: str, handler: Staff
) -> None:
    assert visitor.post("my-complaint/messages", {"words": WORDS}).location == "/ids/my-complaint/messages"
    page = visitor.get("my-complaint/messages").html
    for words in ("We have your message", "The surveyor did not come.", "10:00am"):
        assert words in page
    assert "Unread message" in handler.get("").html
    assert "Unread messages (1)" in handler.get("?view=messages").html
    case = handler.get(f"cases/{reference}").html
    assert "Unread message" in case
    assert "The surveyor did not come." in case
    answer = {"words": "Mr Builder, on Monday."}
    assert handler.post(f"cases/{reference}/write-message", answer).status == 303
    assert "Unread message" not in handler.get(f"cases/{reference}").html
    assert "Mr Builder, on Monday." in visitor.get("my-complaint/messages").html
    assert "There is a message from us" in visitor.get("my-complaint").html


def test_an_empty_message_is_said_at_its_box(visitor: Visitor, office: Office, reference: str) -> None:
    page = visitor.post("my-complaint/messages", {"words": " "})
    assert (page.status, list(page.errors)) == (422, ["#words"])
    assert office.case(reference).case.messages == ()


@pytest.mark.parametrize("name", ["messages", "call-back", "new-issue"])
def test_words_written_in_a_visit_that_has_ended_are_there_again(
    visitor: Visitor, clock: StoppedClock, reference: str, name: str
) -> None:
    clock.move_to(THURSDAY + timedelta(hours=2))
    page = visitor.post(f"my-complaint/{name}", {"words": WORDS})
    assert page.status == 403
    assert "The surveyor did not come." in page.html
    _, code = visitor.credentials
    again = visitor.post("track", {"reference": reference, "code": code, "words": WORDS, "to": name})
    assert again.status == 200
    assert "The surveyor did not come." in again.html
    assert f"/ids/my-complaint/{name}" in again.html


def test_a_call_is_asked_for_and_what_is_wrong_is_said_at_its_box(
    visitor: Visitor, office: Office, reference: str, handler: Staff
) -> None:
    page = visitor.post("my-complaint/call-back", {"phone": "12"})
    assert (page.status, list(page.errors)) == (422, ["#times"])
    page = visitor.post("my-complaint/call-back", CALL | {"phone": "12"})
    assert (page.status, list(page.errors)) == (422, ["#phone"])
    assert visitor.post("my-complaint/call-back", CALL).status == 303
    assert "In the morning" in visitor.get("my-complaint/messages").html
    case = handler.get(f"cases/{reference}").html
    assert "01632 960 001" in case
    assert "Leave no message if nobody answers" in case
    done = {"words": "Called at eleven."}
    assert handler.post(f"cases/{reference}/read-messages", done).status == 303
    assert "Called at eleven." not in visitor.get("my-complaint/messages").html


def test_somebody_who_asked_for_no_calls_is_told_what_asking_for_one_means(visitor: Visitor) -> None:
    reference, code = visitor.complain(
        making_it_easier={"adjustments": ["no_phone"]},
        how_to_reach_you={"reply_by": "email", "email": "one@example.org", "safe_contact": ["discreet"]},
    )
    visitor.open(reference, code)
    page = visitor.get("my-complaint/call-back").html
    assert "You asked us not to phone you" in page
    assert "We say who we are to nobody but you" in page


def test_a_new_issue_is_decided_by_staff_and_the_resident_reads_it(
    visitor: Visitor, office: Office, reference: str, handler: Staff
) -> None:
    assert visitor.post("my-complaint/new-issue", {"words": "The lift is broken too."}).status == 303
    assert "We are deciding whether" in visitor.get("my-complaint/messages").html
    path = f"cases/{reference}/decide-issue"
    assert "The lift is broken too." in handler.get(path).html
    said = {"which": "1", "related": "yes", "why_related": "Same landing.", "reason": "Same landing."}
    page = handler.post(path, said)
    assert (page.status, list(page.errors)) == (422, ["#delays"])
    assert handler.post(path, {**said, "delays": "no", "why_delays": "One visit."}).status == 303
    page = visitor.get("my-complaint/messages").html
    assert "We have made it a part of this complaint." in page
    assert "Same landing." in page


def test_once_stage_1_is_answered_it_is_a_complaint_of_its_own_and_everybody_reads_which(
    office: Office, reference: str, handler: Staff, visitor: Visitor
) -> None:
    office.acknowledge(reference, TODAY)
    office.answer(reference, TODAY)
    visitor.post("my-complaint/new-issue", {"words": "The lift is broken too."})
    form = handler.get(f"cases/{reference}/decide-issue")
    assert "The stage 1 answer has gone out" in form.words
    assert "Would it delay the answer?" not in form.words
    said = {"which": "1", "related": "yes", "why_related": "Same landing.", "reason": "It has its own dates."}
    assert handler.post(f"cases/{reference}/decide-issue", said).status == 303
    (link,) = office.case(reference).case.links
    page = handler.get(f"cases/{reference}")
    assert f"It is a complaint of its own now: {link.other_reference}" in page.words
    assert "Linked complaints" in page.words
    assert link.other_reference in visitor.get("my-complaint/messages").html


def test_what_is_written_is_text_and_never_markup(visitor: Visitor, reference: str, handler: Browser) -> None:
    visitor.post("my-complaint/messages", {"words": "<script>alert(1)</script>"})
    for page in (visitor.get("my-complaint/messages").html, handler.get(f"cases/{reference}").html):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_nothing_that_was_written_is_ever_in_an_address(visitor: Visitor, reference: str) -> None:
    visitor.post("my-complaint/messages", {"words": "Unmistakable"})
    visitor.post("my-complaint/call-back", CALL)
    assert not [each for each in visitor.addresses if "Unmistakable" in each or "01632" in each]


def test_contact_details_are_changed_and_what_is_wrong_is_said_at_its_box(
    visitor: Visitor, office: Office, reference: str, handler: Staff
) -> None:
    page = visitor.get("my-complaint/contact")
    assert 'value="resident.one@example.org"' in page.html
    fields = {"reply_by": "email", "email": "not an address"}
    page = visitor.post("my-complaint/contact", fields)
    assert (page.status, list(page.errors)) == (422, ["#email"])
    page = visitor.post("my-complaint/contact", {"reply_by": "post"})
    assert (page.status, list(page.errors)) == (422, ["#address"])
    assert visitor.post("my-complaint/contact", fields | {"email": "new@example.org"}).status == 303
    assert "It was changed on" in visitor.get("my-complaint").html
    assert "new@example.org" in handler.get(f"cases/{reference}").html
    assert office.letters(reference)[-1].to_address == "resident.one@example.org"
    assert not [each for each in visitor.addresses if "example.org" in each]


def test_contact_details_are_not_shown_to_whoever_has_the_device_after_the_visit(
    visitor: Visitor, clock: StoppedClock, reference: str
) -> None:
    clock.move_to(THURSDAY + timedelta(hours=2))
    page = visitor.post("my-complaint/contact", {"reply_by": "email", "email": "new@example.org"})
    assert page.location == "/ids/track"
    assert "new@example.org" not in page.html


def test_withdrawing_says_what_it_means_and_a_second_press_is_answered_like_the_first(
    visitor: Visitor, office: Office, reference: str
) -> None:
    page = visitor.get("my-complaint/withdraw")
    for words in ("we stop looking into it", "you can change your mind", "Ombudsman"):
        assert words in page.html
    assert office.case(reference).case.withdrawn is None
    for _press in range(2):
        assert visitor.post("my-complaint/withdraw").location == "/ids/my-complaint"
    page = visitor.get("my-complaint").html
    assert "This complaint was withdrawn" in page
    assert "/ids/my-complaint/withdraw" not in page
    assert visitor.get("my-complaint/withdraw").status == 200


def test_whether_a_remedy_was_done_is_asked_beside_it_once_its_date_has_come(
    visitor: Visitor, office: Office, clock: StoppedClock, reference: str, handler: Staff
) -> None:
    office.acknowledge(reference, TODAY)
    office.answer(reference, TODAY, remedies=(repair(TODAY + timedelta(days=1), office.handler),))
    assert "my-complaint/promises" not in visitor.get("my-complaint").html
    assert "has not come yet" in visitor.get("my-complaint/promises").html
    clock.move_to(THURSDAY + timedelta(days=1))
    visitor.open(*visitor.credentials)
    assert "/ids/my-complaint/promises?which=1" in visitor.get("my-complaint").html
    page = visitor.post("my-complaint/promises", {"which": "1"})
    assert (page.status, list(page.errors)) == (422, ["#done"])
    page = visitor.post("my-complaint/promises", {"which": "2", "done": "no"})
    assert (page.status, list(page.errors)) == (422, ["#which"])
    assert visitor.post("my-complaint/promises", {"which": "1", "done": "no", "words": "Still wet."}).status == 303
    assert "you told us that it was not done" in visitor.get("my-complaint").html
    case = handler.get(f"cases/{reference}").html
    assert "The resident says: not done" in case
    assert "Unread message" in case


def test_the_same_words_promised_for_two_days_are_told_apart_when_one_is_asked_about(
    visitor: Visitor, office: Office, clock: StoppedClock, reference: str, handler: Staff
) -> None:
    office.acknowledge(reference, TODAY)
    days = [TODAY + timedelta(days=each) for each in (1, 2)]
    office.answer(reference, TODAY, remedies=tuple(repair(each, office.handler) for each in days))
    clock.move_to(THURSDAY + timedelta(days=2))
    visitor.open(*visitor.credentials)
    labels = re.findall(r'for="which[^"]*">\s*([^<]+?)\s*<', visitor.get("my-complaint/promises").html)
    assert len(labels) == len(set(labels)) == len(days)


def test_how_it_went_is_asked_after_the_end_once_and_kept_from_the_handler(
    app: Flask, visitor: Visitor, office: Office, reference: str, handler: Staff
) -> None:
    assert "my-complaint/feedback" not in visitor.get("my-complaint").html
    assert "once your complaint has ended" in visitor.get("my-complaint/feedback").html
    office.withdraw(reference, TODAY)
    page = visitor.get("my-complaint/feedback").html
    assert "make a complaint" in page
    assert "reason" not in page
    assert list(visitor.post("my-complaint/feedback").errors) == ["#easy"]
    for _press in range(2):
        assert visitor.post("my-complaint/feedback", {"easy": "no", "words": "Too slow."}).status == 303
    thanks = visitor.get("my-complaint").html
    assert "my-complaint/feedback" not in thanks
    assert "you can make one on the start page" in thanks
    assert "Too slow." not in handler.get(f"cases/{reference}").html
    assert "Too slow." in Staff(app).sign_in(office.lead).get(f"cases/{reference}").html
    office.assign(theirs := office.submit(TODAY), TODAY, to=office.lead)
    office.withdraw(theirs, TODAY)
    said = {"easy": None, "listened": None, "words": "Too slow."}
    office.do(give_feedback, office.resident(theirs), theirs, **said, on=TODAY)
    assert "Too slow." not in Staff(app).sign_in(office.lead).get(f"cases/{theirs}").html
    watching = Staff(app).sign_in(office.oversight).get(f"oversight/{reference}")
    assert "Was it easy to complain?No" in watching.words
    assert "Too slow." not in watching.html
