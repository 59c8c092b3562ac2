"""What is due in a case, and by when: its deadlines, what is owed next, and the limits that passed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from portal.domain import (
    acknowledging,
    events,
)
from portal.domain.case import ACKNOWLEDGE, BEGINS, RESPOND, Case, Rules
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown_alone
from portal.domain.events import Stage
from portal.domain.lifecycle import Status
from portal.domain.policy import Basis, Happening, Key, SentBy


@dataclass(frozen=True, slots=True)
class Due:
    """What the landlord owes next, and on which day at the latest."""

    key: Key
    on: date
    deadline: Deadline
    extended: bool = False

    def missed(self, today: date) -> bool:
        """A limit lasts to the end of its day."""
        return today > self.on


def facts_of(case: Case) -> Facts:
    """What the deadlines of a case are counted from: of several complaints in one, the first acknowledgement."""
    first, second = case.stages[Stage.ONE], case.stages.get(Stage.TWO)
    own = first.acknowledged.acknowledged_on if first.acknowledged else None
    acknowledged = (own, *(each.acknowledged_on for each in case.taken_in))
    return Facts(
        received=first.started_on,
        acknowledged=min((day for day in acknowledged if day and day >= first.started_on), default=None),
        responded=first.response.sent_on if first.response else None,
        escalated=second.started_on if second else None,
        stage_2_acknowledged=second.acknowledged.acknowledged_on if second and second.acknowledged else None,
        sent_by=first.response.sent_by if first.response else SentBy.EMAIL,
    )


def deadlines_of(case: Case, rules: Rules) -> tuple[Deadline, ...]:
    """Every date of the case, policy and Code side by side."""
    every = all_deadlines(rules.policy, rules.code, rules.calendar, facts_of(case))
    return tuple(_as_directed(case, each) for each in every)


def shown_deadline(case: Case, rules: Rules, key: Key) -> Deadline:
    """The date of that key that the resident is shown."""
    return _as_directed(case, shown_alone(rules.policy, rules.code, rules.calendar, facts_of(case), key))


def _as_directed(case: Case, deadline: Deadline) -> Deadline:
    """A limit says what it counts from: of a stage that the Ombudsman opened, their own word for it."""
    stage = BEGINS.get(deadline.counted_from)
    record = case.stages.get(stage) if stage else None
    return replace(deadline, counted_from=Happening.DIRECTED) if record and record.directed else deadline


def next_due(case: Case, rules: Rules) -> Due | None:
    """What the landlord owes next: the earlier of policy and Code, or the date of an extension.

    None where nothing is owed: answered, declined, withdrawn or closed.
    """
    if not case.is_open:
        return None
    if case.status is Status.RECEIVED:
        deadline = shown_deadline(case, rules, ACKNOWLEDGE[case.stage])
        return Due(deadline.key, case.kept_to(deadline.key, deadline.due), deadline)
    deadline = shown_deadline(case, rules, RESPOND[case.stage])
    due = case.now.answer_due(deadline.due)
    return Due(deadline.key, case.kept_to(deadline.key, due), deadline, extended=due != deadline.due)


def next_owed(case: Case, rules: Rules) -> Due | None:
    """The same with an acknowledgement that is written and cannot go yet: it is still owed."""
    due = next_due(case, rules)
    if due is None or not acknowledging.waits(case):
        return due
    deadline = shown_deadline(case, rules, ACKNOWLEDGE[case.stage])
    written = Due(deadline.key, case.kept_to(deadline.key, deadline.due), deadline)
    return min(written, due, key=lambda each: each.on)


def missed_limits(case: Case, rules: Rules, on: date) -> tuple[events.LimitMissed, ...]:
    """The limits that passed before `on`, are still owed, and are not yet on record.

    An extension told in time replaces the original limit on both bases. Limits that rest on an
    event that has not happened are not counted: the event that is missing is itself late.
    """
    if not case.is_open:
        return ()
    owed = [
        events.LimitMissed(key=each.key, basis=each.basis, due=_last_day(case, each))
        for each in deadlines_of(case, rules)
        if each.key in _owed(case) and not each.assumes
    ]
    return tuple(each for each in owed if each.due < on and (each.key, each.basis) not in case.missed)


def _last_day(case: Case, deadline: Deadline) -> date:
    """Of our own policy no later than what a letter told: a bank holiday moves the Code's limit, and not our word."""
    due = case.now.answer_due(deadline.due) if deadline.key is RESPOND[case.stage] else deadline.due
    return case.kept_to(deadline.key, due) if deadline.basis is Basis.POLICY else due


def _owed(case: Case) -> tuple[Key, ...]:
    """What is still to be done at this stage. An answer that counts from receipt can be late before we acknowledge."""
    answer = RESPOND[case.stage]
    not_given = case.status is Status.RECEIVED or acknowledging.waits(case)
    return (ACKNOWLEDGE[case.stage], answer) if not_given else (answer,)
