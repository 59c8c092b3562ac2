"""Made-up people who act for residents, and what they, the residents and staff do about it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from portal.actions.choose_own_language import choose_own_language
from portal.actions.confirm_authority import confirm_authority
from portal.actions.confirm_contact import confirm_contact
from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.demo.story import Story
from portal.domain.contact import contact_of
from portal.domain.permissions import Actor, Role
from portal.domain.representation import NewAuthority, NewRepresentative, whole
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    WhyEnded,
)

FAMILY = NewRepresentative(
    capacity=Capacity.FAMILY,
    asked_by=AskedBy.RESIDENT,
    name="Beatriz Elmhirst",
    email="beatriz.elmhirst@example.com",
    wants=(AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
)
COUNCILLOR = NewRepresentative(
    capacity=Capacity.COUNCILLOR,
    asked_by=AskedBy.RESIDENT,
    name="Councillor Delroy Jarrold",
    organisation="Weighbridge Town Council",
    email="delroy.jarrold@example.com",
    own_reference="DJ/2026/114",
    wants=(AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
    official=True,
)
NOT_ASKED = NewRepresentative(
    capacity=Capacity.COUNCILLOR,
    asked_by=AskedBy.SOMEBODY_ELSE,
    name="Councillor Winifred Bexwell",
    organisation="Weighbridge Town Council",
    email="winifred.bexwell@example.com",
)


def by_family(story: Story) -> Iterator[date]:
    """A daughter complains; her mother says yes to all of it in a call, and then to less on her own page."""
    story.receive(representative=FAMILY)
    yield story.later(1)
    story.assign()
    as_given, office = contact_of(story.file.case.received), story.office
    how = "It is what our record of the tenancy has."
    story.file = confirm_contact(
        story.session, office.lead, story.reference, as_given, how=how, secret_key=secrets.token_hex(), now=story.now
    )
    half_a_year = story.now.date() + timedelta(days=182)
    told = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
        expires_on=half_a_year,
        words="Rang the number that we hold. She said that her daughter deals with this for her.",
    )
    story.file = record_authority(story.session, office.lead, story.reference, 1, told, now=story.now)
    yield story.later(1)
    story.acknowledge()
    less = NewAuthority(evidence=AuthorityEvidence.OWN_PAGE, scopes=(AuthorityScope.PROGRESS,), expires_on=half_a_year)
    story.file = confirm_authority(story.session, _resident(story), story.reference, 1, less, now=story.now)
    daughter = replace(_resident(story), role=Role.REPRESENTATIVE, representative=1, scopes=whole(less.scopes))
    story.file = choose_own_language(story.session, daughter, story.reference, "cy", now=story.now)


def by_councillor(story: Story) -> Iterator[date]:
    """A councillor calls at the resident's request, from an address that was checked."""
    story.receive(channel="phone", representative=COUNCILLOR, by=story.office.lead)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()


def not_asked(story: Story) -> Iterator[date]:
    """A councillor whom a neighbour asked; the resident does not want it, and stops it with one press."""
    story.receive(representative=NOT_ASKED)
    yield story.later(1)
    story.assign()
    story.file = end_authority(
        story.session, _resident(story), story.reference, 1, why=WhyEnded.RESIDENT_DENIED, now=story.now
    )


def _resident(story: Story) -> Actor:
    return Actor(role=Role.RESIDENT, landlord=story.office.landlord.key, case_reference=story.reference)
