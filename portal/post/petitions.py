"""Letters about a petition: to whoever organises it, and to the chief executive."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr
from uuid import uuid4

from flask_mail import Message
from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.petitions import MOST_TO_CHIEF, MOST_TO_ONE_ADDRESS, WINDOW, PetitionLetterKind
from portal.domain.policy import Landlord
from portal.post import formats
from portal.post.composed import ENGLISH
from portal.post.letters import FIRST_STATE, committed
from portal.post.wording import templates
from portal.records.database import after_commit
from portal.records.models import Channel, LetterState, Petition, PetitionLetter
from portal.records.petitions import emailed_to
from portal.translation import spoken


def write_petition_letters(session: Session, petition: Petition, *, language: str, at: datetime) -> None:
    """Acknowledge it in `language`, where there is somebody to write to, and tell the chief executive.

    The acknowledgement goes out by itself to an address that nobody has checked: by email it repeats nothing that was
    typed, no name either, and one address gets few of them in a day. The chief executive gets an email each up to a
    number, of which the last says that there are more. What is not sent is kept with the petition.
    """
    landlord = landlords.landlord(petition.landlord)
    way = _way_to(petition)
    if way[0] is Channel.EMAIL and _sent(session, petition, PetitionLetterKind.ACKNOWLEDGEMENT, way[1], at) >= (
        MOST_TO_ONE_ADDRESS
    ):
        way = (Channel.PAGE, "")
    _write(session, petition, landlord, PetitionLetterKind.ACKNOWLEDGEMENT, *way, at, language=spoken(language))
    address = landlord.contact.chief_executive
    before = _sent(session, petition, PetitionLetterKind.CHIEF_EXECUTIVE, address, at)
    chief = (Channel.EMAIL, address) if before < MOST_TO_CHIEF else (Channel.PAGE, "")
    last = before + 1 >= MOST_TO_CHIEF
    _write(session, petition, landlord, PetitionLetterKind.CHIEF_EXECUTIVE, *chief, at, last=last)


def _sent(session: Session, petition: Petition, kind: PetitionLetterKind, address: str, at: datetime) -> int:
    """How many of these went out of late; none is counted against what a member of staff records."""
    return 0 if petition.recorded_by_id else emailed_to(session, address, kind, since=at - WINDOW)


def petition_email(letter: PetitionLetter, landlord: Landlord, *, sender: str) -> Message:
    """The letter as text and HTML side by side."""
    message = Message(
        subject=letter.subject,
        recipients=[letter.to_address],
        sender=formataddr((landlord.name, sender)),
        reply_to=landlord.contact.email,
        body=formats.plain_text(letter.body),
        html=formats.framed("notes/frame", letter.language, subject=letter.subject, words=formats.html(letter.body)),
        date=letter.written_at.timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated"},
    )
    message.msgId = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    return message


def _way_to(petition: Petition) -> tuple[Channel, str]:
    """By email, else by post, else nowhere: then it is kept with the petition."""
    if petition.email.strip():
        return Channel.EMAIL, petition.email.strip()
    if petition.address.strip():
        lines = (petition.name, petition.address, petition.postcode)
        return Channel.POST, "\n".join(line.strip() for line in lines if line.strip())
    return Channel.PAGE, ""


def _write(
    session: Session,
    petition: Petition,
    landlord: Landlord,
    kind: PetitionLetterKind,
    channel: Channel,
    address: str,
    at: datetime,
    *,
    last: bool = False,
    language: str = ENGLISH,
) -> None:
    template = templates(language).get_template(f"letters/petitions/{kind}.md")
    said = {
        "petition": petition,
        "landlord": landlord,
        "on": at.date(),
        "ombudsman": landlords.ombudsman(at.date()),
        "kind": kind,
        "by_name": channel is not Channel.EMAIL and bool(petition.name.strip()),
        "last": last,
        "handler": None,
    }
    state = FIRST_STATE[channel]
    petition.letters.append(
        PetitionLetter(
            id=uuid4(),
            landlord=petition.landlord,
            kind=kind,
            written_at=at,
            subject="".join(template.blocks["subject"](template.new_context(said))).strip(),
            body=template.render(said).strip(),
            channel=channel,
            to_address=address,
            state=state,
            language=language,
            next_try_at=at if state is LetterState.PENDING else None,
        )
    )
    if state is LetterState.PENDING:
        after_commit(session, committed.send)
