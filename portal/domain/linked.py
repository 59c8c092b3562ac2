"""What becomes of a case that is linked to another, and when that ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portal.domain.linking_events import ComplaintLinked, LinkEnded

if TYPE_CHECKING:
    from portal.domain.case import Case


def begun(case: Case, event: ComplaintLinked) -> Case:
    """A link that brings no date along changes nothing else."""
    more = replace(case, links=(*case.links, event))
    if event.held_to is None:
        return more
    return _held(more, {**case.now.held_to, event.other_reference: event.held_to})


def ended(case: Case, event: LinkEnded) -> Case:
    """Another link to the same complaint goes on holding this one to its date."""
    links = tuple(
        each for each in case.links if (each.other_reference, each.link) != (event.other_reference, event.link)
    )
    held = {name: day for name, day in case.now.held_to.items() if name != event.other_reference or _holds(links, name)}
    return _held(replace(case, links=links), held)


def _holds(links: Iterable[ComplaintLinked], reference: str) -> bool:
    return any(each.other_reference == reference and each.held_to for each in links)


def _held(case: Case, held_to: Mapping[str, date]) -> Case:
    stage = replace(case.now, held_to=held_to)
    return replace(case, stages={**case.stages, case.stage: stage})
