"""What becomes of a message that came in: on its complaint where it can only belong there, else before a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.add_evidence import add_evidence
from portal.actions.file_mail import file_mail
from portal.actions.send_message import send_message
from portal.domain.mail import NewMail, files_that_fit, kind_of, message_of, why_waits, writer
from portal.domain.mail_kinds import MailKind, MailOutcome, WhyWaits
from portal.domain.permissions import Actor, Role
from portal.domain.read_mail import ReadMail
from portal.domain.reply_address import letter_of
from portal.records import mail
from portal.records.history import open_case
from portal.records.mail import IncomingMail
from portal.records.models import ComplaintRow, LetterRow

CAME_BACK = "came back"
"""What is told of a letter that was taken by a mail server and could not be delivered after all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A letter of ours that a message bears the token of, its complaint, and whose answer it is, if that is known."""

    letter: LetterRow
    complaint: ComplaintRow
    writer: Actor | None


def answer_in(session: Session, new: NewMail, *, secret_key: str) -> Answer | None:
    """Which letter a message answers, beyond doubt. Whoever it names or seems to be about proves nothing."""
    said = new.read
    if said is None:
        return None
    ours = _letters_named(said, secret_key)
    found = next(filter(None, (mail.answered_letter(session, new.landlord, each) for each in ours)), None)
    if found is None:
        return None
    letter, complaint = found
    case = open_case(session, complaint.reference, _portal(new), landlords.rules_for).case
    whose = writer(case, said.sender, new.received_at, representative=letter.representative, member=letter.member)
    return Answer(letter, complaint, whose)


def _letters_named(said: ReadMail, secret_key: str) -> list[UUID]:
    """The letters whose tokens it bears."""
    return [each for token in said.tokens if (each := letter_of(secret_key, token))]


def _came_back(session: Session, new: NewMail, secret_key: str) -> bool:
    """Whether it says so of a letter that is about no complaint, which then counts as not delivered."""
    named = _letters_named(new.read, secret_key) if new.read else []
    letter = next(filter(None, (mail.enquiry_letter(session, new.landlord, each) for each in named)), None)
    if letter is None:
        return False
    mail.mark_bounced(letter, CAME_BACK)
    return True


def is_reply(new: NewMail, answer: Answer | None) -> bool:
    """Whether it goes on its complaint as somebody's own message."""
    kind = kind_of(new.read, answers=answer is not None)
    return kind is MailKind.REPLY and answer is not None and answer.writer is not None


def take_on(session: Session, new: NewMail, files: Sequence[UUID], *, secret_key: str, now: datetime) -> IncomingMail:
    """Keep it, and put it on its complaint with its files, or before a person.

    Nothing is sent to whoever wrote it. Raises `Refused` where the complaint does not take it.
    """
    answer = answer_in(session, new, secret_key=secret_key)
    kind = kind_of(new.read, answers=answer is not None)
    row = _kept(session, new, kind, answer, now)
    if answer is None and kind is MailKind.BOUNCE and _came_back(session, new, secret_key):
        mail.settle(row, MailOutcome.MARKED, at=now)
    elif answer is None:
        named = mail.those_named(session, new.landlord, new.read.references if new.read else ())
        mail.wait(row, why_waits(kind, names_complaint=named is not None), named)
    elif kind is MailKind.REPLY and answer.writer is None:
        mail.wait(row, WhyWaits.SENDER_UNKNOWN, answer.complaint)
    elif kind is MailKind.REPLY:
        _on_its_complaint(session, new, row, answer, files, now)
    else:
        _without_answer(session, row, answer, now)
    return row


def put_before_a_person(
    session: Session, new: NewMail, why: WhyWaits, *, secret_key: str, now: datetime
) -> IncomingMail:
    """Keep it as something that somebody has to look at, with the complaint that it may be about."""
    answer = answer_in(session, new, secret_key=secret_key)
    row = _kept(session, new, kind_of(new.read, answers=answer is not None), answer, now)
    mail.wait(row, why, answer.complaint if answer else None)
    return row


def _kept(session: Session, new: NewMail, kind: MailKind, answer: Answer | None, now: datetime) -> IncomingMail:
    known = answer is not None and answer.writer is not None
    letter_id = answer.letter.id if answer else None
    return mail.keep(session, new, kind, verified=known, letter_id=letter_id, at=now)


def _on_its_complaint(
    session: Session, new: NewMail, row: IncomingMail, answer: Answer, files: Sequence[UUID], now: datetime
) -> None:
    assert new.read is not None
    assert answer.writer is not None
    reference = answer.complaint.reference
    file = send_message(session, answer.writer, reference, words=message_of(new.read), now=now)
    number = file.case.messages[-1].number
    for each in files_that_fit(file.case, files):
        add_evidence(session, answer.writer, reference, each, now=now)
    file_mail(session, _portal(new), reference, row, message=number, now=now)


def _without_answer(session: Session, row: IncomingMail, answer: Answer, now: datetime) -> None:
    """An automatic reply, or a letter that came back: then somebody has to reach its reader in another way."""
    if row.kind is MailKind.BOUNCE:
        mail.mark_bounced(answer.letter, CAME_BACK)
    portal = Actor(role=Role.SYSTEM, landlord=row.landlord)
    file_mail(session, portal, answer.complaint.reference, row, now=now)


def _portal(new: NewMail) -> Actor:
    return Actor(role=Role.SYSTEM, landlord=new.landlord)
