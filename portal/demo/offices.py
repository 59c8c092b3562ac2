"""The office of a made-up MP, whose caseworker follows complaints of several residents."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from portal.actions.add_member import add_member
from portal.actions.create_office import create_office
from portal.actions.end_member import end_member
from portal.demo.people import a_name
from portal.domain.offices import NewOffice, OfficeKind
from portal.domain.permissions import Actor
from portal.records.models import Office, OfficeMember

DOMAIN = "mp.example.org"
CASEWORKER = f"caseworker@{DOMAIN}"
"""Who signs in there: at every landlord the same address, with nothing in common."""


def open_mps_office(session: Session, lead: Actor, dice: Random, *, at: datetime) -> tuple[Office, OfficeMember]:
    """With a caseworker who signs in, and one who has left."""
    named = NewOffice(OfficeKind.MP, "Office of the MP for Example Vale", f"office@{DOMAIN}")
    office = create_office(session, lead, named, now=at)
    caseworker = add_member(session, lead, office.id, name=a_name(dice), email=CASEWORKER, now=at)
    left = add_member(session, lead, office.id, name=a_name(dice), email=f"former@{DOMAIN}", now=at)
    session.flush()
    end_member(session, lead, office.id, left.id, why="Left the office", now=at)
    return office, caseworker
