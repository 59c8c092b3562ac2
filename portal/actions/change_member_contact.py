"""A member of a group changes how they are reached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.contact import Contact, changed_parts, check_contact
from portal.domain.group import with_number
from portal.domain.group_events import MemberContactChanged
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.post.letters import write_to_members_old_address
from portal.records.history import CaseFile, append
from portal.records.links import end_links


def change_member_contact(session: Session, actor: Actor, reference: str, new: Contact, *, now: datetime) -> CaseFile:
    """Keep the new contact and tell the old one, in case it was somebody else. Nobody else of the group is told."""
    file = open_for(session, actor, Action.CHANGE_MEMBER_CONTACT, reference)
    member = with_number(file.case.group, actor.member)
    if member.left:
        raise Refused("You have left this group.")
    check_contact(new)
    changed = changed_parts(member.contact, new)
    if not changed:
        return file
    event = MemberContactChanged(
        number=member.number,
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
    write_to_members_old_address(session, file, member, by=actor, at=now)
    end_links(session, file.row, now, member=member.number)
    return file
