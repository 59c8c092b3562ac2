"""A request for service and a complaint are about the same: each page then leads to the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain import references
from portal.domain.permissions import Action, Actor
from portal.domain.referral_events import RequestLinked
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, NotFound, append
from portal.records.service_requests import service_request


def link_service(session: Session, actor: Actor, reference: str, *, complaint: str, now: datetime) -> CaseFile:
    """`complaint` as somebody typed it. Neither ends the other (Code 1.5)."""
    found = service_request(session, actor.landlord or "", reference, for_update=True)
    if found is None:
        raise Refused("There is no such request")
    meant = references.reference_from(complaint)
    try:
        file = open_for(session, actor, Action.LINK_SERVICE_REQUEST, meant or "")
    except NotFound:
        raise Refused("There is no complaint with this reference", "complaint") from None
    if found.complaint_reference not in (None, file.row.reference):
        raise Refused(
            "This request is linked to another complaint already",
            "complaint",
        )
    found.complaint_reference = file.row.reference
    if reference not in file.case.service_requests:
        append(session, file, RequestLinked(service_reference=reference), by=actor, at=now)
    return file
