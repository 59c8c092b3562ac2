"""The office of a made-up MP, whose caseworker follows complaints of several residents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from sqlalchemy.orm import Session

from portal.actions.add_member import add_member
from portal.actions.create_office import create_office
from portal.actions.end_member import end_member
from portal.demo.office import MpsOffice
from portal.demo.people import a_name
from portal.demo.story import Story
from portal.domain.offices import NewOffice
from portal.domain.permissions import Actor, Role
from portal.domain.representation import NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity

DOMAIN = "mp.example.org"
CASEWORKER = f"caseworker@{DOMAIN}"
"""Who signs in there: at every landlord the same address, with nothing in common."""


def open_mps_office(session: Session, lead: Actor, dice: Random, *, at: datetime) -> MpsOffice:
    """With a caseworker who signs in, and one who has left."""
    named = NewOffice(Capacity.MP, "Office of the MP for Example Vale", f"office@{DOMAIN}")
    office = create_office(session, lead, named, now=at)
    caseworker = add_member(session, lead, office.id, name=a_name(dice), email=CASEWORKER, now=at)
    left = add_member(session, lead, office.id, name=a_name(dice), email=f"former@{DOMAIN}", now=at)
    session.flush()
    end_member(session, lead, office.id, left.id, why="Left the office", now=at)
    actor = Actor(
        Role.OFFICE_MEMBER, landlord=lead.landlord, name=caseworker.name, office_id=office.id, member_id=caseworker.id
    )
    return MpsOffice(office.id, office.name, office.email, actor)


def by_mps_office(story: Story, own_reference: str, asked_by: AskedBy = AskedBy.RESIDENT) -> Iterator[date]:
    """A caseworker hands it in; it goes on like every other."""
    sender = story.office.mps_office
    assert sender is not None
    acting = NewRepresentative(
        capacity=Capacity.MP,
        asked_by=asked_by,
        name=sender.caseworker.name,
        own_reference=own_reference,
        wants=(AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
    )
    story.receive(representative=acting, by=sender.caseworker)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()


def answered_for_mps_office(story: Story) -> Iterator[date]:
    """Answered, so that the office reads the reply."""
    yield from by_mps_office(story, "EV/26/102")
    yield story.before_due(3)
    story.respond()
