"""One stage of one complaint as figures count it: what day 0 was, when it was answered, and whether that was in time.

Nothing in it says who anybody is but the reference, so that a hundred thousand can be kept in memory, and a figure can
be opened to the complaints that make it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.case import ACKNOWLEDGE, EXTENDED, RESPOND, Case, Rules, StageRecord
from portal.domain.deadlines import Deadline
from portal.domain.events import ExtensionReason, Finding, Link, Stage
from portal.domain.lifecycle import Status
from portal.domain.owed import deadlines_of
from portal.domain.policy import Basis, Key
from portal.domain.representative_kinds import Capacity


class Tenure(StrEnum):
    """The two populations whose figures the regulator asks for; everybody else is in neither."""

    LCRA = "lcra"
    LCHO = "lcho"
    OTHER = "other"


TENURES: Mapping[Link, Tenure] = {
    Link.TENANT: Tenure.LCRA,
    Link.LICENSEE: Tenure.LCRA,
    Link.SHARED_OWNER: Tenure.LCHO,
}
"""Low cost rental and low cost home ownership. Leaseholders, freeholders and applicants are outside both."""


class Kept(StrEnum):
    """Whether a stage was acknowledged and answered within its limits. NOT_OWED: it ended without our having to."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_YET_DUE = "not_yet_due"
    NOT_OWED = "not_owed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`began_on` is day 0: received, or asked for. `kept` tells on each basis whether it was in time, an extension
    told as the Code asks included; `kept_original` the same by the limit before any extension."""

    reference: str
    stage: Stage
    began_on: date
    tenure: Tenure
    channel: str
    represented_by: Capacity | None
    area: str | None
    acknowledged_on: date | None
    answered_on: date | None
    declined_for: str | None
    finding: Finding | None
    extended_for: tuple[ExtensionReason, ...]
    kept: Mapping[Basis, Kept]
    kept_original: Mapping[Basis, Kept]
    days_to_acknowledge: int | None
    """Working days from day 0."""
    days_to_answer: int | None
    """Working days from the acknowledgement, or from day 0 where there was none."""

    @property
    def is_counted(self) -> bool:
        """Whether it counts as a complaint: one that was declined does not, and is reported apart (Code 8.1 b)."""
        return self.declined_for is None


def turns_of(case: Case, rules: Rules, on: date) -> Iterator[Turn]:
    """The stages of a case as they stood on a day. One that was joined to another counts there, and once."""
    if case.status is Status.JOINED:
        return
    every = {(each.key, each.basis): each for each in deadlines_of(case, rules)}
    for stage, record in case.stages.items():
        if record.started_on <= on:
            yield _turn(case, rules, stage, record, every, on)


def _turn(
    case: Case, rules: Rules, stage: Stage, record: StageRecord, every: Mapping[tuple[Key, Basis], Deadline], on: date
) -> Turn:
    acknowledged, answered = _by(on, record.told_on), _by(on, record.response.sent_on if record.response else None)
    between, began = rules.calendar.between, record.started_on
    judged = {basis: _judged(case, stage, record, every, basis, on) for basis in Basis}
    acting = [each.added.capacity for each in case.residents_representatives]
    return Turn(
        reference=case.reference,
        stage=stage,
        began_on=began,
        tenure=TENURES.get(case.received.link, Tenure.OTHER),
        channel=record.channel,
        represented_by=acting[0] if acting else None,
        area=case.area,
        acknowledged_on=acknowledged,
        answered_on=answered,
        declined_for=record.declined.ground if record.declined else None,
        finding=record.response.finding if record.response and answered else None,
        extended_for=tuple(each.reason for each in record.extensions if each.told_on <= on),
        kept={basis: extended for basis, (_, extended) in judged.items()},
        kept_original={basis: original for basis, (original, _) in judged.items()},
        days_to_acknowledge=between(began, acknowledged) if acknowledged else None,
        days_to_answer=between(acknowledged or began, answered) if answered else None,
    )


def _judged(
    case: Case, stage: Stage, record: StageRecord, every: Mapping[tuple[Key, Basis], Deadline], basis: Basis, on: date
) -> tuple[Kept, Kept]:
    """By the original limit, and with an extension."""
    acknowledge, respond = every.get((ACKNOWLEDGE[stage], basis)), every.get((RESPOND[stage], basis))
    longest = every.get((EXTENDED[stage], basis))
    original = respond.due if respond else None
    if _is_over(case, stage, record):
        return Kept.NOT_OWED, Kept.NOT_OWED
    by = acknowledge.due if acknowledge else None
    return (
        _kept(record, by, original, on),
        _kept(record, by, _with_extension(record, original, longest.due if longest else None), on),
    )


def _is_over(case: Case, stage: Stage, record: StageRecord) -> bool:
    """Whether it ended without an answer that was owed: withdrawn, declined, or gone on to stage 2."""
    if record.response:
        return False
    return record.declined is not None or (case.withdrawn is not None and stage is case.stage)


def _with_extension(record: StageRecord, original: date | None, longest: date | None) -> date | None:
    """The last day with an extension that was told by the limit and is no longer than can be (Code 6.4, 6.5, 6.15).

    One that is told too late or is too long leaves the limit as it was.
    """
    if original is None:
        return None
    told = [each for each in record.extensions if each.told_on <= original]
    lawful = [each.new_due for each in told if longest is None or each.new_due <= longest]
    return max([original, *lawful])


def _kept(record: StageRecord, acknowledge_by: date | None, answer_by: date | None, on: date) -> Kept:
    """Both dates have to be kept: a late acknowledgement makes an answer in time late (TSM CH02)."""
    told, sent = _by(on, record.told_on), _by(on, record.response.sent_on if record.response else None)
    dates = ((told, acknowledge_by), (sent, answer_by))
    if any(by is not None and (done or on) > by for done, by in dates):
        return Kept.LATE
    return Kept.IN_TIME if sent else Kept.NOT_YET_DUE


def _by(on: date, happened: date | None) -> date | None:
    """The day of something that had happened by then."""
    return happened if happened and happened <= on else None
