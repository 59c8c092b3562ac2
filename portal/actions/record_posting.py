"""A printed letter was put in the post."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.adjustment_events import AdjustmentApplied, AdjustmentSetAside
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import LetterFormat, check_format, kept_by_a_letter
from portal.domain.contact_events import LetterHandedOver
from portal.domain.events import SafeContact
from portal.domain.folding import as_reader
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.post.keeping import keep_print
from portal.post.letters import release
from portal.records.history import CaseFile, append
from portal.records.letters import mark_posted
from portal.records.models import Channel, LetterState
from portal.records.queries import letter


def record_posting(
    session: Session,
    actor: Actor,
    reference: str,
    letter_id: UUID,
    *,
    posted_on: date,
    now: datetime,
    as_agreed: bool = True,
    reason: str = "",
    handed_to: str = "",
) -> CaseFile:
    """Record the day of posting; a letter that waits to be printed is not yet sent.

    `handed_to`: it was not posted but handed over on that day, and to whom.

    `as_agreed`: it went in the format that the resident asked for. Otherwise it is refused, naming that format,
    until a `reason` is given.
    """
    file = open_for(session, actor, Action.RECORD_POSTING, reference)
    if posted_on > now.date():
        raise Refused("The day of posting cannot be in the future", "posted_on")
    posted = letter(session, file, letter_id)
    if posted.state is not LetterState.TO_POST:
        raise Refused("This letter is not waiting to be posted")
    made = LetterFormat(
        posted.type_size, posted.plain_text, by_hand=tuple(Adjustment(each) for each in posted.by_hand.split())
    )
    check_format(made, as_agreed=as_agreed, reason=reason)
    written_on = posted.written_at.astimezone(now.tzinfo).date()
    if posted_on < written_on:
        raise Refused("It cannot have been posted before it was written", "posted_on")
    reader = as_reader(file.case, posted.member)
    if SafeContact.NO_POST in reader.received.safe_contact:
        raise Refused("The resident told us not to write to their address: it is not safe")
    if not as_agreed and posted.channel is Channel.EMAIL:
        release(session, posted, now)
    elif not mark_posted(session, file.row, letter_id, posted_on):
        raise Refused("This letter is not waiting to be posted")
    elif as_agreed:
        keep_print(session, posted, at=now)
    if handed_to.strip():
        handed = LetterHandedOver(letter_id=str(letter_id), handed_on=posted_on, handed_to=handed_to.strip())
        append(session, file, handed, by=actor, at=now)
    for each in kept_by_a_letter(reader.adjustments, by_hand=True):
        number, member, of = each.number, posted.member, str(letter_id)
        event = (
            AdjustmentApplied(number=number, member=member, applied_on=posted_on, letter_id=of)
            if as_agreed
            else AdjustmentSetAside(number=number, member=member, on=posted_on, letter_id=of, reason=reason)
        )
        append(session, file, event, by=actor, at=now)
    return file
