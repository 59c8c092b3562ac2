"""A printed letter that belongs to no complaint was put in the post."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.enquiries import EnquiryStep, check_day
from portal.domain.events import SafeContact
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.post.keeping import keep_print
from portal.records.enquiries import asker_of, enquiry_of, letter, mark_brought
from portal.records.enquiry_chain import record
from portal.records.history import NotFound
from portal.records.models import EnquiryLetter, LetterState


def post_enquiry_letter(
    session: Session,
    actor: Actor,
    letter_id: UUID,
    *,
    posted_on: date,
    as_agreed: bool = True,
    reason: str = "",
    now: datetime,
) -> EnquiryLetter:
    """Record the day of posting. In another format than the one that was asked for it needs a `reason`."""
    decision = may(actor, Action.ANSWER_ENQUIRY)
    if not decision:
        raise Refused(decision.reason)
    found = letter(session, actor, letter_id, for_update=True)
    if found is None:
        raise NotFound(str(letter_id))
    if not can_be_posted(found):
        raise Refused("This letter is not waiting to be posted")
    check_day(posted_on, found.written_at.astimezone(now.tzinfo).date(), now.date(), "posted_on")
    if (found.type_size or found.by_hand) and not as_agreed and not reason.strip():
        raise Refused("They asked for another format. Send it so, or give a reason why not", "reason")
    enquiry = enquiry_of(session, found, for_update=True)
    if SafeContact.NO_POST in asker_of(session, enquiry).safe_contact:
        raise Refused("They told us not to write to their address: it is not safe")
    mark_brought(found, enquiry, LetterState.POSTED, posted_on)
    if as_agreed:
        keep_print(session, found, at=now)
    said = {"letter_id": str(letter_id), "on": posted_on.isoformat(), "as_agreed": as_agreed}
    words = {"reason": reason} if reason.strip() else None
    record(session, enquiry, EnquiryStep.POSTED, by=actor, at=now, payload=said, words=words)
    return found


def can_be_posted(found: EnquiryLetter) -> bool:
    """Whether it waits for that, or was refused for good by the mail server, so that it has to go another way."""
    given_up = found.state is LetterState.FAILED and found.next_try_at is None
    return found.state is LetterState.TO_POST or given_up
