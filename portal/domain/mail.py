"""Email that comes in: what a message says of itself, what it can be, and what becomes of it.

Whatever cannot be put on its complaint beyond doubt waits for a person: any expression of dissatisfaction is a
complaint, received on the day on which it reached us (Code 1.2), and nothing that reached us is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from portal.domain.actors import Actor, Role
from portal.domain.case import Case
from portal.domain.evidence import MOST_FILES
from portal.domain.law import LONDON
from portal.domain.mail_kinds import MailKind, WhyWaits
from portal.domain.messages import LONGEST
from portal.domain.read_mail import MORE, MailFile, ReadMail
from portal.domain.representation import Representative
from portal.domain.sight import Seen, in_sight


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A message that has reached a mailbox, whose bytes are kept under `digest`.

    `mailbox`, `uid_validity` and `uid` say which one it is there (RFC 3501, 2.3.1.1); `same_as` is alike in two
    deliveries of the same message. `received_at` is when it reached the mailbox. `read` is None where it could not be
    read.
    """

    id: UUID
    landlord: str
    mailbox: str
    uid_validity: int
    uid: int
    same_as: str
    received_at: datetime
    digest: str
    size: int
    read: ReadMail | None = None
    files: tuple[MailFile, ...] = field(default=())


def kind_of(mail: ReadMail | None, *, answers: bool) -> MailKind:
    """What it is. `answers`: it bears the token of a letter of ours."""
    if mail is None:
        return MailKind.UNREADABLE
    if mail.bounced:
        return MailKind.BOUNCE
    if mail.is_automatic:
        return MailKind.AUTOMATIC
    return MailKind.REPLY if answers else MailKind.NEW


def why_waits(kind: MailKind, *, names_complaint: bool) -> WhyWaits:
    """Why a message that bears no token of ours waits. A reference alone proves nothing: it stands on every letter."""
    by_kind = {
        MailKind.UNREADABLE: WhyWaits.UNREADABLE,
        MailKind.BOUNCE: WhyWaits.BOUNCE,
        MailKind.AUTOMATIC: WhyWaits.AUTOMATIC,
    }
    return by_kind.get(kind) or (WhyWaits.REFERENCE_ALONE if names_complaint else WhyWaits.NEW)


def day_received(received_at: datetime) -> date:
    """Day 0 of a complaint by email: the day in London on which it reached the mailbox, whenever anybody read it."""
    return received_at.astimezone(LONDON).date()


def is_from(sender: str, address: str) -> bool:
    """Whether the sender is whom we write to at this address."""
    return bool(address.strip()) and sender.strip().casefold() == address.strip().casefold()


def writer(case: Case, sender: str, on: datetime, *, representative: int | None, member: int | None) -> Actor | None:
    """Whose message an answer to a letter is: whoever the letter went to, where it comes from the contact on file.

    None where it is anybody else's, as far as can be told. A contact that somebody else gave for the resident and
    nobody has checked is nobody's word. A member of a group writes through its lead.
    """
    if member is not None:
        return None
    if representative is not None:
        return _acting(case, case.representatives[representative - 1], sender, on)
    if case.contact_to_check or not is_from(sender, case.received.person.email):
        return None
    return Actor(Role.RESIDENT, landlord=case.landlord, case_reference=case.reference)


def _acting(case: Case, one: Representative, sender: str, on: datetime) -> Actor | None:
    scopes = one.scopes(on.date())
    if not scopes or not is_from(sender, one.added.email):
        return None
    return Actor(
        Role.REPRESENTATIVE,
        landlord=case.landlord,
        name=one.added.name,
        case_reference=case.reference,
        representative=one.number,
        scopes=scopes,
        office_id=one.added.office_id,
    )


def message_of(mail: ReadMail) -> str:
    """What stands on the complaint of it: what was newly written, or its subject where that is all there is."""
    words = mail.new_words.strip() or mail.words.strip() or mail.subject.strip() or "…"
    return words if len(words) <= LONGEST else words[: LONGEST - len(MORE)] + MORE


def files_that_fit(case: Case, wanted: Iterable[UUID]) -> tuple[UUID, ...]:
    """As many of a message's files as the complaint can still hold."""
    return tuple(wanted)[: max(MOST_FILES - len(case.files), 0)]


def mail_in_sight(actor: Actor, complaint: Seen | None) -> bool:
    """Whether a message exists for a member of staff: with the complaint that it is on, or seems to be about.

    One that is about none has no area yet. Whoever is limited to areas does not see it, but for complaints officers.
    """
    if complaint is None:
        return not actor.areas or Role.LEAD in actor.roles
    return in_sight(actor, complaint)
