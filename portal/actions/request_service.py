"""Somebody asks for something to be put right, and makes no complaint."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.references import new_reference
from portal.domain.refusal import Refused
from portal.domain.service_request import ServiceWish, check_wish
from portal.records import links
from portal.records.adjustments import is_asked
from portal.records.models import ServiceRequest
from portal.records.queries import is_taken
from portal.records.service_requests import is_requested


def request_service(
    session: Session, actor: Actor, landlord: str, wish: ServiceWish, *, secret_key: str, now: datetime
) -> ServiceRequest:
    """Record it, and tell them by email that we have it. Where there is none, staff tell them by letter (Code 1.4)."""
    decision = may(actor, Action.REQUEST_SERVICE) or may(actor, Action.RECORD_SERVICE_REQUEST)
    if not decision:
        raise Refused(decision.reason)
    check_wish(wish)
    person, email = wish.person, wish.person.email.strip()
    request = ServiceRequest(
        landlord=landlord,
        reference=_unused_reference(session),
        asked_at=now,
        channel=wish.channel,
        name=person.name,
        email=email,
        phone=person.phone,
        address=person.address,
        postcode=person.postcode,
        words=wish.words,
        hazard=wish.hazard,
        told_at=now if email else None,
    )
    session.add(request)
    if email:
        links.for_service_request(session, secret_key, request, language=person.language, at=now)
    return request


def _unused_reference(session: Session) -> str:
    """One that no complaint and no other request has, so that it never means two things."""
    taken = (is_taken, is_asked, is_requested)
    while any(asked(session, reference := new_reference(secrets.choice)) for asked in taken):
        continue
    return reference
