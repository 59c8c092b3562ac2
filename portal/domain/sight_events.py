"""What decides who of the staff may know of a complaint: its area, and whether it is restricted."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.events import Event, content, event


@event("area_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChosen(Event):
    """Staff said to which area of the landlord the complaint belongs; None to none."""

    area: str | None


@event("complaint_restricted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRestricted(Event):
    """From now on only these people, complaints officers and whoever handles it know of it. It counts as before."""

    user_ids: tuple[int, ...]
    reason: str = content()


@event("restriction_lifted")
@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLifted(Event):
    """Whoever sees complaints sees this one again."""

    reason: str = content()
