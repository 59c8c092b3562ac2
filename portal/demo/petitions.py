"""Petitions of the demonstration: one still open, and one of which something came."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.settle_petition import settle_petition
from portal.demo.office import Office
from portal.domain.events import Person
from portal.domain.permissions import Actor, Role
from portal.domain.petitions import NewPetition
from portal.records.models import EnquiryLetter, LetterState

ORGANISER = Person(name="Petra Example", email="petra.example@example.org")


def hand_in_petitions(session: Session, office: Office, at: datetime) -> None:
    """Both were handed in some days before `at`, and their letters went at once."""
    landlord, anyone = office.landlord.key, Actor(Role.ANYONE, landlord=office.landlord.key)
    before = at - timedelta(days=21)
    lights = NewPetition(
        asks="Please put lights along the path behind the garages.",
        channel="post",
        received_on=before.date(),
        signatures=27,
        organiser=ORGANISER,
    )
    lift = NewPetition(
        asks="The lift stops every week. Please renew it, and say when.",
        channel="online",
        received_on=at.date(),
        signatures=64,
        organiser=ORGANISER,
    )
    settled = hand_in_petition(session, office.lead, landlord, lights, now=before)
    session.flush()
    settle_petition(
        session,
        office.lead,
        settled.reference,
        outcome="Lights will be put up in spring. Told to the organiser by letter, and on the notice board.",
        now=at - timedelta(days=7),
    )
    hand_in_petition(session, anyone, landlord, lift, now=at)
    session.flush()
    session.execute(
        update(EnquiryLetter)
        .where(EnquiryLetter.landlord == landlord, EnquiryLetter.state == LetterState.PENDING)
        .values(state=LetterState.SENT, attempts=1, next_try_at=None, delivered_at=EnquiryLetter.written_at)
    )
