"""Which figures there are: each a pure function over the stages of complaints, with who asks for it.

What counts where the regulator's text leaves it open is a `Convention`, printed beside the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from portal.domain.events import Finding, Stage
from portal.domain.figures import Figure, Measure, Period, Spread
from portal.domain.policy import Basis
from portal.domain.saying import say
from portal.domain.turns import Kept, Tenure, Turn

CAVEAT = say(
    "Check the final text of the Tenant Satisfaction Measures before these figures are published: how extensions, "
    "withdrawn complaints and those not yet due are counted is our reading of it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """What the regulator's text leaves open. `extensions`: one that follows the Code counts as in time.
    `withdrawn`: a complaint that was withdrawn is among those that are judged, as kept."""

    extensions: bool = True
    withdrawn: bool = False


USUAL = Convention()

Counts = Callable[[Turn], bool]


RECEIVED = {
    Stage.ONE: Measure(
        key="received_1",
        words=say("Stage 1 complaints received"),
        counted=say("Complaints that reached us in the period and were not declined; a group counts once."),
        of=None,
        source="Code 8.1",
    ),
    Stage.TWO: Measure(
        key="received_2",
        words=say("Stage 2 complaints received"),
        counted=say("Requests for stage 2 that reached us in the period and were not declined."),
        of=None,
        source="Code 8.1",
    ),
}
CH01 = {
    stage: replace(
        measure,
        key=f"ch01_{stage.value}",
        words=say("CH01 (%(stage)s): complaints for each 1,000 homes", stage=stage.value),
        of=say("Homes owned at the end of the year, of the same tenure."),
        source="TSM CH01",
    )
    for stage, measure in RECEIVED.items()
}
CH02 = {
    stage: Measure(
        key=f"ch02_{stage.value}",
        words=say("CH02 (%(stage)s): answered within the times of the Code", stage=stage.value),
        counted=say("Of those, acknowledged within 5 working days and answered within the time of the Code."),
        of=say("Complaints of CH01 on which the Code’s time has been kept or has passed."),
        source="TSM CH02; Code 6.2, 6.3, 6.11, 6.14",
    )
    for stage in Stage
}
IN_TIME = {
    (stage, basis): Measure(
        key=f"in_time_{stage.value}_{basis.value}",
        words=say("Stage %(stage)s: in time", stage=stage.value),
        counted=say("Acknowledged and answered in time, an extension told as it must be included."),
        of=say("Those received in the period on which the time has been kept or has passed."),
        source="Code 8.1 a",
    )
    for stage in Stage
    for basis in Basis
}
IN_ORIGINAL_TIME = {
    key: replace(
        measure,
        key=f"{measure.key}_original",
        words=say("Stage %(stage)s: in time without an extension", stage=key[0].value),
        counted=say("Acknowledged and answered by the limit before any extension."),
    )
    for key, measure in IN_TIME.items()
}
FOUND = {
    finding: Measure(
        key=finding.value,
        words=say("Answers with this finding"),
        counted=say("Answers sent in the period with this finding over all points."),
        of=say("Answers sent in the period."),
        source="Code 8.1 a",
    )
    for finding in Finding
}
EXTENDED = Measure(
    key="extended",
    words=say("Extended"),
    counted=say("Complaints received in the period whose answer was put off at least once."),
    of=say("Complaints received in the period."),
    source="Code 6.4, 6.15",
)
DECLINED = Measure(
    key="declined",
    words=say("Declined"),
    counted=say("Complaints and requests for stage 2 that reached us in the period and were declined."),
    of=say("All that reached us in the period."),
    source="Code 8.1 b",
)
ESCALATED = Measure(
    key="escalated",
    words=say("Went on to stage 2"),
    counted=say("Of those, the ones for which stage 2 was asked."),
    of=say("Stage 1 answers sent in the period."),
    source="Code 8.1 a",
)
TO_ACKNOWLEDGE = {
    stage: Measure(
        key=f"days_to_acknowledge_{stage.value}",
        words=say("Stage %(stage)s: working days to acknowledge", stage=stage.value),
        counted=say("Acknowledged in the period, counted from the day on which it reached us."),
        of=None,
        source="Code 6.2, 6.11",
    )
    for stage in Stage
}
TO_ANSWER = {
    stage: Measure(
        key=f"days_to_answer_{stage.value}",
        words=say("Stage %(stage)s: working days to answer", stage=stage.value),
        counted=say("Answered in the period, counted from the acknowledgement."),
        of=None,
        source="Code 6.3, 6.14",
    )
    for stage in Stage
}


def received(turns: Iterable[Turn], period: Period, stage: Stage) -> Figure:
    return Figure(measure=RECEIVED[stage], counted=_those(turns, _counted(period, stage)))


def ch01(turns: Iterable[Turn], period: Period, stage: Stage, tenure: Tenure, homes: int) -> Figure:
    """For each thousand homes of that tenure that were owned at the end of the year."""
    of_tenure = _both(_counted(period, stage), lambda turn: turn.tenure is tenure)
    return Figure(measure=CH01[stage], counted=_those(turns, of_tenure), homes=homes)


def ch02(
    turns: Iterable[Turn], period: Period, stage: Stage, tenure: Tenure | None = None, by: Convention = USUAL
) -> Figure:
    """Of the complaints of CH01 those that were answered in the Code's time; what is not due yet is in neither."""
    ours = [turn for turn in turns if _counted(period, stage)(turn) and tenure in (None, turn.tenure)]
    return _kept(CH02[stage], ours, lambda turn: kept_by(turn, Basis.CODE, by), by)


def not_yet_due(turns: Iterable[Turn], period: Period, stage: Stage, by: Convention = USUAL) -> tuple[str, ...]:
    """What CH02 leaves out because its time has not passed: listed beside it."""
    waits = _both(_counted(period, stage), lambda turn: kept_by(turn, Basis.CODE, by) is Kept.NOT_YET_DUE)
    return _those(turns, waits)


def in_time(turns: Iterable[Turn], period: Period, stage: Stage, basis: Basis, *, original: bool = False) -> Figure:
    """By the policy or by the Code, with an extension or by the limit before it."""
    ours = [turn for turn in turns if _counted(period, stage)(turn)]
    measure = (IN_ORIGINAL_TIME if original else IN_TIME)[stage, basis]
    return _kept(measure, ours, lambda turn: (turn.kept_original if original else turn.kept)[basis], USUAL)


def kept_by(turn: Turn, basis: Basis, by: Convention) -> Kept:
    """Whether it was in time, by that convention."""
    return (turn.kept if by.extensions else turn.kept_original)[basis]


def found(turns: Iterable[Turn], period: Period, finding: Finding, stage: Stage) -> Figure:
    answers = [turn for turn in turns if turn.stage is stage and period.holds(turn.answered_on)]
    return _share(FOUND[finding], answers, lambda turn: turn.finding is finding)


def extended(turns: Iterable[Turn], period: Period, stage: Stage) -> Figure:
    ours = [turn for turn in turns if _counted(period, stage)(turn)]
    return _share(EXTENDED, ours, lambda turn: bool(turn.extended_for))


def declined(turns: Iterable[Turn], period: Period, stage: Stage) -> Figure:
    reached_us = [turn for turn in turns if turn.stage is stage and period.holds(turn.began_on)]
    return _share(DECLINED, reached_us, lambda turn: not turn.is_counted)


def escalated(turns: Iterable[Turn], period: Period) -> Figure:
    """Of the stage 1 answers of the period, those with which somebody was not satisfied, whenever they said so."""
    every = list(turns)
    went_on = {turn.reference for turn in every if turn.stage is Stage.TWO}
    answers = [turn for turn in every if turn.stage is Stage.ONE and period.holds(turn.answered_on)]
    return _share(ESCALATED, answers, lambda turn: turn.reference in went_on)


def days_to_acknowledge(turns: Iterable[Turn], period: Period, stage: Stage) -> Spread:
    ours = (turn for turn in turns if turn.stage is stage and period.holds(turn.acknowledged_on))
    took = ((turn.reference, turn.days_to_acknowledge) for turn in ours)
    return Spread(measure=TO_ACKNOWLEDGE[stage], days=tuple((one, days) for one, days in took if days is not None))


def days_to_answer(turns: Iterable[Turn], period: Period, stage: Stage) -> Spread:
    ours = (turn for turn in turns if turn.stage is stage and period.holds(turn.answered_on))
    took = ((turn.reference, turn.days_to_answer) for turn in ours)
    return Spread(measure=TO_ANSWER[stage], days=tuple((one, days) for one, days in took if days is not None))


def _counted(period: Period, stage: Stage) -> Counts:
    return lambda turn: turn.stage is stage and turn.is_counted and period.holds(turn.began_on)


def _both(first: Counts, second: Counts) -> Counts:
    return lambda turn: first(turn) and second(turn)


def _those(turns: Iterable[Turn], belongs: Counts) -> tuple[str, ...]:
    return tuple(turn.reference for turn in turns if belongs(turn))


def _share(measure: Measure, among: Sequence[Turn], counts: Counts) -> Figure:
    return Figure(measure=measure, counted=_those(among, counts), among=tuple(turn.reference for turn in among))


def _kept(measure: Measure, ours: Sequence[Turn], kept: Callable[[Turn], Kept], by: Convention) -> Figure:
    """Of those that can be judged. What was withdrawn is owed nothing: by one convention alone it counts as kept."""
    good = {Kept.IN_TIME, Kept.NOT_OWED} if by.withdrawn else {Kept.IN_TIME}
    judged = [turn for turn in ours if kept(turn) in good | {Kept.LATE}]
    return _share(measure, judged, lambda turn: kept(turn) in good)
