"""A resident can check a date from its words alone."""

import re
from datetime import date

import pytest

from portal import landlords
from portal.domain.deadlines import Deadline, Facts, all_deadlines
from portal.domain.events import DeadlineExtended, ExtensionReason, Stage
from portal.domain.explanation import explain
from portal.domain.extension import why_new_date
from portal.domain.policy import Basis, Key, SentBy


def deadline(landlord: str, key: Key, basis: Basis = Basis.POLICY, **days: object) -> Deadline:
    facts = Facts(**days)  # type: ignore[arg-type]
    policy = landlords.policy_for(landlord, facts.received)
    every = all_deadlines(policy, landlords.the_code(), landlords.calendar_for(landlord), facts)
    return next(found for found in every if (found.key, found.basis) == (key, basis))


def test_working_days_name_the_holidays_left_out() -> None:
    respond = deadline("ids", Key.RESPOND_STAGE_1, received=date(2026, 12, 22), acknowledged=date(2026, 12, 23))
    assert explain(respond, "IDS") == (
        "We count 10 working days from Wednesday 23 December 2026, the day we acknowledged your complaint "
        "(told you how we understand it). That day itself does not count. "
        "We do not count Saturdays, Sundays or bank holidays: Friday 25 December "
        "(Christmas Day), Monday 28 December (Boxing Day, moved) and Friday 1 January (New Year's Day). "
        "Day 10 is Monday 11 January 2027. The rule is in our complaints policy (IDS 6.2.3)."
    )


def test_calendar_days_say_that_every_day_counts() -> None:
    acknowledge = deadline("ivh", Key.ACKNOWLEDGE_STAGE_1, received=date(2024, 2, 12))
    assert explain(acknowledge, "IVH") == (
        "We count 5 days from Monday 12 February 2024, the day we received your complaint. "
        "That day itself does not count. "
        "Every day counts, weekends and bank holidays too. Day 5 is Saturday 17 February 2024. "
        "The rule is in our complaints policy (IVH 5.1 Acknowledgment)."
    )


def test_a_date_that_rests_on_something_still_to_come_says_so() -> None:
    respond = deadline("ids", Key.RESPOND_STAGE_1, Basis.CODE, received=date(2026, 9, 1))
    assert explain(respond, "IDS") == (
        "This is the date if we acknowledge your complaint (tell you how we understand it) on the last day we "
        "may, Tuesday 8 September 2026. "
        "We count 10 working days from Tuesday 8 September 2026. That day itself does not count. "
        "We do not count Saturdays, Sundays or bank holidays. Day 10 is Tuesday 22 September 2026. "
        "The rule is in the Housing Ombudsman's Complaint Handling Code (Code 6.3)."
    )


def test_a_window_of_a_month_is_the_residents_own_and_runs_on() -> None:
    window = deadline("hs", Key.ASK_FOR_STAGE_2, received=date(2025, 3, 17), responded=date(2025, 4, 3))
    assert explain(window, "Housing Services") == (
        "Housing Services gives you 1 month to ask for stage 2, counted from Thursday 3 April 2025, "
        "the day we sent our stage 1 response. The last day is Tuesday 6 May 2025. Your time runs on over "
        "Saturday 3 May, Sunday 4 May and Monday 5 May (Early May bank holiday), so that it ends on a working "
        "day. The rule is in our complaints policy (HS 7.6 Stage 1)."
    )


def test_a_letter_by_post_says_when_it_is_taken_to_arrive() -> None:
    window = deadline(
        "ivh",
        Key.ASK_FOR_STAGE_2,
        received=date(2025, 7, 14),
        responded=date(2025, 8, 1),
        sent_by=SentBy.POST,
    )
    words = explain(window, "IVH")
    assert "counted from Tuesday 5 August 2025, the day our stage 1 response reaches you" in words
    assert "a letter on the second working day after it is posted" in words


@pytest.mark.parametrize("landlord", landlords.keys())
def test_every_date_names_its_day_and_its_rule(landlord: str) -> None:
    facts = Facts(date(2026, 12, 22))
    policy = landlords.policy_for(landlord, facts.received)
    for each in all_deadlines(policy, landlords.the_code(), landlords.calendar_for(landlord), facts):
        words = explain(each, landlord)
        assert f"{each.due:%A} {each.due.day} {each.due:%B %Y}" in words
        assert words.endswith(f"({policy.cited(each.rule)}).")
        assert not re.search(r"\bL\d", words), "a line of the text says nothing to a resident"
        assert "  " not in words
        assert ".." not in words


def test_a_new_date_is_counted_from_the_one_that_it_replaces() -> None:
    given = DeadlineExtended(
        stage=Stage.ONE,
        told_on=date(2026, 12, 17),
        old_due=date(2026, 12, 24),
        new_due=date(2027, 1, 4),
        reason=ExtensionReason.INSPECTION_BOOKED,
    )
    assert why_new_date(given, landlords.rules_for("ms", date(2026, 12, 10))) == (
        "We count 4 working days from Thursday 24 December 2026, the date that it replaces. That day itself does not "
        "count. We do not count Saturdays, Sundays or bank holidays: Friday 25 December (Christmas Day), Monday 28 "
        "December (Boxing Day, moved) and Friday 1 January (New Year's Day). Day 4 is Monday 4 January 2027. "
        "The rule is in our complaints policy (“Investigation”, second point)."
    )


@pytest.mark.parametrize("landlord", landlords.keys())
def test_a_rule_for_more_time_that_a_policy_lacks_is_the_codes(landlord: str) -> None:
    given = DeadlineExtended(
        stage=Stage.ONE,
        told_on=date(2026, 3, 2),
        old_due=date(2026, 3, 5),
        new_due=date(2026, 3, 6),
        reason=ExtensionReason.INSPECTION_BOOKED,
    )
    words = why_new_date(given, landlords.rules_for(landlord, date(2026, 2, 16)))
    assert words.startswith("We count 1 working day from Thursday 5 March 2026")
    assert ("Complaint Handling Code (Code 6.4, 6.5)" in words) is (landlord == "hs")
