"""Staff say to which area of the landlord a complaint belongs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_for
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.sight_events import AreaChosen
from portal.records.history import CaseFile, append


def choose_area(
    session: Session, actor: Actor, reference: str, area: str | None, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Whoever is limited to other areas does not know of it from now on. None: it belongs to no area."""
    file = open_for(session, actor, Action.CHOOSE_AREA, reference, version)
    known = [each.key for each in landlords.landlord(file.row.landlord).areas]
    if area is not None and area not in known:
        raise Refused("Choose an area from the list", "area")
    if area == file.case.area:
        raise Refused("It belongs to this area already", "area")
    append(session, file, AreaChosen(area=area), by=actor, at=now)
    return file
