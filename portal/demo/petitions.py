"""What reached the demonstration without a complaint: petitions, and what would make things easier."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.actions.ask_without_complaint import ask_without_complaint
from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.settle_easier_request import settle_easier_request
from portal.actions.settle_petition import settle_petition
from portal.demo.office import Office
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Wish
from portal.domain.events import Person, ReplyBy
from portal.domain.permissions import Actor, Role
from portal.domain.petitions import NewPetition

ORGANISER = Person(name="Petra Example", email="petra.example@example.org")


def hand_in_petitions(session: Session, office: Office, at: datetime) -> None:
    """Both were handed in some days before `at`."""
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
        easier=Wish(adjustments=(Adjustment.LARGE_PRINT,), words="18 point", scope=AdjustmentScope.ALL_CONTACT),
    )
    settled = hand_in_petition(session, office.lead, landlord, lights, now=before)
    session.flush()
    settle_petition(
        session,
        office.lead,
        settled.reference,
        outcome="Lights will be put up along the path by the end of April. A notice on the board says so too.",
        now=at - timedelta(days=7),
    )
    hand_in_petition(session, anyone, landlord, lift, now=at)
    session.flush()


def ask_without_complaints(session: Session, office: Office, at: datetime) -> None:
    """Adjustments that were asked for: one that waits, one that was declined by letter, one that is told by phone."""
    anyone = Actor(Role.ANYONE, landlord=office.landlord.key)
    asked = (
        (Adjustment.LARGE_PRINT, Person(name="Lena Example", email="lena.example@example.org"), ReplyBy.EMAIL),
        (Adjustment.HOME_VISIT, Person(name="Hari Example", address="4 Example Street"), ReplyBy.POST),
        (Adjustment.PHONE_ONLY, Person(name="Pia Example", phone="01632 960 004"), ReplyBy.PHONE),
    )
    made = []
    for kind, person, way in asked:
        wish = Wish(adjustments=(kind,))
        made.append(
            ask_without_complaint(session, anyone, office.landlord.key, wish, person=person, reply_by=way, now=at)
        )
        session.flush()
    declined = {
        "reason": "Nobody on the team can travel that far.",
        "alternative": "A call each week, as long as you need.",
    }
    outcomes = ((made[1], Outcome.DECLINED, declined), (made[2], Outcome.AGREED, {"decision": "We call you, always."}))
    for request, outcome, words in outcomes:
        settle_easier_request(session, office.lead, request.reference, outcome=outcome, now=at, **words)
