"""The page of a case: its dates on top, who it is about, what was promised, and everything that happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response

from portal.clock import current_clock
from portal.domain.building_safety import kept_until
from portal.domain.case import ACKNOWLEDGE, EXTENDED, RESPOND, Case
from portal.domain.deadlines import Deadline, shown
from portal.domain.events import Flag, Stage
from portal.domain.explanation import explain
from portal.domain.law import explain_law
from portal.domain.owed import deadlines_of
from portal.domain.permissions import Action
from portal.domain.policy import Basis, Key
from portal.domain.promises import TOLD_BY, promised
from portal.domain.representation import companions
from portal.domain.updates import agreed_interval, overrun, update_due
from portal.records import queries
from portal.records.notes import notes_in_short
from portal.records.queries import LetterRow, LetterState
from portal.web.access import requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.limits import MANY_WRONG_CODES, wrong_codes
from portal.web.staff import letter_drafts
from portal.web.staff.blueprint import blueprint
from portal.web.staff.building_safety import building_of
from portal.web.staff.case_acts import EVERY, case_acts
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.history import KINDS, Show, history_part
from portal.web.staff.lists import way_back
from portal.web.staff.queue import When, when_due
from portal.web.staff.referrals import shown as shown_referrals
from portal.web.wording import lazy_gettext as _l

TO_WEIGH = {
    Flag.OVER_AGE_LIMIT: _l(
        "It happened, and the resident knew of it, longer ago than the age limit. Weigh whether there is good reason "
        "to look into it all the same. It is received either way, and only a person may decline it, with reasons."
    ),
    Flag.ANONYMOUS: _l(
        "No name was given. Look into it as far as you can, and protect the person’s wish not to be known. "
        "If they make themselves known, record whom it is from: the complaint keeps its date."
    ),
    Flag.LATE_ESCALATION: _l(
        "Stage 2 was asked for after the policy’s window. Weigh why, and whether the delay matters. "
        "The Code has no such window."
    ),
    Flag.NO_REASONS: _l(
        "No reasons were given for stage 2, and none may be demanded. Find out what is still unresolved, by asking."
    ),
    Flag.HAZARD: _l(
        "Something may hurt somebody. See to it today, whatever becomes of the complaint: pass it on as a hazard, so "
        "that the dates of the law are kept. The complaint goes on beside it."
    ),
    Flag.HIGH_RISK: _l(
        "Whoever read it first sees a high risk of harm to somebody. Talk to the resident soon, and see to what cannot "
        "wait for the answer."
    ),
    Flag.EARLY_ANSWER: _l(
        "Whoever read it first thinks that it can be answered early. It is still acknowledged, answered in writing and "
        "open to stage 2 (Code 5.2, 6.1)."
    ),
    Flag.ANSWER_TO_CHECK: _l(
        "An answer waits for a second pair of eyes. Its date goes on: somebody who did not write it reads it now, "
        "and approves it or sends it back with words."
    ),
    Flag.GROUP_WITHOUT_LEAD: _l(
        "Whoever led this group has left it. The members have been told that any of them can lead it. Letters go to "
        "each of them meanwhile; if nobody takes the lead, call them and ask."
    ),
    Flag.LAW_DATE_MISSED: _l(
        "A date that the law sets for what was passed on went by, and it is still not done. Find out today what holds "
        "it up, and record what became of it. The resident has been told that we are late."
    ),
    Flag.BUILDING_SAFETY_IMMEDIATE: _l(
        "A relevant complaint about a tall building, with somebody in danger now. Take it before every other, make the "
        "building safe first, and keep the record for 7 years."
    ),
    Flag.BUILDING_SAFETY_HIGH: _l(
        "A relevant complaint about a tall building. Take it by its risk and not by its date. Each letter names the "
        "regulator; stage 2 stays open."
    ),
    Flag.BUILDING_SAFETY_LOWER: _l(
        "A relevant complaint about a tall building. Each letter names the regulator; stage 2 stays open."
    ),
    Flag.STAGE_1_UNANSWERED: _l(
        "Stage 2 was asked for because stage 1 was late. Answer the points of stage 1 in it as well."
    ),
}


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date of the case on both bases, beside what the resident was told and what happened."""

    key: Key
    shown: Deadline
    policy: Deadline | None
    code: Deadline | None
    extended_to: date | None
    kept_to: date
    promised: date | None
    done_on: date | None
    late: bool

    @property
    def due(self) -> date:
        return self.kept_to


@blueprint.get("/cases/<reference>")
@requires(Action.SEE_CASE)
def case(reference: str) -> Response:
    """Ten statements, with who asks and the line of the access log, however long the history is."""
    with database().session() as session:
        desk = open_desk(session, reference)
        letters = [each for each in queries.latest_letters(session, desk.file) if desk.may_see_letter(each.id)]
        near = queries.beside(session, desk.actor, desk.case)
        notes = notes_in_short(session, desk.file)
        drafts = letter_drafts.begun(session, desk)
    return page(
        "staff/case.html",
        desk=desk,
        way_back=way_back(),
        beside=near,
        notes=notes,
        drafts=[(EVERY[name], saved_at) for name, saved_at in drafts.items()],
        case=desk.case,
        when=_when(desk),
        printed_at=current_clock().now(),
        dates=date_rows(desk),
        companions=companions(desk.case.representatives, desk.today),
        overrun=overrun(desk.case, desk.rules, desk.today),
        interval=agreed_interval(desk.case),
        update_due=update_due(desk.case, desk.rules),
        why=lambda deadline: explain(deadline, desk.landlord.short_name),
        to_weigh=[(flag, TO_WEIGH[flag]) for flag in desk.case.flags],
        acts=case_acts(desk),
        building=building_of(desk),
        kept_until=kept_until(desk.file.recorded[-1].at.date()) if desk.case.kept_for_safety else None,
        referrals=shown_referrals(desk, current_clock().now()),
        explain_law=explain_law,
        letters=letters[: queries.LATEST],
        more_letters=sum(each.event.kind in KINDS[Show.LETTERS] for each in desk.history) - queries.LATEST,
        undelivered=[each for each in letters if needs_a_person(each)],
        wrong_codes=wrong_codes(desk.landlord.key, reference),
        many_wrong_codes=MANY_WRONG_CODES,
        **history_part(desk),
    )


def needs_a_person(letter: LetterRow) -> bool:
    return letter.state in (LetterState.HELD, LetterState.FAILED, LetterState.TO_POST, LetterState.TO_CALL)


def _when(desk: Desk) -> When | None:
    return when_due(desk.owed.on, current_clock().today(), desk.rules.calendar) if desk.owed else None


def date_rows(desk: Desk) -> list[DateRow]:
    """The dates of every stage that has begun, and the resident's own time to ask for stage 2."""
    every = deadlines_of(desk.case, desk.rules)
    return [_row(desk, key, stage, every) for key, stage in _keys(desk.case) if key in shown(every)]


def _keys(case: Case) -> Iterator[tuple[Key, Stage]]:
    for stage in case.stages:
        yield ACKNOWLEDGE[stage], stage
        yield RESPOND[stage], stage
        if case.is_open and stage is case.stage:
            yield EXTENDED[stage], stage
    if case.stages[Stage.ONE].response:
        yield Key.ASK_FOR_STAGE_2, Stage.ONE


def _row(desk: Desk, key: Key, stage: Stage, every: tuple[Deadline, ...]) -> DateRow:
    on = {each.basis: each for each in every if each.key is key}
    record = desk.case.stages[stage]
    extended = record.extended_to if key is RESPOND[stage] else None
    done = _done(desk.case, key, stage)
    never_came = stage is not desk.case.stage  # stage 2 was asked for in place of a late answer
    due = desk.case.kept_to(key, extended or shown(every)[key].due)
    return DateRow(
        key=key,
        shown=shown(every)[key],
        policy=on.get(Basis.POLICY),
        code=on.get(Basis.CODE),
        extended_to=extended,
        kept_to=due,
        promised=promised(desk.case, key, stage),
        done_on=done,
        late=key in TOLD_BY and (done or desk.today) > due and (done is not None or never_came or desk.case.is_open),
    )


def _done(case: Case, key: Key, stage: Stage) -> date | None:
    record = case.stages[stage]
    happened: dict[Key, Any] = {
        ACKNOWLEDGE[stage]: record.told_on,
        RESPOND[stage]: record.response and record.response.sent_on,
        Key.ASK_FOR_STAGE_2: case.escalation and case.escalation.requested_on,
    }
    return happened.get(key)
