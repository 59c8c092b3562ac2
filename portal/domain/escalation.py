"""Asking for stage 2: when it can be asked for, and what a person should weigh afterwards."""

from __future__ import annotations

from datetime import date

from portal.domain.case import RESPOND, Case, Rules
from portal.domain.deadlines import shown
from portal.domain.events import Flag, Stage
from portal.domain.lifecycle import AWAITING_US, Status
from portal.domain.owed import deadlines_of
from portal.domain.permissions import Decision
from portal.domain.policy import Key


def can_ask_for_stage_2(case: Case, rules: Rules, on: date) -> Decision:
    """Whether stage 2 can be asked for on this day. Being late never stands in the way (Code 6.10, 6.12)."""
    if case.stage is Stage.TWO:
        return Decision(False, "This complaint is already at stage 2, which is the last stage.")
    if case.status in (Status.RESPONDED, Status.CLOSED):
        return Decision(True)
    if case.status in AWAITING_US and rules.policy.escalate_when_stage_1_late and _stage_1_late(case, rules, on):
        return Decision(True)
    if case.status in AWAITING_US:
        return Decision(False, "You can ask for stage 2 when you have our stage 1 answer.")
    return Decision(False, "This complaint has ended, so it cannot go to stage 2.")


def window_ends(case: Case, rules: Rules) -> date | None:
    """The last day of the landlord's own window, where its policy has one."""
    window = shown(deadlines_of(case, rules)).get(Key.ASK_FOR_STAGE_2)
    return window.due if window else None


def escalation_flags(case: Case, rules: Rules, words: str, on: date) -> tuple[Flag, ...]:
    """What a named person should weigh. None of these refuses the request."""
    ended = window_ends(case, rules)
    flags = []
    if case.status in AWAITING_US:
        flags.append(Flag.STAGE_1_UNANSWERED)
    elif ended is not None and on > ended:
        flags.append(Flag.LATE_ESCALATION)
    if rules.policy.asks_escalation_reasons and not words.strip():
        flags.append(Flag.NO_REASONS)
    return tuple(flags)


def _stage_1_late(case: Case, rules: Rules, on: date) -> bool:
    """The first date that was promised has passed, or was put off."""
    return bool(case.now.extensions) or on > shown(deadlines_of(case, rules))[RESPOND[Stage.ONE]].due
