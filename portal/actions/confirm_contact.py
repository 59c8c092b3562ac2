"""Staff have checked how the resident is reached, where somebody else had told us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_for
from portal.domain.adjustments import lasting
from portal.domain.contact import Contact, can_be_confirmed, check_contact, confirmed
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import waiting
from portal.post.asking import ask_whoever_can_be
from portal.post.letters import release_held_back
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append


def confirm_contact(
    session: Session,
    actor: Actor,
    reference: str,
    contact: Contact,
    *,
    how: str,
    secret_key: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Record that the resident is reached in this way, and how that is known.

    Letters that waited for it go now, and the resident is asked about whoever waits for their yes.
    """
    file = open_for(session, actor, Action.CONFIRM_CONTACT, reference, version)
    decision = can_be_confirmed(file.case.contact_to_check)
    if not decision:
        raise Refused(decision.reason)
    if not how.strip():
        raise Refused("Say how you know that this is how the resident is reached", "how")
    check_contact(contact)
    admit_lateness(session, file, now)
    append(session, file, confirmed(file.case.received, contact, now.date(), how), by=actor, at=now)
    release_held_back(session, file, by=actor, at=now)
    remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
    for one in waiting(file.case.representatives, now.date()):
        ask_whoever_can_be(session, file, one, secret_key=secret_key, by=actor, at=now)
    return file
