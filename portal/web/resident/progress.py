"""What a resident is told of their complaint: where it stands, every date, and what they can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.domain.case import ACKNOWLEDGE, RESPOND, Case, Rules
from portal.domain.deadlines import Deadline, shown
from portal.domain.escalation import can_ask_for_stage_2
from portal.domain.events import CodeRequested, Event, Recorded, Stage
from portal.domain.explanation import explain
from portal.domain.extension import why_new_date
from portal.domain.leading import letters_to
from portal.domain.lifecycle import Status
from portal.domain.owed import deadlines_of
from portal.domain.policy import Key, Landlord, LetterKind
from portal.domain.promises import promised
from portal.domain.remedies import Remedy
from portal.domain.saying import together
from portal.domain.updates import agreed_interval, overrun, update_due
from portal.web.wording import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Step:
    """One date: what is to happen, on which day at the latest, why that day, and whether it did."""

    key: Key
    what: Any
    due: date
    why: str
    done_on: date | None = None
    told: date | None = None
    late: bool = False
    owed: bool = True  # not what stage 1 never brought, once stage 2 has begun in its place

    @property
    def kept(self) -> bool:
        return self.done_on is not None and not self.late

    @property
    def to_come(self) -> bool:
        return self.done_on is None and self.owed


WHAT: Mapping[Key, Any] = {
    Key.ACKNOWLEDGE_STAGE_1: _l("We tell you how we have understood your complaint by"),
    Key.RESPOND_STAGE_1: _l("We answer your complaint by"),
    Key.ASK_FOR_STAGE_2: _l("You ask for stage 2 by, if you are not happy with our answer"),
    Key.ACKNOWLEDGE_STAGE_2: _l("We tell you how we have understood your request for stage 2 by"),
    Key.RESPOND_STAGE_2: _l("We give you our final answer by"),
}

STANDS: Mapping[tuple[Stage, Status], tuple[Any, Any]] = {
    (Stage.ONE, Status.RECEIVED): (
        _l("We have your complaint"),
        _l("Next, somebody reads it and tells you how we have understood it, so that you can correct us."),
    ),
    (Stage.ONE, Status.ACKNOWLEDGED): (
        _l("We are looking into your complaint"),
        _l("Next, we answer every point of it in a letter."),
    ),
    (Stage.ONE, Status.RESPONDED): (
        _l("We have answered your complaint"),
        _l("Our answer is in the letter below. If you are not happy with it, you can ask us to look again: stage 2."),
    ),
    (Stage.ONE, Status.DECLINED): (
        _l("We have not accepted this as a complaint"),
        _l("Our letter below says why. You can take our decision to the Housing Ombudsman now."),
    ),
    (Stage.ONE, Status.WITHDRAWN): (
        _l("This complaint was withdrawn"),
        _l(
            "We have stopped looking into it, because we were told that you no longer want an answer. "
            "If that is wrong, or if you change your mind, contact us or make a new complaint."
        ),
    ),
    (Stage.ONE, Status.CLOSED): (
        _l("This complaint is closed"),
        _l("We have answered it. What we promised to do stays open until it is done. You can still ask for stage 2."),
    ),
    (Stage.TWO, Status.RECEIVED): (
        _l("We have your request for stage 2"),
        _l("Next, somebody who did not deal with it before tells you how we have understood it."),
    ),
    (Stage.TWO, Status.ACKNOWLEDGED): (
        _l("We are looking at your complaint again"),
        _l("Next, somebody who did not deal with it before gives you our final answer."),
    ),
    (Stage.TWO, Status.RESPONDED): (
        _l("We have given you our final answer"),
        _l("It is in the letter below. If you are not happy with it, you can take it to the Housing Ombudsman."),
    ),
    (Stage.TWO, Status.DECLINED): (
        _l("We have not accepted this complaint for stage 2"),
        _l("Our letter below says why. You can take our decision to the Housing Ombudsman now."),
    ),
    (Stage.TWO, Status.WITHDRAWN): (
        _l("This complaint was withdrawn"),
        _l(
            "We have stopped looking into it, because we were told that you no longer want an answer. "
            "If that is wrong, contact us."
        ),
    ),
    (Stage.TWO, Status.CLOSED): (
        _l("This complaint is closed"),
        _l(
            "You have our final answer. What we promised to do stays open until it is done. If you are not happy with "
            "our answer, you can take it to the Housing Ombudsman."
        ),
    ),
}

LETTERS: Mapping[LetterKind, Any] = {
    LetterKind.RECEIPT: _l("We received your complaint"),
    LetterKind.ACKNOWLEDGEMENT: _l("How we have understood your complaint"),
    LetterKind.EXTENSION: _l("We need more time"),
    LetterKind.DECLINE: _l("Why we have not accepted this as a complaint"),
    LetterKind.RESPONSE_STAGE_1: _l("Our answer, stage 1"),
    LetterKind.RECEIPT_STAGE_2: _l("We received your request for stage 2"),
    LetterKind.ACKNOWLEDGEMENT_STAGE_2: _l("How we have understood your request for stage 2"),
    LetterKind.RESPONSE_STAGE_2: _l("Our final answer, stage 2"),
    LetterKind.DECLINE_STAGE_2: _l("Why we have not accepted your complaint for stage 2"),
    LetterKind.LIMIT_MISSED: _l("We missed a date"),
    LetterKind.WITHDRAWAL: _l("Your complaint was withdrawn"),
    LetterKind.CLOSING: _l("Your complaint is closed"),
    LetterKind.CODE_SLIP: _l("How to get a new code"),
    LetterKind.CODE_CHANGED: _l("Your code was changed"),
    LetterKind.ADJUSTMENT: _l("What you asked for to make this easier"),
    LetterKind.MESSAGE: _l("There was a message for you"),
    LetterKind.CONTACT_CHANGED: _l("How we reach you was changed"),
    LetterKind.REPRESENTATIVE_RECEIPT: _l("We received what you sent for somebody else"),
    LetterKind.REPRESENTATIVE_ENDED: _l("You act no more for somebody else"),
    LetterKind.WHO_ACTS: _l("Who may act for you"),
    LetterKind.MEMBER_JOINED: _l("You have joined the group"),
    LetterKind.PERSON_JOINED: _l("We know that this complaint is yours"),
    LetterKind.COMPLAINTS_JOINED: _l("Two complaints are one now"),
    LetterKind.MOVED_BY_JOINING: _l("Two complaints are one now"),
    LetterKind.JOINING_UNDONE: _l("This complaint goes on by itself again"),
    LetterKind.REFERRAL: _l("What we passed on to others"),
    LetterKind.LEAD_CHANGED: _l("Who leads your group"),
    LetterKind.LAW_LIMIT_MISSED: _l("We missed a date that the law sets"),
    LetterKind.DIRECTED: _l("What the Ombudsman told us"),
    LetterKind.REMEDY: _l("What we offer you"),
    LetterKind.CONTACT_RESTRICTED: _l("How you and we are in contact"),
    LetterKind.RESTRICTION_DECIDED: _l("How you and we are in contact: what was decided"),
}


CODES: Mapping[str, Any] = {
    "code_requested": _l("Somebody asked for a new code"),
    "person_joined": _l("You told us that this complaint is yours, and got a code"),
    "code_issued": _l("A new code was made, and the one before stopped working"),
}


MEMBERS_CODES: Mapping[str, Any] = {
    "member_code_requested": CODES["code_requested"],
    "member_code_issued": CODES["code_issued"],
}
"""The same for a member of a group."""


def is_about_own_code(event: Event) -> bool:
    """Whether its owner has to notice it: codes of those who act for them are not theirs."""
    return event.kind in CODES and not (isinstance(event, CodeRequested) and event.acting)


@dataclass(frozen=True, slots=True)
class Updates:
    """What a resident agreed to hear until a late answer comes (Code 5.9); empty where nothing is agreed yet."""

    every_working_days: int | None
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the page of a complaint says, worked out for one day."""

    heading: Any
    words: Any
    steps: tuple[Step, ...]
    next: Step | None  # what the landlord owes: the first that is not done, as `domain.case.next_due` has it
    handled_by: str | None
    can_ask_for_stage_2: bool
    window_over: bool
    promises: tuple[Remedy, ...]
    promise_late: bool
    letters: tuple[tuple[Recorded, Any], ...]
    updates: Updates | None
    codes: tuple[tuple[Recorded, Any], ...]  # who asked for a new code, and who got one: to be noticed by its owner

    @property
    def missed(self) -> Step | None:
        """The step that we owe and whose last day has passed."""
        return self.next if self.next and self.next.late else None


def progress_of(case: Case, rules: Rules, landlord: Landlord, recorded: tuple[Recorded, ...], today: date) -> Progress:
    """What the resident is told on `today`."""
    heading, words = STANDS[case.stage, case.status]
    all_steps = steps(case, rules, landlord, today)
    rank = case.now.handler_rank
    window = next((step for step in all_steps if step.key is Key.ASK_FOR_STAGE_2), None)
    return Progress(
        heading=heading,
        words=words,
        steps=all_steps,
        next=next((step for step in all_steps if step.to_come and step is not window), None),
        handled_by=landlord.rank_label(rank) if rank else None,
        can_ask_for_stage_2=bool(can_ask_for_stage_2(case, rules, today)),
        window_over=window is not None and today > window.due,
        # An apology is made by the letter itself: only what is to be done by a day is still to be watched.
        promises=tuple(each for each in case.remedies if each.terms.due),
        promise_late=any(each.overdue(today) for each in case.remedies),
        letters=letters_of(recorded, None),
        updates=updates_of(case, rules, today),
        codes=tuple(
            (each, CODES[each.event.kind])
            for each in recorded
            if is_about_own_code(each.event) and each.number > case.led_since
        ),
    )


def updates_of(case: Case, rules: Rules, today: date) -> Updates | None:
    """How often they hear from us until a late answer comes; None where it is not late and nothing was agreed."""
    interval = agreed_interval(case)
    if not case.is_open or not (interval or overrun(case, rules, today)):
        return None
    due = update_due(case, rules) if interval else None
    return Updates(interval.every_working_days if interval else None, due, due is not None and due < today)


def letters_of(recorded: tuple[Recorded, ...], member: int | None) -> tuple[tuple[Recorded, Any], ...]:
    """Each letter to the resident, or to the member of the group with this number, with what it is."""
    return tuple((each, LETTERS[each.event.letter]) for each in letters_to(recorded, member))


def steps(case: Case, rules: Rules, landlord: Landlord, today: date) -> tuple[Step, ...]:
    """The dates of every stage that the complaint has reached, in their order."""
    return tuple(_steps(case, rules, landlord, today))


def steps_ahead(case: Case, rules: Rules, landlord: Landlord, today: date) -> tuple[Step, ...]:
    """Those that are still to come: for a page that says what happens next."""
    return tuple(step for step in steps(case, rules, landlord, today) if step.to_come)


def _steps(case: Case, rules: Rules, landlord: Landlord, today: date) -> Iterator[Step]:
    dates = shown(deadlines_of(case, rules))
    for stage in case.stages:
        yield from _of_stage(case, stage, rules, dates, landlord.name, today)
    window = dates.get(Key.ASK_FOR_STAGE_2)
    if window and case.stage is Stage.ONE and case.now.response:
        yield Step(window.key, WHAT[window.key], window.due, explain(window, landlord.name))


def _of_stage(
    case: Case, stage: Stage, rules: Rules, dates: Mapping[Key, Deadline], landlord: str, today: date
) -> Iterator[Step]:
    """What was done at a stage, what is still owed, and what never came. Where a complaint ended, nothing more is."""
    record, owed = case.stages[stage], case.is_open and case.stage is stage
    never_came = stage is not case.stage
    acknowledge, answer = dates[ACKNOWLEDGE[stage]], dates[RESPOND[stage]]
    acknowledged_on = record.acknowledged.acknowledged_on if record.acknowledged else None
    answered_on = record.response.sent_on if record.response else None
    if acknowledged_on or owed or never_came:
        why, told = explain(acknowledge, landlord), promised(case, acknowledge.key, stage)
        due = case.kept_to(acknowledge.key, acknowledge.due)
        yield _step(acknowledge, due, why, acknowledged_on, told, today, owed=owed)
    if answered_on or owed or never_came:
        why = explain(answer, landlord)
        if record.extensions:
            latest = record.extensions[-1]
            why = together((latest.explanation, why, why_new_date(latest, rules)), between="\n\n")
        told = promised(case, answer.key, stage)
        due = case.kept_to(answer.key, record.extended_to or answer.due)
        yield _step(answer, due, why, answered_on, told, today, owed=owed)


def _step(
    deadline: Deadline, due: date, why: str, done_on: date | None, told: date | None, today: date, *, owed: bool
) -> Step:
    """A date that a letter told is compared only while it is still to come."""
    return Step(
        key=deadline.key,
        what=WHAT[deadline.key],
        due=due,
        why=why,
        done_on=done_on,
        told=told if done_on is None else None,
        late=(done_on or today) > due,
        owed=owed,
    )
