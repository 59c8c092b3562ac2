"""What becomes of a case when the Ombudsman tells us what to do with it (Code 2.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.domain import ombudsman
from portal.domain.events import Stage
from portal.domain.ombudsman_events import OmbudsmanDirected
from portal.domain.policy import Key

if TYPE_CHECKING:
    from portal.domain.case import Case, StageRecord

BY_THE_OMBUDSMAN = "ombudsman"
"""How the Ombudsman's own date is named among those that an answer is held to; no reference of a complaint is such."""

KEYS = {
    Stage.ONE: frozenset({Key.ACKNOWLEDGE_STAGE_1, Key.RESPOND_STAGE_1}),
    Stage.TWO: frozenset({Key.ACKNOWLEDGE_STAGE_2, Key.RESPOND_STAGE_2}),
}


def told(case: Case, event: ombudsman.AboutOmbudsman) -> Case:
    """What they asked, decided or were sent changes nothing of the complaint itself."""
    return replace(case, ombudsman=ombudsman.after(case.ombudsman, event))


def directed(case: Case, event: OmbudsmanDirected) -> Case:
    """The position is the new one already. A stage that is opened again counts from the day on which they said so."""
    noted = told(case, event)
    stage = ombudsman.stage_of(event.direction)
    record = case.now if stage is None else _anew(case, stage, event)
    if event.answer_by:
        record = replace(record, held_to={**record.held_to, BY_THE_OMBUDSMAN: event.answer_by})
    missed = {key: day for key, day in case.missed.items() if stage is None or key[0] not in KEYS[stage]}
    holidays = tuple(each for each in case.holidays if stage is None or each.key not in KEYS[stage])
    return replace(noted, stages={**case.stages, record.stage: record}, missed=missed, holidays=holidays)


def _anew(case: Case, stage: Stage, event: OmbudsmanDirected) -> StageRecord:
    """The stage as if it began that day, with whoever handled it: what was done in it before stays in the record."""
    before = case.stages.get(stage)
    return replace(
        before or case.stages[Stage.ONE],
        stage=stage,
        started_on=event.directed_on,
        directed=True,
        letters_before=len(case.letters),
        handler_id=before.handler_id if before else None,
        handler_rank=before.handler_rank if before else None,
        handlers=before.handlers if before else (),
        acknowledged=None,
        extensions=(),
        response=None,
        declined=None,
        held_to={},
    )
