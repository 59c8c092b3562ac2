"""Somebody decides whether it is a complaint about the safety of a tall building, and how urgent it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.building_safety import Building, SafetyCategory, SafetyRisk, is_relevant, same_building
from portal.domain.permissions import Action, Actor
from portal.domain.referral_events import BuildingSafetyJudged
from portal.domain.refusal import Refused
from portal.domain.saying import say
from portal.records.history import CaseFile, append
from portal.records.queries import about_building

MOST = 10_000
"""Metres, floors or homes: more is a slip."""


LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody found out of the building and of the complaint."""

    building: Building
    category: SafetyCategory | None = None
    risk: SafetyRisk | None = None
    words: str = ""


def judge_safety(
    session: Session, actor: Actor, reference: str, found: Judgement, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Record it: from now on each letter names the regulator too. Dates and stages stay as they are (Code 6.10).

    Where there were relevant complaints about the same building before, that it recurs is noted with them.
    """
    file = open_for(session, actor, Action.JUDGE_BUILDING_SAFETY, reference, version)
    building = found.building
    for name in ("metres", "floors", "homes"):
        size = getattr(building, name)
        if size is not None and not 0 <= size <= MOST:
            raise Refused(say("Enter a number from 0 to %(most)s", most=MOST), name)
    name = " ".join(building.name.split())
    if len(name) > LONGEST_NAME:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST_NAME), "building")
    relevant = is_relevant(building, found.category)
    if relevant and found.risk is None:
        raise Refused("Choose how urgent it is: these complaints are taken by risk", "risk")
    event = BuildingSafetyJudged(
        judged_on=now.date(),
        relevant=relevant,
        metres=building.metres,
        floors=building.floors,
        homes=building.homes,
        category=found.category,
        risk=found.risk if relevant else None,
        earlier=_earlier(session, actor, file, name) if relevant else (),
        building=name,
        words=found.words,
    )
    append(session, file, event, by=actor, at=now)
    return file


def _earlier(session: Session, actor: Actor, file: CaseFile, name: str) -> tuple[str, ...]:
    """References of the complaints about this building that came to us before this one, or on the same day."""
    known = about_building(session, actor, [same_building(name)] if name else [])
    ours = (file.case.received.received_on, file.case.reference)
    return tuple(each.reference for each in known if (each.received_on, each.reference) < ours)
