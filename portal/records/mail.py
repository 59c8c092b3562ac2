"""Email that comes in: kept once, found by those who may know of what it is about, and settled by one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.evidence import WhyRefused
from portal.domain.mail import NewMail, day_received
from portal.domain.mail_events import MailFiled
from portal.domain.mail_kinds import MailKind, MailOutcome, WhyWaits
from portal.domain.permissions import Actor
from portal.domain.read_mail import MailFile, ReadMail
from portal.records.database import INSERTS
from portal.records.mail_tables import IncomingMail, MailboxRead
from portal.records.models import ComplaintRow, EnquiryLetter, LetterRow, LetterState, User
from portal.records.sight import IN_SIGHT, sight_of

__all__ = [
    "IncomingMail",
    "answered_letter",
    "as_read",
    "complaint_of",
    "enquiry_letter",
    "filed",
    "files_of",
    "is_kept",
    "keep",
    "mark_bounced",
    "of_complaint",
    "read_to",
    "remember_read_to",
    "settle",
    "settled",
    "settled_by",
    "tell_of_files",
    "those_named",
    "wait",
    "waiting",
    "with_id",
]

AT_ONCE = 100
NOTHING_READ = ReadMail()


def keep(
    session: Session, new: NewMail, kind: MailKind, *, verified: bool, letter_id: UUID | None, at: datetime
) -> IncomingMail:
    """What has come in, as something that nobody has looked at yet."""
    said = new.read or NOTHING_READ
    row = IncomingMail(
        id=new.id,
        landlord=new.landlord,
        mailbox=new.mailbox,
        uid_validity=new.uid_validity,
        uid=new.uid,
        same_as=new.same_as,
        received_at=new.received_at,
        fetched_at=at,
        digest=new.digest,
        size=new.size,
        kind=kind,
        sender=said.sender,
        sender_name=said.sender_name,
        subject=said.subject,
        words=said.words,
        new_words=said.new_words,
        files=[asdict(each) for each in new.files],
        verified=verified,
        letter_id=letter_id,
    )
    session.add(row)
    return row


def files_of(row: IncomingMail) -> tuple[MailFile, ...]:
    """The files of a message, as values."""
    return tuple(
        MailFile(each["name"], each["size"], WhyRefused(each["why_not"]) if each["why_not"] else None)
        for each in row.files
    )


def as_read(row: IncomingMail) -> ReadMail:
    """What a kept message says, as a value."""
    return ReadMail(
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        words=row.words,
        new_words=row.new_words,
        files=files_of(row),
    )


def filed(row: IncomingMail, *, message: int | None, note: str) -> MailFiled:
    """That a message is on a complaint, as its history holds it."""
    return MailFiled(
        mail_id=str(row.id),
        digest=row.digest,
        mail_kind=row.kind,
        received_on=day_received(row.received_at),
        verified=row.verified,
        message=message,
        letter_id=str(row.letter_id) if row.letter_id else None,
        note=note,
    )


def is_kept(session: Session, new: NewMail) -> bool:
    """Whether this message is here already: fetched before, or delivered to us twice."""
    here = and_(
        IncomingMail.mailbox == new.mailbox,
        IncomingMail.uid_validity == new.uid_validity,
        IncomingMail.uid == new.uid,
    )
    same = and_(IncomingMail.landlord == new.landlord, IncomingMail.same_as == new.same_as)
    return bool(session.scalar(select(exists().where(or_(here, same)))))


def settle(
    row: IncomingMail,
    outcome: MailOutcome,
    *,
    complaint: ComplaintRow | None = None,
    by_id: int | None = None,
    reason: str = "",
    at: datetime,
) -> None:
    """Say what became of a message."""
    row.outcome, row.settled_at, row.settled_by_id, row.reason = outcome, at, by_id, reason
    row.complaint_id = complaint.id if complaint else None
    row.why = None


def wait(row: IncomingMail, why: WhyWaits, suggested: ComplaintRow | None) -> None:
    """It stays until a person has looked at it."""
    row.why, row.suggested_id = why, suggested.id if suggested else None


def answered_letter(session: Session, landlord: str, letter_id: UUID) -> tuple[LetterRow, ComplaintRow] | None:
    """The letter of this landlord with this number, and its complaint."""
    found = select(LetterRow, ComplaintRow).join(LetterRow.complaint)
    row = session.execute(found.where(LetterRow.id == letter_id, LetterRow.landlord == landlord)).one_or_none()
    return (row[0], row[1]) if row else None


def those_named(session: Session, landlord: str, references: Iterable[str]) -> ComplaintRow | None:
    """The first complaint of this landlord that a message names, if it names one."""
    wanted = list(references)
    if not wanted:
        return None
    found = select(ComplaintRow).where(ComplaintRow.landlord == landlord, ComplaintRow.reference.in_(wanted))
    rows = {row.reference: row for row in session.scalars(found)}
    return next((rows[each] for each in wanted if each in rows), None)


def enquiry_letter(session: Session, landlord: str, letter_id: UUID) -> EnquiryLetter | None:
    """The letter of this landlord with this number that is about no complaint."""
    one = select(EnquiryLetter).where(EnquiryLetter.id == letter_id, EnquiryLetter.landlord == landlord)
    return session.scalar(one)


def mark_bounced(letter: LetterRow | EnquiryLetter, told: str) -> bool:
    """Whether the letter counted as sent and now counts as not delivered, which nobody tries again by itself."""
    if letter.state is not LetterState.SENT:
        return False
    letter.state, letter.next_try_at, letter.last_error = LetterState.FAILED, None, told
    return True


def waiting(session: Session, actor: Actor) -> Sequence[IncomingMail]:
    """What somebody has to look at, longest first."""
    return session.scalars(_WAITING.limit(AT_ONCE), sight_of(actor)).all()


def settled(session: Session, actor: Actor) -> Sequence[IncomingMail]:
    """What became of the latest."""
    return session.scalars(_SETTLED.limit(AT_ONCE), sight_of(actor)).all()


def with_id(session: Session, actor: Actor, mail_id: UUID, *, for_update: bool = False) -> IncomingMail | None:
    """One message, where it exists for the actor; held against other writers where it is to be settled."""
    one = _IN_SIGHT.where(IncomingMail.id == mail_id)
    if for_update:
        one = one.with_for_update(of=IncomingMail).execution_options(populate_existing=True)
    return session.scalar(one, sight_of(actor))


def of_complaint(session: Session, complaint: ComplaintRow, mail_id: UUID) -> IncomingMail | None:
    """One message that is on this complaint."""
    one = select(IncomingMail).where(IncomingMail.id == mail_id, IncomingMail.complaint_id == complaint.id)
    return session.scalar(one)


def complaint_of(session: Session, row: IncomingMail) -> ComplaintRow | None:
    """The complaint that a message is on, or seems to be about."""
    number = row.complaint_id or row.suggested_id
    return session.get(ComplaintRow, number) if number else None


def settled_by(session: Session, row: IncomingMail) -> str:
    """The name of whoever saw to it; nothing where the portal did, or nobody has."""
    return (session.scalar(select(User.name).where(User.id == row.settled_by_id)) or "") if row.settled_by_id else ""


def tell_of_files(session: Session, mail_id: UUID, files: Iterable[MailFile]) -> None:
    """What became of the files of a message."""
    session.get_one(IncomingMail, mail_id).files = [asdict(each) for each in files]


def read_to(session: Session, mailbox: str, uid_validity: int) -> int:
    """Up to which number everything in the mailbox is kept. From 0 again where the server has renumbered it."""
    found = session.get(MailboxRead, mailbox)
    return found.read_to if found and found.uid_validity == uid_validity else 0


def remember_read_to(session: Session, mailbox: str, uid_validity: int, uid: int) -> None:
    """Everything up to this number is kept. A second reader that is further on stays so."""
    insert = INSERTS[session.get_bind().dialect.name]
    start = insert(MailboxRead).values(mailbox=mailbox, uid_validity=uid_validity, read_to=0)
    session.execute(start.on_conflict_do_nothing())
    found = session.get_one(MailboxRead, mailbox, with_for_update=True)
    if found.uid_validity != uid_validity or found.read_to < uid:
        found.uid_validity, found.read_to = uid_validity, uid


_ABOUT = func.coalesce(IncomingMail.complaint_id, IncomingMail.suggested_id)
_ABOUT_NONE: ColumnElement[bool] = and_(
    _ABOUT.is_(None), or_(bindparam("every_area", type_=Boolean()), bindparam("is_officer", type_=Boolean()))
)
_IN_SIGHT = (
    select(IncomingMail)
    .outerjoin(ComplaintRow, ComplaintRow.id == _ABOUT)
    .where(IncomingMail.landlord == bindparam("ours"), or_(_ABOUT_NONE, IN_SIGHT))
)
"""Those that exist for the actor, as `domain.mail.mail_in_sight` says it of one."""

_WAITING = _IN_SIGHT.where(IncomingMail.outcome.is_(None)).order_by(IncomingMail.received_at, IncomingMail.id)
_SETTLED = _IN_SIGHT.where(IncomingMail.outcome.is_not(None)).order_by(IncomingMail.settled_at.desc(), IncomingMail.id)
_WAIT = _IN_SIGHT.where(IncomingMail.outcome.is_(None))
HOW_MANY_WAIT = _WAIT.with_only_columns(func.count(IncomingMail.id)).scalar_subquery()
WAITING_SINCE = _WAIT.with_only_columns(func.min(IncomingMail.received_at)).scalar_subquery()
"""How many of them wait for somebody, and since when the first does: asked with what `sight_of` gives."""
