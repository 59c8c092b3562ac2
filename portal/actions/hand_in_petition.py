"""A petition is handed in, online or to a member of staff."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.petitions import NewPetition, check_petition
from portal.domain.references import new_reference
from portal.domain.refusal import Refused
from portal.post.petitions import write_petition_letters
from portal.records.adjustments import is_asked
from portal.records.models import Petition
from portal.records.petitions import is_petition
from portal.records.queries import is_taken


def hand_in_petition(session: Session, actor: Actor, landlord: str, new: NewPetition, *, now: datetime) -> Petition:
    """Record it, acknowledge it and tell the chief executive, whoever it is from and however few have signed."""
    decision = may(actor, Action.HAND_IN_PETITION) or may(actor, Action.RECORD_PETITION)
    if not decision:
        raise Refused(decision.reason)
    check_petition(new, now.date())
    organiser = new.organiser
    petition = Petition(
        landlord=landlord,
        reference=_unused_reference(session),
        received_on=new.received_on,
        recorded_at=now,
        recorded_by_id=actor.user_id,
        channel=new.channel,
        asks=new.asks,
        signatures=new.signatures,
        name=organiser.name,
        email=organiser.email,
        phone=organiser.phone,
        address=organiser.address,
        postcode=organiser.postcode,
    )
    session.add(petition)
    write_petition_letters(session, petition, language=organiser.language, at=now)
    return petition


def _unused_reference(session: Session) -> str:
    """One that means nothing else yet."""
    taken = (is_taken, is_asked, is_petition)
    while any(each(session, reference := new_reference(secrets.choice)) for each in taken):
        continue
    return reference
