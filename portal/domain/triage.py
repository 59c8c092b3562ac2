"""What the first reading of a complaint tells: folded from the events, with the flags that it raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.domain.events import Flag
from portal.domain.triage_events import AboutTriage, ComplaintTriaged, Risk, VulnerabilityTold


@dataclass(frozen=True, slots=True)
class Triage:
    """The latest reading, and everything that was told of vulnerability and not erased since."""

    reading: ComplaintTriaged | None = None
    vulnerability: tuple[VulnerabilityTold, ...] = ()


NOT_TRIAGED = Triage()


def after_triage(triage: Triage, event: AboutTriage) -> Triage:
    """What is known once more was read. Words that were erased are not there any more."""
    if isinstance(event, ComplaintTriaged):
        return replace(triage, reading=event)
    return replace(triage, vulnerability=(*triage.vulnerability, event)) if event.words else triage


def triage_flags(triage: Triage, *, is_open: bool, hazard_passed_on: bool) -> Iterator[Flag]:
    """What staff weigh in the queue while an answer is owed. A hazard that was passed on has flags of its own."""
    reading = triage.reading
    if reading is None or not is_open:
        return
    if reading.hazard and not hazard_passed_on:
        yield Flag.HAZARD
    if reading.risk is Risk.HIGH:
        yield Flag.HIGH_RISK
    if reading.early_answer:
        yield Flag.EARLY_ANSWER
