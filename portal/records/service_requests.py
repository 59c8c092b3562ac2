"""Requests for service: one by its reference, and that it became a complaint."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.service_request import ServiceWish
from portal.records.easier_requests import person_of, wish_asked_with
from portal.records.models import ServiceRequest

__all__ = ["ServiceRequest", "mark_complained", "service_request", "wish_of"]


def service_request(
    session: Session, landlord: str, reference: str, *, for_update: bool = False
) -> ServiceRequest | None:
    """One of this landlord's; held against other writers where it is to be changed."""
    if not reference.isprintable():
        return None
    one = select(ServiceRequest).where(ServiceRequest.landlord == landlord, ServiceRequest.reference == reference)
    return session.scalar(one.with_for_update() if for_update else one)


def wish_of(session: Session, row: ServiceRequest) -> ServiceWish:
    """What was asked for, as a value, with what would make it easier."""
    return ServiceWish(
        words=row.words,
        channel=row.channel,
        person=person_of(row),
        hazard=row.hazard,
        reply_by=row.reply_by,
        safe_contact=row.safe_contact,
        easier=wish_asked_with(session, row),
    )


def mark_complained(row: ServiceRequest, complaint_reference: str) -> None:
    """There is a complaint about it now. What was asked for stays open (Code 1.5)."""
    row.complaint_reference = complaint_reference
