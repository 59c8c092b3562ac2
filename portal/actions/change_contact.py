"""The resident changes how they are reached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_for
from portal.domain.adjustments import lasting
from portal.domain.contact import Contact, changed_parts, check_contact, confirmed, contact_of
from portal.domain.permissions import Action, Actor
from portal.domain.reach_events import ContactChanged
from portal.post.letters import release_held_back, write_to_old_address
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def change_contact(session: Session, actor: Actor, reference: str, new: Contact, *, now: datetime) -> CaseFile:
    """Keep the new contact and tell the old one, in case it was somebody else. Links on their way there end.

    Where somebody else had told us how they are reached, it is the resident's own word from now on, and letters that
    waited for it go.
    """
    file = open_for(session, actor, Action.CHANGE_CONTACT, reference)
    check_contact(new)
    changed = changed_parts(contact_of(file.case.received), new)
    if file.case.contact_to_check:
        admit_lateness(session, file, now)
    before = file.case
    if not changed:
        if before.contact_to_check:
            append(session, file, confirmed(before.received, new, now.date()), by=actor, at=now)
            release_held_back(session, file, by=actor, at=now)
        return file
    event = ContactChanged(
        changed_on=now.date(),
        changed=changed,
        reply_by=new.reply_by,
        email=new.email,
        phone=new.phone,
        address=new.address,
        postcode=new.postcode,
        safe_contact=new.safe_contact,
    )
    append(session, file, event, by=actor, at=now)
    write_to_old_address(session, file, before, by=actor, at=now)
    release_held_back(session, file, by=actor, at=now)
    end_links(session, file.row, now)
    # The same person is known again by the new details.
    remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
    return file
