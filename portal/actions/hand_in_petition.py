"""A petition is handed in, online or to a member of staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.enquiries import EnquiryLetterKind, EnquiryStep
from portal.domain.permissions import Action, Actor, may
from portal.domain.petitions import NewPetition, check_petition
from portal.domain.refusal import Refused
from portal.post.enquiries import write_to_asker, write_to_chief_executive
from portal.records.easier_requests import keep_asked_with
from portal.records.enquiries import unused_reference
from portal.records.enquiry_chain import came_in, record
from portal.records.models import Petition


def hand_in_petition(session: Session, actor: Actor, landlord: str, new: NewPetition, *, now: datetime) -> Petition:
    """Record it, acknowledge it and tell the chief executive, whoever it is from and however few have signed."""
    decision = may(actor, Action.HAND_IN_PETITION) or may(actor, Action.RECORD_PETITION)
    if not decision:
        raise Refused(decision.reason)
    check_petition(new, now.date())
    organiser = new.organiser
    petition = Petition(
        landlord=landlord,
        reference=unused_reference(session),
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
        language=organiser.language,
        reply_by=new.reply_by,
        safe_contact=new.safe_contact,
    )
    session.add(petition)
    record(session, petition, EnquiryStep.RECEIVED, by=actor, at=now, words=came_in(petition))
    keep_asked_with(session, petition, new.easier, by=actor, at=now)
    write_to_asker(session, petition, EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT, by=actor, at=now)
    write_to_chief_executive(session, petition, by=actor, at=now)
    return petition
