"""Links and slips: what somebody who asks for it gets at the address on file, or at the one that they type.

The secret in a link is derived from the installation's key and the link's own number when it is delivered. Here is
its digest alone, so that nobody who reads the database can follow a link.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, or_, select, text, update
from sqlalchemy.orm import Session, contains_eager

from portal.domain import references
from portal.domain.offices import CODE_GOOD_FOR, MOST_WRONG_CODES
from portal.records.access import choosing, code_digest, code_for
from portal.records.database import INSERTS
from portal.records.models import (
    TO_DELIVER,
    CodeRequest,
    ComplaintRow,
    Draft,
    LetterRow,
    LetterState,
    Link,
    LinkPurpose,
    OfficeMember,
    ServiceRequest,
    User,
)

GOOD_FOR = timedelta(hours=1)
"""How long a link to a new code works. It is asked for when it is wanted."""

SLIP_GOOD_FOR = timedelta(days=28)
"""How long the code on a posted slip works: it is printed, posted and found first."""

AUTHORITY_GOOD_FOR = timedelta(days=28)
"""How long a link works with which somebody says who may act."""

CODE_REQUEST_GOOD_FOR = timedelta(days=1)
"""How long a request for a new code is answered late rather than never."""

REQUEST_GOOD_FOR = timedelta(days=180)
"""How long a link to a request for service works: while somebody may still be unhappy with what became of it."""

STAFF_GOOD_FOR = timedelta(days=7)
"""How long an invitation works: over a weekend, and a few days of leave."""

SECOND_PRESS = timedelta(minutes=1)
"""For so long a second press of the same button is answered like the first."""


def token_of(secret_key: str, link_id: UUID) -> str:
    """The secret part of an emailed link: 256 bits that only this installation can derive."""
    return hmac.new(secret_key.encode(), f"link {link_id}".encode(), sha256).hexdigest()


def letter_token(secret_key: str, letter_id: UUID) -> str:
    """By which whoever got the email reads one letter: its number, and what only this installation can derive of it."""
    return f"{letter_id.hex}{_seal_of_letter(secret_key, letter_id)}"


def letter_of_token(secret_key: str, token: str) -> UUID | None:
    """The letter that such a token is for; None for one that was not made here."""
    number, seal = token[:32], token[32:]
    if not (token.isascii() and len(token) == 96):
        return None
    try:
        letter_id = UUID(hex=number)
    except ValueError:
        return None
    return letter_id if hmac.compare_digest(seal, _seal_of_letter(secret_key, letter_id)) else None


def _seal_of_letter(secret_key: str, letter_id: UUID) -> str:
    return hmac.new(secret_key.encode(), f"letter {letter_id}".encode(), sha256).hexdigest()


def slip_code(secret_key: str, link_id: UUID) -> str:
    """The code on a printed slip, short enough to type."""
    return code_for(secret_key, f"slip {link_id}")


def sign_in_code(secret_key: str, link_id: UUID) -> str:
    """The code of an email that a member of an office signs in with."""
    return references.new_sign_in_code(choosing(secret_key, f"sign in {link_id}"))


def is_derived_from(secret_key: str, link: Link) -> bool:
    """Whether this installation's key made it. A made-up past has links that nothing opens."""
    if link.purpose is LinkPurpose.SIGN_IN:
        return link.member_id is not None
    if link.letter_id is None or link.complaint is None:
        return link.token_hash == sha256(token_of(secret_key, link.id).encode()).hexdigest()
    return link.token_hash == code_digest(link.complaint.reference, slip_code(secret_key, link.id))


def for_draft(session: Session, secret_key: str, kept: Draft, to_address: str, *, language: str, at: datetime) -> Link:
    """A link that brings the draft to another device until the draft's own time is over. It names nobody."""
    return _added(
        session,
        secret_key,
        Link(
            id=uuid4(),
            landlord=kept.landlord,
            purpose=LinkPurpose.DRAFT,
            draft_hash=kept.token_hash,
            written_at=at,
            expires_at=kept.expires_at,
            to_address=to_address,
            discreet=True,
            language=language,
            state=LetterState.PENDING,
            next_try_at=at,
        ),
    )


def for_new_code(
    session: Session,
    secret_key: str,
    complaint: ComplaintRow,
    to_address: str,
    *,
    member: int | None = None,
    representative: int | None = None,
    discreet: bool,
    language: str,
    at: datetime,
) -> Link:
    """A link that makes a new access code, once: the resident's, or that of a member or a representative.

    Earlier ones of theirs end.
    """
    end_links(session, complaint, at, member=member, representative=representative)
    return _added(
        session,
        secret_key,
        Link(
            id=uuid4(),
            landlord=complaint.landlord,
            purpose=LinkPurpose.NEW_CODE,
            representative=representative,
            complaint=complaint,
            group_member=member,
            written_at=at,
            expires_at=at + GOOD_FOR,
            to_address=to_address,
            discreet=discreet,
            language=language,
            state=LetterState.PENDING,
            next_try_at=at,
        ),
    )


def for_authority(
    session: Session,
    secret_key: str,
    complaint: ComplaintRow,
    purpose: LinkPurpose,
    number: int,
    to_address: str,
    *,
    discreet: bool,
    language: str,
    at: datetime,
) -> Link:
    """A link with which to say whether a representative may act. An earlier one about the same person ends."""
    about_them = (Link.representative == number, Link.purpose != LinkPurpose.NEW_CODE)
    earlier = (Link.complaint_id == complaint.id, *about_them, Link.expires_at > at)
    session.execute(update(Link).where(*earlier).values(expires_at=at, state=LetterState.SENT))
    return _added(
        session,
        secret_key,
        Link(
            id=uuid4(),
            landlord=complaint.landlord,
            purpose=purpose,
            complaint=complaint,
            representative=number,
            written_at=at,
            expires_at=at + AUTHORITY_GOOD_FOR,
            to_address=to_address,
            discreet=discreet,
            language=language,
            state=LetterState.PENDING,
            next_try_at=at,
        ),
    )


def for_sign_in(
    session: Session,
    landlord: str,
    token: str,
    member: OfficeMember | None,
    *,
    language: str,
    send: bool = True,
    at: datetime,
) -> None:
    """A code for whoever keeps `token`; asked for again, the same code while it is good, so that each email has it.

    Nothing is sent where nobody has the address that was typed, or where `send` is false. The statements are the same.
    """
    digest = sha256(token.encode()).hexdigest()
    mine = _held_sign_in(session, landlord, digest, at)
    same = member is not None and (mine.landlord, mine.member_id) == (landlord, member.id)
    good = same and mine.used_at is None and mine.expires_at > at and mine.wrong_tries < MOST_WRONG_CODES
    waits = (mine.state, mine.next_try_at) if good else (LetterState.SENT, None)
    state, next_try_at = (LetterState.PENDING, at) if member and send else waits
    session.execute(
        update(Link)
        .where(Link.token_hash == digest)
        .values(
            id=mine.id if good else uuid4(),
            landlord=landlord,
            member_id=member.id if member else None,
            wrong_tries=mine.wrong_tries if good else 0,
            written_at=at,
            expires_at=at + CODE_GOOD_FOR,
            used_at=None,
            to_address=member.email if member else "",
            language=language,
            state=state,
            attempts=0,
            next_try_at=next_try_at,
        )
        .execution_options(synchronize_session=False)
    )


def _held_sign_in(session: Session, landlord: str, digest: str, at: datetime) -> Any:
    """What this browser asked for before, or something that is over: held, so that of two presses one waits."""
    over = {"written_at": at, "expires_at": at, "state": LetterState.SENT}
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(Link)
        .values(id=uuid4(), landlord=landlord, purpose=LinkPurpose.SIGN_IN, token_hash=digest, **over)
        .on_conflict_do_nothing(index_elements=["token_hash"])
    )
    columns = select(
        Link.id,
        Link.landlord,
        Link.member_id,
        Link.wrong_tries,
        Link.expires_at,
        Link.used_at,
        Link.state,
        Link.next_try_at,
    )
    return session.execute(columns.where(Link.token_hash == digest).with_for_update()).one()


def for_service_request(
    session: Session, secret_key: str, request: ServiceRequest, *, language: str, discreet: bool = False, at: datetime
) -> Link:
    """A link to a request for service, in the email that says that we have it."""
    return _added(
        session,
        secret_key,
        Link(
            id=uuid4(),
            landlord=request.landlord,
            purpose=LinkPurpose.SERVICE_REQUEST,
            about=request.reference,
            written_at=at,
            expires_at=at + REQUEST_GOOD_FOR,
            to_address=request.email,
            discreet=discreet,
            language=language,
            state=LetterState.PENDING,
            next_try_at=at,
        ),
    )


def for_staff(
    session: Session, secret_key: str, user: User, purpose: LinkPurpose, *, about: str = "", at: datetime
) -> Link:
    """An email to a member of staff: an invitation, or a note that something happened to their account."""
    return _added(
        session,
        secret_key,
        Link(
            id=uuid4(),
            landlord=user.landlord or "",
            purpose=purpose,
            user_id=user.id,
            about=about,
            written_at=at,
            expires_at=at + STAFF_GOOD_FOR,
            to_address=user.email,
            state=LetterState.PENDING,
            next_try_at=at,
        ),
    )


def end_staff_links(session: Session, user_id: int, purpose: LinkPurpose, at: datetime) -> None:
    """What was sent to a member of staff before opens nothing from now on."""
    unused = (Link.user_id == user_id, Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > at)
    session.execute(update(Link).where(*unused).values(expires_at=at, state=LetterState.SENT))


def for_slip(
    session: Session,
    secret_key: str,
    complaint: ComplaintRow,
    letter: LetterRow,
    *,
    member: int | None = None,
    representative: int | None = None,
    at: datetime,
) -> Link:
    """A code that is printed beside a letter, and makes a new access code once.

    Earlier ones stay good until one is used: a letter is days on its way, and whoever knows the reference could
    otherwise ask again and again so that none ever arrives in time.
    """
    slip = Link(
        id=uuid4(),
        landlord=complaint.landlord,
        purpose=LinkPurpose.NEW_CODE,
        representative=representative,
        complaint=complaint,
        letter=letter,
        group_member=member,
        written_at=at,
        expires_at=at + SLIP_GOOD_FOR,
        state=LetterState.TO_POST,
    )
    slip.token_hash = code_digest(complaint.reference, slip_code(secret_key, slip.id))
    session.add(slip)
    return slip


def end_links(
    session: Session,
    complaint: ComplaintRow,
    at: datetime,
    *,
    member: int | None = None,
    representative: int | None = None,
) -> None:
    """What was sent to the resident before opens nothing from now on; or to that member, or to that representative."""
    of_resident = and_(_OF_RESIDENT, Link.group_member.is_not_distinct_from(member))
    theirs = of_resident if representative is None else and_(_NEW_CODE, Link.representative == representative)
    unused = (Link.complaint_id == complaint.id, theirs, Link.used_at.is_(None), Link.expires_at > at)
    session.execute(update(Link).where(*unused).values(expires_at=at, state=LetterState.SENT))


def end_all_links(session: Session, complaint: ComplaintRow, at: datetime) -> None:
    """What was sent to anybody before for this complaint opens nothing from now on."""
    unused = (Link.complaint_id == complaint.id, Link.used_at.is_(None), Link.expires_at > at)
    session.execute(update(Link).where(*unused).values(expires_at=at, state=LetterState.SENT))


def end_links_about(session: Session, complaint: ComplaintRow, numbers: Collection[int], at: datetime) -> None:
    """What was sent to anybody to ask about these representatives opens nothing from now on."""
    about = (Link.complaint_id == complaint.id, Link.representative.in_(numbers))
    unused = (*about, Link.used_at.is_(None), Link.expires_at > at)
    session.execute(update(Link).where(*unused).values(expires_at=at, state=LetterState.SENT))


def link_of(session: Session, landlord: str, purpose: LinkPurpose, token: str, *, at: datetime) -> Link | None:
    """The link with this secret. A used one is found too, for `SECOND_PRESS`."""
    return _found(session, landlord, purpose, sha256(token.encode()).hexdigest(), at)


def leads_to(session: Session, token: str, *, at: datetime) -> tuple[str, LinkPurpose] | None:
    """Whose page a link is for, and what is done there. Nothing is used up."""
    digest = sha256(token.encode()).hexdigest()
    found = session.execute(
        select(Link.landlord, Link.purpose).where(
            Link.token_hash == digest, Link.purpose.not_in(_NOT_DISCREET), Link.expires_at > at
        )
    ).one_or_none()
    return (found.landlord, found.purpose) if found else None


def sign_in_of(session: Session, landlord: str, token: str, *, at: datetime) -> Link | None:
    """The code that this browser asked for, used or not, until its time is over; held until the unit of work ends."""
    digest = sha256(token.encode()).hexdigest()
    mine = (Link.token_hash == digest, Link.landlord == landlord, Link.purpose == LinkPurpose.SIGN_IN)
    return session.scalar(
        select(Link)
        .outerjoin(Link.member)
        .options(contains_eager(Link.member))
        .where(*mine, Link.expires_at > at)
        .with_for_update(of=Link)
    )


def slip_of(session: Session, landlord: str, reference: str, code: str, *, at: datetime) -> Link | None:
    """The slip with this code for this complaint."""
    return _found(session, landlord, LinkPurpose.NEW_CODE, code_digest(reference, code), at)


def held(session: Session, link: Link, *, at: datetime) -> Link | None:
    """The link as it is now, held until the unit of work ends, so that of two presses the second sees the first.

    None where it has ended meanwhile. The complaint is to be held already: of two who took a complaint and its links in
    different orders, each would wait for the other.
    """
    now = session.get(Link, link.id, with_for_update=True, populate_existing=True)
    return now if now and now.expires_at > at else None


def slip_waits(
    session: Session,
    complaint: ComplaintRow,
    *,
    member: int | None = None,
    representative: int | None = None,
    at: datetime,
) -> bool:
    """Whether a letter with a slip is still to be printed, so that no second one is needed."""
    waiting = select(Link.id).join(Link.letter).where(LetterRow.state == LetterState.TO_POST)
    theirs = (
        Link.complaint_id == complaint.id,
        Link.group_member.is_not_distinct_from(member),
        Link.representative.is_not_distinct_from(representative),
    )
    unused = (*theirs, Link.used_at.is_(None), Link.expires_at > at)
    return session.scalar(waiting.where(*unused).limit(1)) is not None


def slip_of_letter(session: Session, letter_id: UUID, *, at: datetime) -> Link | None:
    """What is to be printed beside a letter, while it works."""
    unused = select(Link).where(Link.letter_id == letter_id, Link.used_at.is_(None), Link.expires_at > at)
    return session.scalar(unused)


def links_to_deliver(session: Session, now: datetime, limit: int = 1) -> Sequence[Link]:
    """Links whose time to be tried has come, held so that a second worker takes others."""
    due = select(Link).where(_TO_DELIVER, Link.next_try_at <= now, Link.expires_at > now)
    return session.scalars(due.order_by(Link.next_try_at, Link.id).limit(limit).with_for_update(skip_locked=True)).all()


def keep_request(
    session: Session,
    landlord: str,
    reference: str,
    *,
    known_by: Iterable[str] = (),
    acting: bool = False,
    at: datetime,
) -> UUID:
    """Write down that somebody asked for a new code, whether there is such a complaint or not."""
    whose = {"known_by": " ".join(known_by), "acting": acting}
    asked = CodeRequest(id=uuid4(), landlord=landlord, reference=reference, asked_at=at, **whose)
    session.add(asked)
    return asked.id


def requests_waiting(session: Session, limit: int = 50) -> Sequence[UUID]:
    """What was asked for and is not answered, longest first."""
    waiting = select(CodeRequest.id).order_by(CodeRequest.asked_at, CodeRequest.id).limit(limit)
    return session.scalars(waiting).all()


def taken_request(session: Session, request_id: UUID) -> CodeRequest | None:
    """The request, to be answered now; None where somebody else answers it or has done so. It is gone with that."""
    one = select(CodeRequest).where(CodeRequest.id == request_id).with_for_update(skip_locked=True)
    found = session.scalar(one)
    if found is not None:
        session.delete(found)
    return found


def forget_old_links(session: Session, *, at: datetime) -> None:
    """Remove links that work no more, and the addresses that they went to, and what nobody waits for any more."""
    session.execute(delete(CodeRequest).where(CodeRequest.asked_at <= at - CODE_REQUEST_GOOD_FOR))
    session.execute(delete(Link).where(Link.expires_at <= at))


def _added(session: Session, secret_key: str, link: Link) -> Link:
    link.token_hash = hash_of(secret_key, link.id)
    session.add(link)
    return link


def hash_of(secret_key: str, link_id: UUID) -> str:
    """What is stored of the secret of a link."""
    return sha256(token_of(secret_key, link_id).encode()).hexdigest()


def _found(session: Session, landlord: str, purpose: LinkPurpose, digest: str, at: datetime) -> Link | None:
    """Not held: whoever uses a link takes its complaint first, as everybody does, and then `held`."""
    link = session.scalar(
        select(Link)
        .outerjoin(Link.complaint)
        .options(contains_eager(Link.complaint))
        .where(Link.token_hash == digest, Link.landlord == landlord, Link.purpose == purpose, Link.expires_at > at)
    )
    spent = link is not None and link.used_at is not None and at - link.used_at > SECOND_PRESS
    return None if spent else link


_NOT_DISCREET = (LinkPurpose.SIGN_IN, LinkPurpose.INVITATION, LinkPurpose.STAFF_NOTE)

_TO_DELIVER = text(TO_DELIVER)
_NEW_CODE = Link.purpose == LinkPurpose.NEW_CODE
# What an official address is asked, and the codes of representatives, are not the resident's.
_OF_RESIDENT = and_(
    Link.purpose != LinkPurpose.OFFICIAL_ADDRESS,
    or_(Link.representative.is_(None), Link.purpose != LinkPurpose.NEW_CODE),
)
