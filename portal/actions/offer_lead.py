"""Whoever leads a group offers that to the member to whom they give a code, or takes the offer back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group_events import LeadOffered
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import acting_now
from portal.records.access import end_lead_offers, store_lead_offer
from portal.records.history import CaseFile, append


def offer_lead(session: Session, actor: Actor, reference: str, *, code: str | None, now: datetime) -> CaseFile:
    """With the `code` a member of the group, and nobody else, can take the lead. None takes the offer back.

    The lead does not see who the members are: they hand it to the one they know. It is refused while somebody acts for
    whoever leads, because that would go on for somebody else.
    """
    file = open_for(session, actor, Action.OFFER_LEAD, reference)
    group = file.case.group
    if group is None:
        raise Refused("This complaint is not that of a group.")
    if bool(code) is bool(group.offered):
        return file  # a second press
    if code and not group.present:
        raise Refused("Nobody but you is in this group.")
    if code and acting_now(file.case.representatives, now.date()):
        raise Refused("Somebody acts for you in this complaint. Stop that first, or ask us.")
    append(session, file, LeadOffered(on=now.date(), holds=code is not None), by=actor, at=now)
    end_lead_offers(session, file.row, now)
    if code:
        store_lead_offer(session, file.row, code, now)
    return file
