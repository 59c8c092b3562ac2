"""A complaint as somebody reads it who watches over all of them: what happened and when, and nobody's name.

Nothing that anybody wrote is in it. Whoever writes about a home, a repair or a meeting says without meaning to who they
are, and no list of names to cover would find it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.case import Case, StageRecord
from portal.domain.events import ExtensionReason, Finding, Flag, RemedyKind, Stage
from portal.domain.feedback_events import Rating
from portal.domain.lifecycle import Status
from portal.domain.policy import Basis, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreTime:
    """An extension: until when, and which reason of the list was given."""

    told_on: date
    new_due: date
    reason: ExtensionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWithoutNames:
    """One stage. `handlers`: how many people handled it; `points`: how many matters were to be answered."""

    stage: Stage
    started_on: date
    handlers: int
    points: int | None
    extensions: tuple[MoreTime, ...]
    findings: tuple[Finding, ...]
    declined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A remedy, without its words."""

    kind: RemedyKind
    amount_pence: int | None
    due: date | None
    done_on: date | None
    overdue: bool
    resident_says_done: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithoutNames:
    """What is left of a case. `adjustments`: how many things were asked for to make it easier."""

    reference: str
    received_on: date
    channel: str
    stage: Stage
    status: Status
    flags: tuple[Flag, ...]
    stages: tuple[StageWithoutNames, ...]
    promises: tuple[Promise, ...]
    missed: Mapping[tuple[Key, Basis], date]
    adjustments: int
    easy: Rating | None
    listened: Rating | None


def without_names(case: Case, today: date) -> CaseWithoutNames:
    """The case as oversight may read it (Code 9.5, 9.6; UK GDPR, Article 5(1)(c))."""
    feedback = case.feedback
    return CaseWithoutNames(
        reference=case.reference,
        received_on=case.received.received_on,
        channel=case.received.channel,
        stage=case.stage,
        status=case.status,
        flags=case.flags,
        stages=tuple(_stage(each) for each in case.stages.values()),
        promises=_promises(case, today),
        missed=case.missed,
        adjustments=len(case.adjustments),
        easy=feedback.easy if feedback else None,
        listened=feedback.listened if feedback else None,
    )


def _stage(record: StageRecord) -> StageWithoutNames:
    return StageWithoutNames(
        stage=record.stage,
        started_on=record.started_on,
        handlers=len(set(record.handlers)),
        points=record.acknowledged.point_count if record.acknowledged else None,
        extensions=tuple(
            MoreTime(told_on=each.told_on, new_due=each.new_due, reason=each.reason) for each in record.extensions
        ),
        findings=record.response.findings if record.response else (),
        declined=record.declined is not None,
    )


def _promises(case: Case, today: date) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            kind=each.terms.kind,
            amount_pence=each.terms.amount_pence,
            due=each.terms.due,
            done_on=each.done_on,
            overdue=each.overdue(today),
            resident_says_done=each.reported.done if each.reported else None,
        )
        for each in case.remedies
    )
