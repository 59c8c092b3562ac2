"""Letters that wait for the post are printed as one file, and are marked by a person alone, each by itself."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from portal.actions.record_posting import record_posting
from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person, ReplyBy
from portal.records.models import LetterState
from tests.actions.office import Office
from tests.actions.test_adjustments import decided, submitted
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import Browser

DAY = {"posted_on-day": "2", "posted_on-month": "11", "posted_on-year": "2026"}


def written_to(office: Office, *names: str) -> list[str]:
    """Complaints of people who get post, each with a receipt to be posted, by what a tick of it sends."""
    people = (Person(name=each, address=f"{each} House", postcode="AB1 2CD") for each in names)
    return [tick(office, office.submit(MONDAY, person=each, reply_by=ReplyBy.POST)) for each in people]


def tick(office: Office, reference: str) -> str:
    return f"{reference}.{office.letters(reference)[-1].id}"


def state(office: Office, ticked: str) -> LetterState:
    reference, _, _ = ticked.partition(".")
    return office.letters(reference)[-1].state


def test_what_is_ticked_is_one_file_and_printing_marks_nothing(handler: Browser, office: Office) -> None:
    one, two, three = written_to(office, "Anna", "Berta", "Clara")
    assert all(each in handler.get("post").html for each in (one, two, three))
    made = handler.client.post(handler.address("post"), data={"letters": [one, three]})
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    pages = [each.extract_text() for each in PdfReader(BytesIO(made.data)).pages]
    first, second = [words for words in pages if "House" in words]
    assert "Anna House" in first
    assert "Clara House" in second
    assert {state(office, each) for each in (one, two, three)} == {LetterState.TO_POST}


def test_only_what_a_person_says_is_posted_and_what_did_not_print_stays(handler: Browser, office: Office) -> None:
    went, jammed = written_to(office, "Anna", "Berta")
    sent = {"press": "posted", "letters": [went]}
    assert handler.post("post", sent).errors == {"#posted_on-day": "Enter the day of posting"}
    assert handler.post("post", {**sent, **DAY, "letters": []}).errors == {"#letters": "Choose at least one letter"}
    assert handler.post("post", {**sent, **DAY}).status == 303
    assert (state(office, went), state(office, jammed)) == (LetterState.POSTED, LetterState.TO_POST)
    page = handler.get("post")
    assert "1 letter is recorded as posted." in page.words
    assert (went in page.html, jammed in page.html) == (False, True)


def test_one_that_is_refused_keeps_no_other_back(handler: Browser, office: Office) -> None:
    went_before, goes = written_to(office, "Anna", "Berta")
    reference, _, number = went_before.partition(".")
    office.do(record_posting, office.lead, reference, UUID(number), posted_on=MONDAY, on=MONDAY)
    page = handler.post("post", {"press": "posted", "letters": [went_before, goes], **DAY})
    assert page.status == 422
    assert f"{reference}: This letter is not waiting to be posted" in page.words
    assert state(office, goes) is LetterState.POSTED
    assert handler.post("post", {"letters": [went_before]}).status == 422, "and it is not printed again"


def test_a_restricted_complaint_is_not_there_for_others(handler: Browser, office: Office) -> None:
    hidden, shown = written_to(office, "Anna", "Berta")
    reference, _, _ = hidden.partition(".")
    office.do(restrict_complaint, office.lead, reference, [], reason="It names a colleague.", on=MONDAY)
    assert (hidden in handler.get("post").html, shown in handler.get("post").html) == (False, True)
    assert handler.post("post", {"letters": [hidden]}).status == 422
    refused = handler.post("post", {"press": "posted", "letters": [hidden], **DAY})
    assert "It is not there any more." in refused.words
    assert state(office, hidden) is LetterState.TO_POST


def test_what_a_person_makes_in_another_format_is_not_printed_with_the_others(handler: Browser, office: Office) -> None:
    reference = submitted(office, Adjustment.BRAILLE_OR_AUDIO)
    decided(office, reference, kind=Adjustment.BRAILLE_OR_AUDIO)
    page = handler.get("post")
    assert tick(office, reference) not in page.html
    assert reference in page.words
    assert handler.post("post", {"letters": [tick(office, reference)]}).status == 422


@pytest.mark.parametrize("forged", ["x", "H4KM-72QT.", "H4KM-72QT.00000000-0000-0000-0000-000000000000", "'; --"])
def test_a_tick_of_nothing_is_refused(handler: Browser, forged: str) -> None:
    for press in ("", "posted"):
        assert handler.post("post", {"letters": [forged], "press": press, **DAY}).status == 422


def test_the_list_asks_as_much_of_the_database_for_one_letter_as_for_many(handler: Browser, office: Office) -> None:
    counts = []
    for names in (("Anna",), ("Berta", "Clara", "Dora")):
        written_to(office, *names)
        with statements(handler.app) as seen:
            handler.get("post")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_letter_that_is_handed_over_says_when_to_whom_and_by_whom(handler: Browser, office: Office) -> None:
    (given,) = written_to(office, "Anna")
    reference, _, number = given.partition(".")
    page, sent = f"cases/{reference}/letters/{number}/posted", {**DAY, "as_agreed": "yes", "by_hand": "yes"}
    assert handler.post(page, sent).errors == {"#handed_to": "Say to whom it was handed"}
    assert handler.post(page, {**sent, "handed_to": "To Anna, at the door"}).status == 303
    assert state(office, given) is LetterState.POSTED
    case = handler.get(f"cases/{reference}").words
    assert "Handed over" in case
    assert "On Monday 2 November 2026. To Anna, at the door" in case
    told = office.case(reference).recorded[-1]
    assert (told.event.kind, told.by_id) == ("letter_handed_over", office.handler.user_id)
