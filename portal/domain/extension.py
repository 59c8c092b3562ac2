"""More time: how much, told when, and what it costs to ask for more (Code 5.9, 6.4, 6.15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.case import EXTENDED, Case, Rules
from portal.domain.deadlines import Deadline, shown
from portal.domain.directed import BY_THE_OMBUDSMAN
from portal.domain.events import DeadlineExtended, ExtensionReason
from portal.domain.explanation import explain_more_time
from portal.domain.lifecycle import ONLY_WHEN_ACKNOWLEDGED, Status
from portal.domain.owed import deadlines_of, next_due
from portal.domain.refusal import Refused
from portal.domain.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What a handler asks for. `update_every_working_days` is agreed with the resident (Code 5.9)."""

    new_due: date
    reason: ExtensionReason
    explanation: str
    good_reason: str = ""
    update_every_working_days: int | None = None
    agreed: bool = False


def longest(case: Case, rules: Rules) -> Deadline:
    """The latest new date that needs no good reason: the earlier of policy and Code."""
    return shown(deadlines_of(case, rules))[EXTENDED[case.stage]]


def needs_good_reason(case: Case, rules: Rules, new_due: date) -> bool:
    """Beyond the longest ordinary extension, or for the second time at this stage."""
    return new_due > longest(case, rules).due or bool(case.now.extensions)


def why_new_date(given: DeadlineExtended, rules: Rules) -> str:
    """How the new date was counted, in words that a resident can check."""
    rule = rules.terms_at(given.stage).extension_rule or rules.code_terms_at(given.stage).extension_rule or ""
    return explain_more_time(given.old_due, given.new_due, rules.calendar, rules.policy.cited(rule))


def check_extension(case: Case, rules: Rules, wanted: Extension, told_on: date) -> None:
    """Raise `Refused` where this extension may not be given on `told_on`."""
    due = next_due(case, rules)
    if due is None or case.status is not Status.ACKNOWLEDGED:
        raise Refused(ONLY_WHEN_ACKNOWLEDGED)
    if due.missed(told_on):
        raise Refused(
            say(
                "The limit passed on %(day)s. An extension must be told before the limit (Code 6.4). "
                "Answer as soon as you can; the missed limit stays on record.",
                day=due.on,
            )
        )
    if wanted.new_due <= due.on:
        raise Refused(say("The new date must be after %(day)s, the date it replaces", day=due.on), "new_due")
    by_the_ombudsman = case.now.held_to.get(BY_THE_OMBUDSMAN)
    if by_the_ombudsman and wanted.new_due > by_the_ombudsman:
        raise Refused(say("The Ombudsman wants the answer by %(day)s", day=by_the_ombudsman), "new_due")
    if not rules.calendar.covers(wanted.new_due):
        raise Refused(say("The new date must be before %(year)s", year=str(rules.calendar.last.year + 1)), "new_due")
    if not rules.calendar.is_working_day(wanted.new_due):
        raise Refused("The new date must be a working day", "new_due")
    if not wanted.explanation.strip():
        raise Refused("Explain to the resident why more time is needed (Code 6.4)", "explanation")
    _check_agreement(case, rules, wanted)
    if needs_good_reason(case, rules, wanted.new_due):
        _check_good_reason(case, rules, wanted)


def _check_agreement(case: Case, rules: Rules, wanted: Extension) -> None:
    terms = rules.terms_at(case.stage)
    if terms.extension_needs_agreement and not wanted.agreed:
        where = rules.policy.cited(terms.extension_rule or "")
        raise Refused(say("The policy needs the resident's agreement to the new date (%(rule)s)", rule=where), "agreed")


def _check_good_reason(case: Case, rules: Rules, wanted: Extension) -> None:
    limit = longest(case, rules)
    if not wanted.good_reason.strip():
        if wanted.new_due <= limit.due:
            raise Refused(
                say("Give the good reason for a second extension (%(rule)s)", rule=limit.cited), "good_reason"
            )
        raise Refused(
            say("Give the good reason for a date after %(day)s (%(rule)s)", day=limit.due, rule=limit.cited),
            "good_reason",
        )
    if wanted.update_every_working_days is None:
        raise Refused("Say how often you agreed to update the resident (Code 5.9)", "update_every_working_days")
    if not wanted.agreed:
        raise Refused("Agree the updates and the new date with the resident first (Code 5.9)", "agreed")
