"""A complaint on paper that is typed in days later has the dates and letters of one that came online on its day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from portal import landlords
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import ReplyBy
from portal.domain.owed import deadlines_of, next_due
from portal.domain.policy import Channel
from portal.records.database import Database
from portal.translation import day_in
from tests.actions.office import Office

# A week with nothing near it, Christmas, Easter with both its bank holidays, the end of a leap February, a Saturday
# and a Sunday.
DAYS = [
    date(2026, 11, 4),
    date(2026, 12, 22),
    date(2026, 4, 1),
    date(2028, 2, 28),
    date(2026, 11, 7),
    date(2026, 11, 8),
]
FORTNIGHT = [date(2026, 4, 27) + timedelta(days=each) for each in range(14)]
"""In May, whose first Monday is a bank holiday."""

LATER = timedelta(days=3)

day = partial(day_in, "en_GB")


def told(office: Office, reference: str) -> list[tuple[str, ...]]:
    """The letters, each with all that it says and promises and how it is made, but for its reference and its date."""
    return [
        (
            letter.kind,
            letter.subject.replace(reference, "REFERENCE"),
            letter.body.replace(reference, "REFERENCE").replace(day(letter.written_at.date()), "TODAY", 1),
            str(letter.promised_on),
            letter.channel,
            letter.to_address,
            str(letter.type_size),
        )
        for letter in office.letters(reference)
    ]


@pytest.mark.parametrize("landlord", landlords.keys())
def test_the_same_dates_and_the_same_letters(one_database: Database, landlord: str) -> None:
    office = Office(one_database, landlord)
    for came in DAYS:
        online, paper = both_ways(office, came)
        due = office.case(online).row.due_on
        for reference in (online, paper):
            office.assign(reference, came + LATER)
            office.acknowledge(reference, came + LATER)
            office.answer(reference, came + LATER + timedelta(days=2))
        ours = [office.case(each) for each in (online, paper)]
        assert deadlines_of(ours[0].case, ours[0].rules) == deadlines_of(ours[1].case, ours[1].rules)
        assert ours[1].case.received.received_on == came
        same_letters(told(office, online), told(office, paper), due, came + LATER, many=3)


@pytest.mark.parametrize("landlord", landlords.keys())
def test_the_same_first_dates_on_any_day_of_the_week(one_database: Database, landlord: str) -> None:
    office = Office(one_database, landlord)
    for came in FORTNIGHT:
        online, paper = both_ways(office, came)
        files = [office.case(each) for each in (online, paper)]
        assert deadlines_of(files[0].case, files[0].rules) == deadlines_of(files[1].case, files[1].rules)
        same_letters(told(office, online), told(office, paper), files[0].row.due_on, came + LATER, many=1)


def both_ways(office: Office, came: date) -> tuple[str, str]:
    """The same complaint online and on paper, typed in days later. What is due next is the same."""
    answers = {"reply_by": ReplyBy.POST, "adjustments": (Adjustment.LARGE_PRINT,), "adjustment_words": "18 point"}
    online = office.submit(came, **answers)
    colleague = office.colleague
    paper = office.submit(came + LATER, actor=colleague, received_on=came, channel=Channel.POST, **answers)
    files = [office.case(each) for each in (online, paper)]
    assert files[0].row.due_on == files[1].row.due_on
    assert next_due(files[0].case, files[0].rules) == next_due(files[1].case, files[1].rules)
    return online, paper


def same_letters(
    letters: list[tuple[str, ...]], typed: list[tuple[str, ...]], due: date | None, typed_in: date, *, many: int
) -> None:
    assert len(letters) == many
    if due is not None and due < typed_in:  # as with 24 hours: its receipt is sorry, and promises no day that is past
        assert f"We should have acknowledged your complaint by {day(due)}" in typed[0][2]
        letters, typed = letters[1:], typed[1:]
    assert typed == letters
