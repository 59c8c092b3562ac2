"""The dates of real and likely cases come out of complaints that people drive through the actions.

The table is that of `tests/domain/test_deadlines.py`, where each date has its weekday and its source.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter

import pytest

from portal.domain.deadlines import shown
from portal.domain.events import ExtensionReason, Flag, ReplyBy, Stage
from portal.domain.owed import deadlines_of, missed_limits, next_due
from portal.domain.policy import Basis, Key, LetterKind
from portal.domain.refusal import Refused
from portal.records.database import Database
from portal.records.history import CaseFile
from tests.actions.office import Office
from tests.domain.test_deadlines import CASES, SHOWN


def day(told: str) -> date:
    """`Mon 2026-02-02` as a date."""
    return date.fromisoformat(told.rsplit(maxsplit=1)[-1])


def driven(office: Office, facts: dict[str, str]) -> CaseFile:
    """The complaint in which these things happened on these days, and nothing after them."""
    days = {name: day(told) for name, told in facts.items() if name != "sent_by"}
    received = days["received"]
    reply_by = ReplyBy.POST if facts.get("sent_by") == "post" else ReplyBy.EMAIL
    reference = office.submit(received, reply_by=reply_by)
    office.assign(reference, received)
    if {"acknowledged", "responded"} & set(days):
        # Nothing can be answered unacknowledged; where no day is given, no date of the table rests on it.
        office.acknowledge(reference, days.get("acknowledged", received))
    if "responded" in days:
        office.answer(reference, days["responded"])
    if "escalated" in days:
        office.escalate(reference, days["escalated"])
    if "stage_2_acknowledged" in days:
        office.assign(reference, days["escalated"])
        office.acknowledge(reference, days["stage_2_acknowledged"])
    return office.case(reference)


# Each complaint once, with all of its dates: to drive it takes longer than to count them.
BY_COMPLAINT = [(case, [row[1:] for row in rows]) for case, rows in groupby(sorted(CASES, key=repr), itemgetter(0))]


@pytest.mark.parametrize(
    ("case", "dates"),
    BY_COMPLAINT,
    ids=[f"{landlord} {'-'.join(facts)} {facts['received']}" for (landlord, facts), _ in BY_COMPLAINT],
)
def test_the_dates_of_a_complaint(
    database: Database, case: tuple[str, dict[str, str]], dates: list[tuple[Key, str, str]]
) -> None:
    landlord, facts = case
    file = driven(Office(database, landlord), facts)
    deadlines = deadlines_of(file.case, file.rules)
    due = {(each.key, each.basis.value): each.due for each in deadlines}
    due |= {(key, SHOWN): each.due for key, each in shown(deadlines).items()}
    assert [(key, basis, f"{due[key, basis]:%a %Y-%m-%d}") for key, basis, _ in dates] == dates


@pytest.fixture
def ids(database: Database) -> Office:
    return Office(database, "ids")


class TestAnExtension:
    """Received on Monday 2 February 2026, acknowledged on Thursday the 5th, so due on Thursday the 19th."""

    def acknowledged(self, office: Office) -> str:
        return office.acknowledged(date(2026, 2, 2), date(2026, 2, 5))

    def test_told_before_the_limit_with_a_reason(self, ids: Office) -> None:
        reference = self.acknowledged(ids)
        ids.extend(reference, date(2026, 2, 17), date(2026, 3, 5))
        letter = ids.letters(reference)[-1]
        assert letter.kind is LetterKind.EXTENSION
        assert "5 March 2026" in letter.body
        assert "Ombudsman" in letter.body
        ids.answer(reference, date(2026, 3, 5))
        assert not ids.case(reference).case.missed

    def test_beyond_ten_days_with_a_good_reason_and_agreed_updates(self, ids: Office) -> None:
        reference = self.acknowledged(ids)
        beyond, told = date(2026, 3, 9), date(2026, 2, 17)
        with pytest.raises(Refused):
            ids.extend(reference, told, beyond)
        with pytest.raises(Refused):
            ids.extend(reference, told, beyond, good_reason="The roof is unsafe.")
        good = {"good_reason": "The roof is unsafe.", "update_every_working_days": 5, "agreed": True}
        ids.extend(reference, told, beyond, reason=ExtensionReason.SAFETY_INVESTIGATION, **good)
        assert ids.case(reference).case.now.extensions[0].beyond_cap

    def test_told_a_day_late_it_is_refused_and_the_miss_is_on_record(self, ids: Office) -> None:
        reference = self.acknowledged(ids)
        with pytest.raises(Refused, match="19 February 2026"):
            ids.extend(reference, date(2026, 2, 20), date(2026, 3, 5))
        assert ids.notice_missed(date(2026, 2, 20)) == 1
        assert set(ids.case(reference).case.missed) == {
            (Key.RESPOND_STAGE_1, Basis.POLICY),
            (Key.RESPOND_STAGE_1, Basis.CODE),
        }

    def test_without_the_agreement_that_a_policy_asks_for(self, database: Database) -> None:
        office = Office(database, "ivh")
        reference = self.acknowledged(office)
        with pytest.raises(Refused, match="agreement"):
            office.extend(reference, date(2026, 2, 17), date(2026, 2, 26), agreed=False)
        office.extend(reference, date(2026, 2, 17), date(2026, 2, 26), agreed=True)


# Answered by email on Friday 1 August 2025, or on Friday 31 January 2025.
@pytest.mark.parametrize(
    ("landlord", "answered", "asked", "words", "flags"),
    [
        ("ivh", "2025-08-01", "2025-08-26", "", {Flag.LATE_ESCALATION, Flag.NO_REASONS}),
        ("ivh", "2025-08-01", "2025-08-15", "The roof still leaks.", set()),
        ("hs", "2025-01-31", "2025-03-03", "", {Flag.LATE_ESCALATION}),
        ("hs", "2025-01-31", "2025-02-28", "", set()),
        ("ids", "2025-01-31", "2025-12-03", "", set()),
    ],
)
def test_a_late_request_without_reasons_is_received_and_flagged(
    database: Database, landlord: str, answered: str, asked: str, words: str, flags: set[Flag]
) -> None:
    office = Office(database, landlord)
    sent_on = date.fromisoformat(answered)
    reference = office.answered(date.fromordinal(sent_on.toordinal() - 4), sent_on)
    office.escalate(reference, date.fromisoformat(asked), words=words)
    file = office.case(reference)
    assert file.case.stage is Stage.TWO
    assert set(file.case.flags) == flags
    assert next_due(file.case, file.rules) is not None


def test_who_takes_stage_2_where_the_senior_team_answered_stage_1(ids: Office) -> None:
    senior, same_rank, corporate = ids.another("smt"), ids.another("smt"), ids.another("cmt")
    reference = ids.submit(date(2026, 6, 10))
    ids.assign(reference, date(2026, 6, 10), to=senior)
    ids.acknowledge(reference, date(2026, 6, 15))
    ids.answer(reference, date(2026, 6, 29), actor=senior)
    ids.escalate(reference, date(2026, 7, 2))
    for blocked in (senior, same_rank):
        with pytest.raises(Refused):
            ids.assign(reference, date(2026, 7, 2), to=blocked)
    ids.assign(reference, date(2026, 7, 2), to=corporate)
    assert ids.case(reference).case.handler_id == corporate.user_id


def test_a_board_member_who_is_named_reviews_nothing(database: Database) -> None:
    office = Office(database, "ih")
    reference = office.submit(date(2026, 6, 10))
    office.name(reference, date(2026, 6, 10), office.handler.user_id)
    with pytest.raises(Refused, match="named in the complaint"):
        office.assign(reference, date(2026, 6, 10))


def test_complaints_over_christmas_2022_are_missed_on_the_day_after_each_limit(database: Database) -> None:
    # Received on Monday 19 December 2022: acknowledge by Wednesday the 28th, as 26 and 27 December are holidays.
    office = Office(database, "ms")
    reference = office.submit(date(2022, 12, 19))
    assert office.notice_missed(date(2022, 12, 28)) == 0
    file = office.case(reference)
    assert {each.due for each in missed_limits(file.case, file.rules, date(2022, 12, 29))} == {date(2022, 12, 28)}
    assert office.notice_missed(date(2022, 12, 29)) == 1
