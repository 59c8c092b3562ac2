"""Somebody asks for something to be put right, and makes no complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.adjustments import LetterFormat
from portal.domain.enquiries import Asker, EnquiryLetterKind, EnquiryStep, format_for
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.domain.service_request import ServiceWish, check_wish
from portal.post.enquiries import write_to_asker
from portal.post.ways import way_by
from portal.records import links
from portal.records.easier_requests import keep_asked_with
from portal.records.enquiries import asker_of, unused_reference
from portal.records.enquiry_chain import came_in, record
from portal.records.models import Channel, ServiceRequest


def request_service(
    session: Session, actor: Actor, landlord: str, wish: ServiceWish, *, secret_key: str, now: datetime
) -> ServiceRequest:
    """Record it, and tell them that we have it: by a link in an email, or else by letter or phone (Code 1.4)."""
    decision = may(actor, Action.REQUEST_SERVICE) or may(actor, Action.RECORD_SERVICE_REQUEST)
    if not decision:
        raise Refused(decision.reason)
    check_wish(wish)
    person = wish.person
    request = ServiceRequest(
        landlord=landlord,
        reference=unused_reference(session),
        asked_at=now,
        channel=wish.channel,
        name=person.name,
        email=person.email.strip(),
        phone=person.phone,
        address=person.address,
        postcode=person.postcode,
        language=person.language,
        reply_by=wish.reply_by,
        safe_contact=wish.safe_contact,
        words=wish.words,
        hazard=wish.hazard,
    )
    session.add(request)
    record(session, request, EnquiryStep.RECEIVED, by=actor, at=now, words=came_in(request))
    keep_asked_with(session, request, wish.easier, by=actor, at=now)
    acknowledge(session, actor, request, secret_key=secret_key, now=now)
    return request


def acknowledge(session: Session, actor: Actor, request: ServiceRequest, *, secret_key: str, now: datetime) -> None:
    """Where an email is the way, a short one with a link to the request; where that is no way to read for them, and
    everywhere else, a letter in their format."""
    asker = asker_of(session, request)
    if _by_link(asker):
        language, discreet = asker.person.language, asker.is_discreet
        links.for_service_request(session, secret_key, request, language=language, discreet=discreet, at=now)
        request.told_at = now
    if not _by_link(asker) or format_for(asker) != LetterFormat():
        write_to_asker(session, request, EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT, by=actor, at=now)


def _by_link(asker: Asker) -> bool:
    channel, _ = way_by(asker.person, asker.reply_by, asker.safe_contact)
    return channel is Channel.EMAIL and not asker.is_called
