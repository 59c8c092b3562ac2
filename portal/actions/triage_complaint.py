"""Somebody reads a complaint first: what can be answered early, how complex it is, and who might come to harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.triage_events import ComplaintTriaged, Complexity, Risk, VulnerabilityTold
from portal.records.history import CaseFile, append


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What somebody saw. `vulnerability` is kept apart from the rest, for fewer eyes."""

    early_answer: bool
    complexity: Complexity
    risk: Risk
    hazard: bool
    words: str = ""
    vulnerability: str = ""


def triage_complaint(
    session: Session, actor: Actor, reference: str, reading: Reading, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Record it, in place of what was read before (Code 6.1). Every limit stays as it is."""
    file = open_for(session, actor, Action.TRIAGE_COMPLAINT, reference, version)
    event = ComplaintTriaged(
        stage=file.case.stage,
        triaged_on=now.date(),
        early_answer=reading.early_answer,
        complexity=reading.complexity,
        risk=reading.risk,
        hazard=reading.hazard,
        words=reading.words,
    )
    append(session, file, event, by=actor, at=now)
    if reading.vulnerability.strip():
        told = VulnerabilityTold(told_on=now.date(), words=reading.vulnerability)
        append(session, file, told, by=actor, at=now)
    return file
