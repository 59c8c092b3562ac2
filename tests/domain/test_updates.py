"""Past the Code's limit a case owes the resident word at the interval that was agreed (Code 5.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.domain.case import Case
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay
from portal.domain.events import DeadlineExtended, Event, ExtensionReason, LetterWritten, Recorded, Stage
from portal.domain.folding import after
from portal.domain.message_events import MessageSent
from portal.domain.permissions import Role
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ResidentCalled
from portal.domain.refusal import Refused
from portal.domain.update_events import UpdatesAgreed
from portal.domain.updates import agreed_interval, check_interval, code_limit, overrun, update_due
from tests.domain import cases

# IDS: received on Monday 1 June 2026, acknowledged on the 3rd, so that the Code's ten working days end on the 17th.
RECEIVED, ACKNOWLEDGED, LIMIT = date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 17)
RULES = cases.rules_of("ids", RECEIVED)
THURSDAY, FRIDAY = date(2026, 6, 18), date(2026, 6, 19)


def late(*more: Event) -> Case:
    return cases.case_of(cases.received(RECEIVED), cases.acknowledged(ACKNOWLEDGED), *more)


def agreed(on: date = THURSDAY, every: int = 5) -> Event:
    return UpdatesAgreed(stage=Stage.ONE, agreed_on=on, every_working_days=every, channel="phone")


def contact(**changes: Any) -> Event:
    said: dict[str, Any] = {
        "way": ContactWay.VISIT,
        "by": ContactBy.US,
        "contact_on": date(2026, 6, 24),
        "reached": True,
    }
    return ContactRecorded(**{**said, **changes})


def told(case: Case, event: Event, on: date) -> Case:
    """The case once this happened to it on that day."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return after(case, Recorded(number=9, at=at, by_role=Role.LEAD, by_id=1, event=event))


def extended(new_due: date, every: int | None = None) -> Event:
    return DeadlineExtended(
        stage=Stage.ONE,
        told_on=date(2026, 6, 15),
        old_due=LIMIT,
        new_due=new_due,
        reason=ExtensionReason.COMPLEX,
        beyond_cap=every is not None,
        update_every_working_days=every,
        agreed=True,
    )


def test_the_answer_is_outside_the_codes_time_on_the_day_after_its_limit() -> None:
    assert code_limit(late(), RULES) == LIMIT
    assert not overrun(late(), RULES, LIMIT)
    assert overrun(late(), RULES, THURSDAY)


def test_where_nothing_is_agreed_it_is_due_on_the_first_working_day_after_the_limit() -> None:
    assert update_due(late(), RULES) == THURSDAY
    assert agreed_interval(late()) is None


def test_an_extension_in_time_moves_the_limit_and_may_say_how_often() -> None:
    in_time = late(extended(date(2026, 7, 1)))
    assert not overrun(in_time, RULES, THURSDAY)
    assert update_due(in_time, RULES) == date(2026, 7, 2)
    beyond = late(extended(date(2026, 7, 8), every=3))
    # Told on Monday 15 June.
    assert update_due(beyond, RULES) == THURSDAY


def test_the_next_update_is_counted_in_working_days_from_the_agreement() -> None:
    # Friday, Monday, Tuesday, Wednesday, Thursday 25 June.
    assert update_due(late(agreed()), RULES) == date(2026, 6, 25)


@pytest.mark.parametrize(
    ("event", "due"),
    [
        (MessageSent(read_to=0, words="The surveyor comes on Tuesday."), date(2026, 7, 1)),
        (MessageSent(read_to=0, representative=1, words="The same."), date(2026, 7, 1)),
        (ResidentCalled(letter_id="1", called_on=date(2026, 6, 24), reached=True), date(2026, 7, 1)),
        (LetterWritten(letter_id="1", letter=LetterKind.EXTENSION, digest="0"), date(2026, 7, 1)),
        (ResidentCalled(letter_id="1", called_on=date(2026, 6, 24), reached=False), date(2026, 6, 25)),
        (contact(), date(2026, 7, 1)),
        (contact(reached=False), date(2026, 6, 25)),
        (contact(representative=1), date(2026, 6, 25)),
        (contact(somebody="The contractor"), date(2026, 6, 25)),
        (LetterWritten(letter_id="1", letter=LetterKind.LIMIT_MISSED, digest="0"), date(2026, 6, 25)),
        (LetterWritten(letter_id="1", letter=LetterKind.CODE_SLIP, digest="0"), date(2026, 6, 25)),
    ],
)
def test_word_from_somebody_resets_it_and_what_goes_by_itself_does_not(event: Event, due: date) -> None:
    assert update_due(told(late(agreed()), event, date(2026, 6, 24)), RULES) == due


def test_what_was_agreed_last_counts_and_only_at_its_stage() -> None:
    assert update_due(late(agreed(), agreed(FRIDAY, every=1)), RULES) == date(2026, 6, 22)
    second = late(agreed(), cases.answered(date(2026, 6, 29)), cases.escalated(date(2026, 7, 2)))
    assert agreed_interval(second) is None


def test_nothing_is_owed_once_it_is_answered() -> None:
    answered = late(agreed(), cases.answered(date(2026, 6, 29)))
    assert update_due(answered, RULES) is None
    assert not overrun(answered, RULES, date(2026, 7, 30))


def test_beyond_the_calendar_no_date_is_made_up() -> None:
    near_its_end = replace(RULES, calendar=replace(RULES.calendar, last=FRIDAY))
    assert update_due(late(agreed()), near_its_end) is None


@pytest.mark.parametrize(("every", "on"), [(0, THURSDAY), (61, THURSDAY), (5, FRIDAY)])
def test_what_cannot_have_been_agreed_is_refused(every: int, on: date) -> None:
    with pytest.raises(Refused):
        check_interval(every, on, THURSDAY)
