"""The page of one's own complaint: where it stands, every date and why, and stage 2 for one press."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from flask import Flask

from portal.actions.agree_updates import agree_updates
from portal.actions.answer_message import answer_message
from portal.clock import LONDON, StoppedClock
from portal.domain.events import Flag, Stage
from portal.domain.policy import LetterKind
from portal.records.database import Database
from portal.web.resident.progress import LETTERS
from tests.actions.office import Office, repair
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor

# IDS, received on Thursday 17 December 2026: acknowledged by the 24th (6.2.1).
RECEIVED = THURSDAY.date()
MONDAY = date(2026, 12, 21)
LAST_DAY = date(2026, 12, 24)
CHRISTMAS = date(2026, 12, 25)
# Acknowledged on Monday 21 December, answered ten working days later (6.2.3), four days off left out.
ANSWER_BY = date(2027, 1, 7)
LONG_AFTER = date(2027, 6, 1)
MISSED = "We have missed our own date"


@pytest.fixture
def reference(visitor: Visitor) -> str:
    """A complaint that its resident has opened."""
    reference, code = visitor.complain()
    visitor.open(reference, code)
    return reference


def on(visitor: Visitor, clock: StoppedClock, day: date, path: str = "my-complaint") -> Answer:
    """The page as it is on another day: the code opens it again."""
    clock.move_to(datetime.combine(day, time(9), LONDON))
    visitor.open(*visitor.credentials)
    return visitor.get(path)


def acknowledged(office: Office, reference: str) -> None:
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)


def answered(office: Office, reference: str, **changes: object) -> None:
    acknowledged(office, reference)
    office.answer(reference, ANSWER_BY, **changes)


def test_it_says_what_happens_next_and_why_that_day(visitor: Visitor, reference: str) -> None:
    page = visitor.get("my-complaint")
    assert reference in page.words
    assert "Thursday 24 December 2026" in page.words
    assert "We count 5 working days from Thursday 17 December 2026" in page.words
    assert "(IDS 6.2.1)" in page.words
    assert MISSED not in page.words


def test_who_handles_it_is_said_by_role_and_never_by_name(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    acknowledged(office, reference)
    page = on(visitor, clock, MONDAY)
    assert "It is with: Officer" in page.words
    assert office.handler.name not in page.words


def test_a_limit_is_missed_on_the_day_after_and_not_on_the_day(
    visitor: Visitor, reference: str, clock: StoppedClock
) -> None:
    assert MISSED not in on(visitor, clock, LAST_DAY).words
    page = on(visitor, clock, CHRISTMAS)
    assert MISSED in page.words
    assert "0300 111 3000" in page.words


def test_what_was_done_late_is_not_called_missed_any_more(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    office.assign(reference, MONDAY)
    office.acknowledge(reference, date(2026, 12, 29))
    page = on(visitor, clock, date(2026, 12, 29))
    assert MISSED not in page.words
    assert "Done late, on Tuesday 29 December 2026" in page.words


def test_an_extension_shows_its_reason_and_the_new_date(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    acknowledged(office, reference)
    office.extend(reference, date(2027, 1, 4), date(2027, 1, 14))
    page = on(visitor, clock, date(2027, 1, 8))
    assert "Thursday 14 January 2027" in page.words
    assert "The surveyor comes next week." in page.words
    assert MISSED not in page.words
    assert MISSED in on(visitor, clock, date(2027, 1, 15)).words


def test_the_letters_can_be_read_as_they_were_sent(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference)
    page = on(visitor, clock, ANSWER_BY)
    found = (each.get("href", "") for each in page.main.iter("a"))
    links = list(dict.fromkeys(each for each in found if "/letters/" in each))  # the last letter is linked to twice
    assert len(links) == 3
    assert "We were slow." in visitor.get(links[0]).words
    assert visitor.get(links[2]).heading == "We received your complaint"


def test_a_letter_of_another_complaint_is_not_found(
    app: Flask, visitor: Visitor, reference: str, office: Office
) -> None:
    other = office.submit(RECEIVED)
    (letter,) = office.letters(other)
    assert visitor.get(f"my-complaint/letters/{letter.id}").status == 404
    assert visitor.get("my-complaint/letters/nonsense").status == 404


def test_a_promise_stays_in_sight_until_it_is_done_even_when_the_case_is_closed(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference, remedies=(repair(date(2027, 2, 1), office.handler),))
    assert "Repair the gutter By Monday 1 February 2027" in on(visitor, clock, ANSWER_BY).words
    office.close(reference, date(2027, 1, 29))
    page = on(visitor, clock, date(2027, 2, 2))
    assert page.heading == "This complaint is closed"
    assert "Late: we promised it by Monday 1 February 2027" in page.words
    office.complete(reference, date(2027, 2, 3))
    assert "Done on Wednesday 3 February 2027" in on(visitor, clock, date(2027, 2, 3)).words


def test_what_they_told_us_is_there_in_their_own_words(visitor: Visitor, reference: str) -> None:
    page = visitor.get("my-complaint/what-you-told-us")
    assert "The bedroom wall is damp. I told you in March." in page.words
    assert "Letters in large print" in page.words
    assert not [
        each for each in page.main.iter("a") if "complain/" in each.get("href", "") and "my-" not in each.get("href")
    ]


def test_stage_2_is_one_press_and_needs_no_reason(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference)
    assert "Ask for stage 2" in on(visitor, clock, ANSWER_BY).words
    assert visitor.post("my-complaint/stage-2").location == "/ids/my-complaint/stage-2/received"
    case = office.case(reference).case
    assert (case.stage, case.escalation.requested_on, case.escalation.words) == (Stage.TWO, ANSWER_BY, "")
    page = visitor.get("my-complaint/stage-2/received")
    assert page.heading == "We have received your request for stage 2"
    assert "Thursday 14 January 2027" in page.words  # five working days (IDS 6.3.2)
    again = visitor.post("my-complaint/stage-2", {"words": "Twice."})
    assert again.location == "/ids/my-complaint/stage-2/received"
    assert office.case(reference).case.escalation.words == ""


def test_words_are_kept_as_they_were_written(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference)
    on(visitor, clock, ANSWER_BY)
    words = "You left out the <b>window</b>.\r\n{{ 7*7 }}\0"
    visitor.post("my-complaint/stage-2", {"words": words})
    assert office.case(reference).case.escalation.words == "You left out the <b>window</b>.\n{{ 7*7 }}"
    assert "{{ 7*7 }}" in visitor.get("my-complaint/what-you-told-us").words


@pytest.mark.parametrize(
    ("landlord", "flags"),
    [
        ("hs", {Flag.LATE_ESCALATION}),  # one month (HS 7.6)
        ("ivh", {Flag.LATE_ESCALATION, Flag.NO_REASONS}),  # ten working days, with reasons (IVH 5.1)
        ("ids", set()),  # no window
    ],
)
def test_a_late_request_without_reasons_is_received_and_flagged(
    app: Flask, database: Database, clock: StoppedClock, landlord: str, flags: set[Flag]
) -> None:
    visitor, theirs = Visitor(app, landlord), Office(database, landlord)
    reference, _code = visitor.complain()
    answered(theirs, reference)
    page = on(visitor, clock, LONG_AFTER, "my-complaint/stage-2")
    assert ("You can still ask now" in page.words) == bool(flags)
    assert visitor.post("my-complaint/stage-2").status == 303
    case = theirs.case(reference).case
    assert case.stage is Stage.TWO
    assert set(case.escalation.flags) == flags


def test_too_many_words_are_not_lost(visitor: Visitor, reference: str, office: Office, clock: StoppedClock) -> None:
    answered(office, reference)
    on(visitor, clock, ANSWER_BY)
    page = visitor.post("my-complaint/stage-2", {"words": "y" * 60_000})
    assert (page.status, list(page.errors)) == (422, ["#words"])
    assert page.value("words") == "y" * 60_000


def test_stage_2_cannot_be_asked_for_before_the_answer(visitor: Visitor, reference: str, office: Office) -> None:
    assert "when you have our stage 1 answer" in visitor.get("my-complaint/stage-2").words
    assert visitor.post("my-complaint/stage-2").status == 422
    assert office.case(reference).case.stage is Stage.ONE
    assert visitor.get("my-complaint/stage-2/received").location == "/ids/my-complaint/stage-2"


def test_every_page_of_a_visit_says_until_when_it_is_open(
    visitor: Visitor, reference: str, clock: StoppedClock
) -> None:
    clock.move_to(datetime.combine(ANSWER_BY, time(10, 5), LONDON))
    visitor.open(reference, visitor.credentials[1])
    for path in ("my-complaint", "my-complaint/stage-2", "my-complaint/files", "my-complaint/make-it-easier"):
        assert "at 11:05am. After that, enter your reference and code again." in visitor.get(path).words, path
    visitor.post("sign-out")
    assert "enter your reference and code again" not in visitor.get("track").words


def test_words_survive_the_end_of_the_hour(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference)
    on(visitor, clock, ANSWER_BY)
    code = visitor.credentials
    clock.move_to(datetime.combine(ANSWER_BY, time(12), LONDON))
    page = visitor.post("my-complaint/stage-2", {"words": "You left out the window."})
    assert page.value("words") == "You left out the window."
    again = visitor.post("track", {"reference": code[0], "code": code[1], "words": page.value("words")})
    assert (again.status, again.heading) == (200, "Ask for stage 2")
    assert again.value("words") == "You left out the window."
    assert office.case(reference).case.stage is Stage.ONE


@pytest.mark.parametrize(
    ("what", "heading", "words"),
    [
        ("decline", "We have not accepted this as a complaint", "Housing Ombudsman now"),
        ("withdraw", "This complaint was withdrawn", "make a new complaint"),
    ],
)
def test_a_complaint_that_ended_says_what_that_means(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock, what: str, heading: str, words: str
) -> None:
    getattr(office, what)(reference, MONDAY)
    page = on(visitor, clock, LONG_AFTER)
    assert page.heading == heading
    assert words in page.words
    assert MISSED not in page.words
    assert "Ask for stage 2" not in page.words


def test_the_final_answer_leads_to_the_ombudsman(
    visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    answered(office, reference)
    office.escalate(reference, ANSWER_BY)
    office.assign(reference, ANSWER_BY)
    office.acknowledge(reference, ANSWER_BY)
    office.answer(reference, date(2027, 1, 20))
    page = on(visitor, clock, date(2027, 1, 20))
    assert page.heading == "We have given you our final answer"
    assert "within 12 months" in page.words
    assert "Ask for stage 2" not in page.words


def test_the_page_takes_three_statements_however_long_the_history(
    app: Flask, visitor: Visitor, reference: str, office: Office, clock: StoppedClock
) -> None:
    with statements(app) as short:
        visitor.get("my-complaint")
    answered(office, reference)
    on(visitor, clock, ANSWER_BY)
    with statements(app) as long:
        visitor.get("my-complaint")
    assert (len(short), len(long)) == (3, 3)


def test_who_waits_for_a_late_answer_is_told_how_often_they_hear_from_us(
    visitor: Visitor, office: Office, clock: StoppedClock, reference: str
) -> None:
    acknowledged(office, reference)
    late = date(2027, 1, 8)
    assert "how often we tell you how it stands" not in on(visitor, clock, ANSWER_BY).words
    assert "how often we tell you how it stands" in on(visitor, clock, late).words
    named = {"every_working_days": 3, "agreed_on": late, "channel": "phone", "on": late}
    office.do(agree_updates, office.lead, reference, **named)
    # Three working days after Friday 8 January.
    page = on(visitor, clock, late)
    assert "we tell you every 3 working days how it stands" in page.words
    assert "You hear from us next by Wednesday 13 January 2027." in page.words
    missed = on(visitor, clock, date(2027, 1, 14))
    assert "We should have told you by Wednesday 13 January 2027. We are sorry." in missed.words
    office.do(answer_message, office.lead, reference, words="The surveyor comes on Friday.", on=date(2027, 1, 14))
    assert "You hear from us next by Tuesday 19 January 2027." in on(visitor, clock, date(2027, 1, 14)).words


def test_every_letter_has_a_title_on_the_page_of_whoever_gets_it() -> None:
    assert set(LETTERS) == set(LetterKind)
