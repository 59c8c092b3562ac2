"""Letters that belong to no complaint: about a petition, a request for service, an adjustment that was asked for.

Made from the same templates, sealed and delivered as letters about complaints are: in the language, the format and the
way that whoever asked has chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.enquiries import SENT_UNREAD, Asker, EnquiryLetterKind, EnquiryStep, format_for
from portal.domain.permissions import Actor
from portal.domain.petitions import MOST_TO_CHIEF, MOST_TO_ONE_ADDRESS, WINDOW
from portal.post.adjustments import ADJUSTMENTS
from portal.post.composed import Composed, english_of
from portal.post.letters import FIRST_STATE, committed, tidy
from portal.post.ways import way_by
from portal.post.wording import templates
from portal.records.database import after_commit
from portal.records.easier_requests import interpreting_of
from portal.records.enquiries import asker_of, emailed_to
from portal.records.enquiry_chain import Enquiry, kind_of, record
from portal.records.letters import digest_of
from portal.records.models import Channel, EasierRequest, EnquiryLetter, LetterState, Petition
from portal.translation import spoken

Way = tuple[Channel, str]


def write_to_asker(
    session: Session, enquiry: Enquiry, kind: EnquiryLetterKind, *, by: Actor, at: datetime
) -> EnquiryLetter:
    """Seal a letter to whoever asked, for the way that they asked for: by email, on paper, or to be told by phone.

    What goes out by itself goes to an address that nobody has checked: by email it repeats nothing that was typed, no
    name either, and one address gets few of them in a day. What cannot go is kept with the enquiry.
    """
    asker = asker_of(session, enquiry)
    way = way_by(asker.person, asker.reply_by, asker.safe_contact)
    if kind in SENT_UNREAD and by.user_id is None and _had_enough(session, kind, way, at):
        way = (Channel.PAGE, "")
    return _write(session, enquiry, kind, asker, way, by=by, at=at)


def write_to_chief_executive(session: Session, petition: Petition, *, by: Actor, at: datetime) -> None:
    """An email for each petition up to a number in a day, of which the last says that there are more."""
    kind, address = EnquiryLetterKind.CHIEF_EXECUTIVE, landlords.landlord(petition.landlord).contact.chief_executive
    before = 0 if by.user_id else emailed_to(session, address, kind, since=at - WINDOW)
    way = (Channel.EMAIL, address) if before < MOST_TO_CHIEF else (Channel.PAGE, "")
    _write(session, petition, kind, Asker(), way, by=by, at=at, last=before + 1 >= MOST_TO_CHIEF)


def _had_enough(session: Session, kind: EnquiryLetterKind, way: Way, at: datetime) -> bool:
    channel, address = way
    return channel is Channel.EMAIL and emailed_to(session, address, kind, since=at - WINDOW) >= MOST_TO_ONE_ADDRESS


def _write(
    session: Session,
    enquiry: Enquiry,
    kind: EnquiryLetterKind,
    asker: Asker,
    way: Way,
    *,
    by: Actor,
    at: datetime,
    last: bool = False,
) -> EnquiryLetter:
    letter = _sealed(enquiry, kind, asker, way, at, last)
    session.add(letter)
    sealed = {"letter_id": str(letter.id), "letter": kind, "digest": letter.digest}
    record(session, enquiry, EnquiryStep.LETTER_WRITTEN, by=by, at=at, payload=sealed)
    if letter.state is LetterState.PENDING:
        after_commit(session, committed.send)
    return letter


def _sealed(
    enquiry: Enquiry, kind: EnquiryLetterKind, asker: Asker, way: Way, at: datetime, last: bool
) -> EnquiryLetter:
    (channel, address), made, language = way, format_for(asker), spoken(asker.person.language)
    by_name = bool(asker.person.name.strip()) and not (kind in SENT_UNREAD and channel is Channel.EMAIL)
    values = _values(enquiry, kind, asker, at) | {"by_name": by_name, "last": last}
    tell = cache(partial(_composed, kind, values))
    composed, english = tell(language), english_of(tell, language)
    state = _first_state(asker, channel, bool(made.by_hand))
    return EnquiryLetter(
        id=uuid4(),
        landlord=enquiry.landlord,
        enquiry=kind_of(enquiry),
        reference=enquiry.reference,
        kind=kind,
        written_at=at,
        subject=composed.subject,
        body=composed.body,
        digest=digest_of(composed.subject, composed.body, english),
        language=language,
        english=english,
        channel=channel,
        to_address=address,
        discreet=asker.is_discreet,
        type_size=made.points,
        plain_text=made.plain_text,
        by_hand=" ".join(made.by_hand),
        state=state,
        next_try_at=at if state is LetterState.PENDING else None,
    )


def _first_state(asker: Asker, channel: Channel, by_hand: bool) -> LetterState:
    """Where it waits: for a call, for a person who makes it in another format, or for what sends it."""
    if asker.is_called or (channel is Channel.PAGE and asker.can_be_called):
        return LetterState.TO_CALL
    return LetterState.TO_POST if by_hand and channel is not Channel.PAGE else FIRST_STATE[channel]


def _values(enquiry: Enquiry, kind: EnquiryLetterKind, asker: Asker, at: datetime) -> dict[str, Any]:
    """What the templates can speak of."""
    asked = enquiry.adjustments if isinstance(enquiry, EasierRequest) else ()
    return {
        "enquiry": enquiry,
        "kind": kind,
        "to_name": asker.person.name,
        "landlord": landlords.landlord(enquiry.landlord),
        "on": at.date(),
        "ombudsman": landlords.ombudsman(at.date()),
        "summary_first": format_for(asker).summary_first,
        "interpreting": interpreting_of(enquiry) if isinstance(enquiry, EasierRequest) else None,
        "asked": [ADJUSTMENTS[Adjustment(each)] for each in asked],
        "handler": None,
    }


def _composed(kind: EnquiryLetterKind, values: Mapping[str, Any], language: str) -> Composed:
    template = templates(language).get_template(f"letters/enquiries/{kind}.md")
    subject = "".join(template.blocks["subject"](template.new_context(dict(values)))).strip()
    return Composed(subject=subject, said={}, body=tidy(template.render(values)), promised=None)
