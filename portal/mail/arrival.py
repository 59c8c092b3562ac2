"""A message comes in: its bytes are kept first, then it is read, and then it is put where it belongs, in one step.

Should the process end anywhere in between, the message is fetched again and comes to the same place: what is stored
for it bears a number that follows from where it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.exc import DataError, IntegrityError

from portal.domain.mail import NewMail
from portal.domain.mail_kinds import WhyWaits
from portal.domain.read_mail import MailFile, ReadMail
from portal.domain.refusal import Refused
from portal.evidence.arrival import take_in
from portal.evidence.verdict import Unfit
from portal.mail import filing
from portal.mail.workbench import Unreadable, open_message
from portal.records import mail
from portal.records.database import Database
from portal.records.files import Store, digest_of, name_of
from portal.records.history import NotFound
from portal.records.mail import IncomingMail

HEADERS_AND_BODY = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where messages are kept and put: what every step needs."""

    database: Database
    store: Store
    secret_key: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies: the mailbox by name, and its number there while `uid_validity` stays."""

    landlord: str
    mailbox: str
    uid_validity: int
    uid: int

    @property
    def mail_id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"imap://{self.landlord}/{self.mailbox}/{self.uid_validity}/{self.uid}")


def take(desk: Desk, place: Place, path: Path, received_at: datetime, now: datetime) -> IncomingMail | None:
    """Keep the message in the file and put it where it belongs; None where it is here already. Raises `StoreAway`."""
    with TemporaryDirectory(prefix="portal-mail-") as folder:
        said = _read(path, Path(folder))
        with path.open("rb") as source:
            digest, size = digest_of(source)
            new = NewMail(
                id=place.mail_id,
                landlord=place.landlord,
                mailbox=place.mailbox,
                uid_validity=place.uid_validity,
                uid=place.uid,
                same_as=_same_as(path, said, digest),
                received_at=received_at,
                digest=digest,
                size=size,
                read=said,
                files=said.files if said else (),
            )
            with desk.database.session() as session:
                if mail.is_kept(session, new):
                    return None
            desk.store.put(name_of(new.id, digest), source)
        try:
            return _placed(desk, new, Path(folder), now)
        except IntegrityError:  # somebody else fetched it at the same moment
            return None


def _read(path: Path, folder: Path) -> ReadMail | None:
    try:
        return open_message(path, folder)
    except Unreadable:
        return None


def _same_as(path: Path, said: ReadMail | None, digest: str) -> str:
    """Alike for two deliveries of one message, which differ in what servers wrote above it; else of these bytes alone.

    By its Message-ID together with what it says: some programs give every message the same one.
    """
    if said is None or not said.message_id:
        return digest
    _, _, body = path.read_bytes().partition(HEADERS_AND_BODY)
    return sha256(f"{said.message_id}\n{said.sender}\n{said.subject}\n".encode() + body).hexdigest()


def _placed(desk: Desk, new: NewMail, folder: Path, now: datetime) -> IncomingMail:
    """Where it belongs; before a person where its complaint does not take it, or the database not what it says."""
    with desk.database.session() as session:
        is_reply = filing.is_reply(new, filing.answer_in(session, new, secret_key=desk.secret_key))
    kept: Sequence[UUID] = ()
    if is_reply and new.read:
        kept, files = take_in_files(desk, new.landlord, new.read, folder, now)
        new = replace(new, files=files)
    try:
        with desk.database.unit_of_work() as session:
            return filing.take_on(session, new, kept, secret_key=desk.secret_key, now=now)
    except (Refused, NotFound):
        why = WhyWaits.CANNOT_BE_FILED
    except DataError:
        why, new = WhyWaits.UNREADABLE, replace(new, read=None, files=())
    with desk.database.unit_of_work() as session:
        return filing.put_before_a_person(session, new, why, secret_key=desk.secret_key, now=now)


def take_in_files(
    desk: Desk, landlord: str, said: ReadMail, folder: Path, now: datetime
) -> tuple[list[UUID], tuple[MailFile, ...]]:
    """The files that are taken, stored and waiting to be looked at; and all of them, with why some are not taken.

    Raises `StoreAway`.
    """
    kept: list[UUID] = []
    told: list[MailFile] = []
    for number, each in enumerate(said.files):
        why = None
        try:
            with Path(folder, str(number)).open("rb") as source:
                kept.append(take_in(desk.database, desk.store, landlord, each.name, source, now=now))
        except Unfit as unfit:
            why = unfit.why
        told.append(replace(each, why_not=why))
    return kept, tuple(told)
