"""Asking for stage 2 is received whenever it is made; what a person should weigh is flagged."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.case import Case
from portal.domain.escalation import can_ask_for_stage_2, escalation_flags, window_ends
from portal.domain.events import ComplaintClosed, DeadlineExtended, Event, ExtensionReason, Flag, Stage
from portal.domain.policy import SentBy
from tests.domain import cases


def answered_case(landlord: str, sent_on: date, sent_by: SentBy = SentBy.EMAIL, *more: Event) -> Case:
    """Received and acknowledged a fortnight before the answer went."""
    start = date.fromordinal(sent_on.toordinal() - 14)
    return cases.case_of(
        cases.received(start),
        cases.acknowledged(start),
        cases.answered(sent_on, sent_by=sent_by),
        *more,
        landlord=landlord,
    )


@pytest.mark.parametrize(
    ("landlord", "sent_on", "sent_by", "ends"),
    [
        # IVH: 10 working days of receiving the answer: at once by email, or two working days later by post.
        ("ivh", date(2025, 8, 1), SentBy.EMAIL, date(2025, 8, 15)),
        ("ivh", date(2025, 8, 1), SentBy.POST, date(2025, 8, 19)),
        # HS: one calendar month, and January's last day ends in February's last day.
        ("hs", date(2025, 1, 31), SentBy.EMAIL, date(2025, 2, 28)),
        ("ids", date(2025, 8, 1), SentBy.EMAIL, None),
        ("ih", date(2025, 8, 1), SentBy.EMAIL, None),
        ("ms", date(2025, 8, 1), SentBy.EMAIL, None),
    ],
)
def test_the_landlords_own_window(landlord: str, sent_on: date, sent_by: SentBy, ends: date | None) -> None:
    case = answered_case(landlord, sent_on, sent_by)
    assert window_ends(case, cases.rules_of(landlord, case.received.received_on)) == ends


@pytest.mark.parametrize(
    ("landlord", "sent_on", "asked_on", "words", "flags"),
    [
        # Tuesday after a bank holiday, no reasons: late and without what this policy asks for, and received.
        ("ivh", date(2025, 8, 1), date(2025, 8, 26), "", (Flag.LATE_ESCALATION, Flag.NO_REASONS)),
        ("ivh", date(2025, 8, 1), date(2025, 8, 26), "It still leaks.", (Flag.LATE_ESCALATION,)),
        ("ivh", date(2025, 8, 1), date(2025, 8, 15), "", (Flag.NO_REASONS,)),
        ("ivh", date(2025, 8, 1), date(2025, 8, 15), "It still leaks.", ()),
        ("hs", date(2025, 1, 31), date(2025, 3, 3), "", (Flag.LATE_ESCALATION,)),
        ("hs", date(2025, 1, 31), date(2025, 2, 28), "", ()),
        ("ids", date(2025, 1, 31), date(2026, 1, 30), "", ()),
        ("ms", date(2025, 1, 31), date(2026, 1, 30), "", ()),
    ],
)
def test_late_or_silent_requests_are_flagged_and_received(
    landlord: str, sent_on: date, asked_on: date, words: str, flags: tuple[Flag, ...]
) -> None:
    case = answered_case(landlord, sent_on)
    rules = cases.rules_of(landlord, case.received.received_on)
    assert can_ask_for_stage_2(case, rules, asked_on)
    assert escalation_flags(case, rules, words, asked_on) == flags


def test_a_closed_stage_1_can_still_go_on() -> None:
    case = answered_case("ids", date(2026, 6, 1), SentBy.EMAIL, ComplaintClosed())
    assert can_ask_for_stage_2(case, cases.rules_of("ids", date(2026, 5, 18)), date(2026, 8, 1))


def test_stage_2_is_the_last_stage() -> None:
    case = answered_case("ids", date(2026, 6, 1), SentBy.EMAIL, cases.escalated(date(2026, 6, 2)))
    decision = can_ask_for_stage_2(case, cases.rules_of("ids", date(2026, 5, 18)), date(2026, 6, 3))
    assert not decision
    assert "last stage" in decision.reason


# IH answers within 14 days of receipt: by Wednesday 24 June 2026 here. Its text alone lets a resident go on when late.
@pytest.mark.parametrize(
    ("landlord", "on", "allowed"),
    [
        ("ih", date(2026, 6, 24), False),
        ("ih", date(2026, 6, 25), True),
        ("ids", date(2026, 12, 1), False),
        ("ivh", date(2026, 12, 1), False),
    ],
)
def test_before_the_answer_only_where_it_is_late_and_the_policy_says_so(landlord: str, on: date, allowed: bool) -> None:
    received = date(2026, 6, 10)
    case = cases.case_of(cases.received(received), cases.acknowledged(date(2026, 6, 11)), landlord=landlord)
    rules = cases.rules_of(landlord, received)
    assert bool(can_ask_for_stage_2(case, rules, on)) is allowed
    if allowed:
        assert Flag.STAGE_1_UNANSWERED in escalation_flags(case, rules, "", on)


def test_an_extension_counts_as_late_where_the_policy_lets_a_late_case_go_on() -> None:
    received = date(2026, 6, 10)
    more_time = DeadlineExtended(
        stage=Stage.ONE,
        told_on=date(2026, 6, 22),
        old_due=date(2026, 6, 24),
        new_due=date(2026, 7, 1),
        reason=ExtensionReason.COMPLEX,
    )
    case = cases.case_of(cases.received(received), cases.acknowledged(date(2026, 6, 11)), more_time, landlord="ih")
    assert can_ask_for_stage_2(case, cases.rules_of("ih", received), date(2026, 6, 23))
