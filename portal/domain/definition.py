"""The complaint definition: our understanding, and the outcomes the resident is looking for (Code 5.6)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.events import Stage
from portal.domain.refusal import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an acknowledgement sets out, each as points; a handler may say that all of it is ours."""

    points: tuple[str, ...]
    outcomes: tuple[str, ...]
    responsible_for: tuple[str, ...]
    not_responsible_for: tuple[str, ...] = ()
    why_still_dissatisfied: str = ""


def check_definition(definition: Definition, stage: Stage) -> None:
    """Raise `Refused`, naming the field, while the definition is not whole."""
    if not _said(definition.points):
        raise Refused("Set out at least one point of the complaint as you understand it (Code 5.6)", "points")
    if not _said(definition.outcomes):
        raise Refused("Set out the outcomes that the resident is looking for; ask if unclear (Code 5.6)", "outcomes")
    if not _said(definition.responsible_for) and not _said(definition.not_responsible_for):
        raise Refused("Say what we are and are not responsible for (Code 5.7)", "responsible_for")
    if stage is Stage.TWO and not definition.why_still_dissatisfied.strip():
        # The resident is not asked for reasons (Code 6.12); the handler says what they understand.
        raise Refused("Say what you understand of why the resident is still dissatisfied", "why_still_dissatisfied")


def _said(points: tuple[str, ...]) -> bool:
    return bool(points) and all(point.strip() for point in points)
