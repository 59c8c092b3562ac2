"""Who may follow a complaint without an account: secret codes, and the short sessions that they open.

A code is stored only as a digest. It is 67 random bits, so that a slow hash, which is for words
that people choose, would add nothing but load.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256, sha512

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from portal.domain import references
from portal.domain.representation import NOTHING_BACK, Scopes, whole
from portal.records.models import AccessCode, AccessGrant, ComplaintRow, RepresentativeRow

VISIT = timedelta(minutes=60)
"""How long a code opens a complaint for. It grows by a press alone, so that looking writes nothing."""

RESIDENT = "resident"
REPRESENTATIVE = "representative"
MEMBER = "member"
INVITATION = "invitation"
LEAD_OFFER = "lead_offer"
"""Whose a code is. An invitation is handed round by the lead of a group: it opens the page to join on, and no other.
What the lead gives to one member opens nothing at all: with it that member can take the lead.
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose complaint a session may see, whose code opened it, and until when.

    `representative` is the number of the one whose code it is, `scopes` what their authority allows today.
    """

    landlord: str
    reference: str
    holder: str
    until: datetime
    representative: int | None = None
    member: int | None = None
    scopes: Scopes = frozenset()


def code_digest(reference: str, code: str) -> str:
    """What is stored of a code. The reference is part of it, so that equal codes do not look equal."""
    return sha256(f"{references.plain(reference)}:{references.plain(code)}".encode()).hexdigest()


def code_for(secret_key: str, token: str) -> str:
    """The secret code that belongs to a draft's token: the same each time, and stored nowhere."""
    return references.new_code(choosing(secret_key, token))


def choosing(secret_key: str, token: str) -> Callable[[Sequence[str]], str]:
    """Choose what belongs to `token`: the same each time, and nothing that anybody without the key could tell."""
    return _choosing(hmac.new(secret_key.encode(), token.encode(), sha512).digest())


def store_code(session: Session, complaint: ComplaintRow, code: str, at: datetime) -> None:
    """Make `code` the resident's only code. An earlier one opens nothing from now on."""
    if complaint.version > 1:  # a complaint that has only just been received has none yet
        revoke_codes(session, complaint, at)
    session.add(
        AccessCode(
            complaint=complaint,
            code_hash=code_digest(complaint.reference, code),
            holder=RESIDENT,
            issued_at=at,
        )
    )


def store_representative_code(session: Session, complaint: ComplaintRow, number: int, code: str, at: datetime) -> None:
    """Make `code` the only code of this representative. The resident's own, and other people's, go on."""
    revoke_representative_codes(session, complaint, number, at)
    session.add(
        AccessCode(
            complaint=complaint,
            representative=number,
            code_hash=code_digest(complaint.reference, code),
            holder=REPRESENTATIVE,
            issued_at=at,
        )
    )


def store_member_code(session: Session, complaint: ComplaintRow, number: int, code: str, at: datetime) -> None:
    """Make `code` the only code of this member of the group. Everybody else's go on."""
    revoke_member_codes(session, complaint, number, at)
    session.add(
        AccessCode(
            complaint=complaint,
            member=number,
            code_hash=code_digest(complaint.reference, code),
            holder=MEMBER,
            issued_at=at,
        )
    )


def store_invitation(session: Session, complaint: ComplaintRow, code: str, at: datetime) -> None:
    """Let this code open the page on which one joins the group."""
    session.add(
        AccessCode(
            complaint=complaint,
            code_hash=code_digest(complaint.reference, code),
            holder=INVITATION,
            issued_at=at,
        )
    )


def store_lead_offer(session: Session, complaint: ComplaintRow, code: str, at: datetime) -> None:
    """Let a member take the lead of the group with this code."""
    session.add(
        AccessCode(
            complaint=complaint,
            code_hash=code_digest(complaint.reference, code),
            holder=LEAD_OFFER,
            issued_at=at,
        )
    )


def end_lead_offers(session: Session, complaint: ComplaintRow, at: datetime) -> None:
    """With what the lead gave away nobody can take the lead any more."""
    _revoke(session, at, AccessCode.complaint_id == complaint.id, AccessCode.holder == LEAD_OFFER)


def hand_over_codes(session: Session, complaint: ComplaintRow, number: int, former: int | None, at: datetime) -> None:
    """The codes of the member with this number open what the resident's did, and those what the former lead's do.

    Nobody has to be given a new one, and what is open on somebody's device changes with the next click.
    """
    end_lead_offers(session, complaint, at)
    good = (AccessCode.complaint_id == complaint.id, AccessCode.revoked_at.is_(None))
    leads = session.scalars(select(AccessCode).where(*good, AccessCode.holder == RESIDENT)).all()
    takes = session.scalars(select(AccessCode).where(*good, AccessCode.member == number)).all()
    for each in leads:
        each.holder, each.member = MEMBER, former
    for each in takes:
        each.holder, each.member = RESIDENT, None


def revoke_member_codes(session: Session, complaint: ComplaintRow, number: int, at: datetime) -> None:
    """End what the codes of one member open, sessions included."""
    _revoke(session, at, AccessCode.complaint_id == complaint.id, AccessCode.member == number)


def revoke_codes(session: Session, complaint: ComplaintRow, at: datetime) -> None:
    """End what the resident's codes open, sessions included. Those of representatives go on; suspended ones wait."""
    theirs = (AccessCode.complaint_id == complaint.id, AccessCode.holder == RESIDENT)
    _revoke(session, at, *theirs, AccessCode.suspended_for_id.is_(None))


def revoke_representative_codes(session: Session, complaint: ComplaintRow, number: int, at: datetime) -> None:
    """End what the codes of one representative open, sessions included."""
    _revoke(session, at, AccessCode.complaint_id == complaint.id, AccessCode.representative == number)


def _revoke(session: Session, at: datetime, *codes: ColumnElement[bool]) -> None:
    session.execute(delete(AccessGrant).where(AccessGrant.access_code_id.in_(select(AccessCode.id).where(*codes))))
    session.execute(update(AccessCode).where(*codes, AccessCode.revoked_at.is_(None)).values(revoked_at=at))


def code_opens(session: Session, landlord: str, reference: str, code: str, on: date) -> AccessCode | None:
    """The code on record that opens this complaint of this landlord on a day, with the complaint.

    One statement whose work does not depend on whether the reference exists: it looks for the
    digest of both together, and for nothing else.
    """
    return session.scalar(_OPENING, {"digest": code_digest(reference, code), "ours": landlord, "on": on})


def begin_visit(session: Session, code: AccessCode, *, at: datetime) -> str:
    """Open a session of `VISIT` for the holder of `code`. The token returned is kept by them alone."""
    token = secrets.token_urlsafe(32)
    session.add(
        AccessGrant(
            token_hash=_digest(token),
            complaint_id=code.complaint_id,
            access_code_id=code.id,
            expires_at=at + VISIT,
        )
    )
    return token


def visit(session: Session, token: str, *, at: datetime) -> Visit | None:
    """What a token opens at this moment: nothing once it has expired, or its code or authority has ended."""
    on = at.date()
    found = session.execute(_VISIT, {"digest": _digest(token), "at": at, "on": on}).one_or_none()
    if found is None:
        return None
    of_landlord, reference, holder, until, member, number, allowed, starts_on = found
    begun = starts_on is not None and starts_on <= on
    scopes: Scopes = frozenset() if number is None else whole(allowed) if begun else NOTHING_BACK
    return Visit(of_landlord, reference, holder, until, number, member, scopes)


def extend_visits(session: Session, tokens: Iterable[str], *, at: datetime) -> bool:
    """Let sessions that have not ended go on for another `VISIT` from now. Whether there was one."""
    digests = [_digest(token) for token in tokens]
    open_now = update(AccessGrant).where(AccessGrant.token_hash.in_(digests), AccessGrant.expires_at > at)
    longer = open_now.values(expires_at=at + VISIT).returning(AccessGrant.complaint_id)
    return session.execute(longer).first() is not None


def end_visit(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(AccessGrant).where(AccessGrant.token_hash == _digest(token)))


def forget_ended_visits(session: Session, *, at: datetime) -> None:
    """Remove sessions that have expired."""
    session.execute(delete(AccessGrant).where(AccessGrant.expires_at <= at))


# Made once: to make a query takes as long as to ask it.
_WHOSE = and_(
    RepresentativeRow.complaint_id == AccessCode.complaint_id, RepresentativeRow.number == AccessCode.representative
)
_NOT_OVER = and_(
    RepresentativeRow.ended_on.is_(None),
    or_(RepresentativeRow.expires_on.is_(None), RepresentativeRow.expires_on >= bindparam("on")),
)
_STILL_HOLDS = or_(AccessCode.holder != REPRESENTATIVE, _NOT_OVER)
_OPENING = (
    select(AccessCode)
    .join(AccessCode.complaint)
    .outerjoin(RepresentativeRow, _WHOSE)
    .options(contains_eager(AccessCode.complaint))
    .where(
        AccessCode.code_hash == bindparam("digest"),
        AccessCode.revoked_at.is_(None),
        AccessCode.suspended_for_id.is_(None),
        ComplaintRow.landlord == bindparam("ours"),
        _STILL_HOLDS,
    )
)
_VISIT = (
    select(
        ComplaintRow.landlord,
        ComplaintRow.reference,
        AccessCode.holder,
        AccessGrant.expires_at,
        AccessCode.member,
        RepresentativeRow.number,
        RepresentativeRow.scopes,
        RepresentativeRow.starts_on,
    )
    .select_from(AccessGrant)
    .join(AccessGrant.complaint)
    .join(AccessGrant.access_code)
    .outerjoin(RepresentativeRow, _WHOSE)
    .where(
        AccessGrant.token_hash == bindparam("digest"),
        AccessGrant.expires_at > bindparam("at"),
        AccessCode.revoked_at.is_(None),
        AccessCode.suspended_for_id.is_(None),
        _STILL_HOLDS,
    )
)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _choosing(digest: bytes) -> Callable[[Sequence[str]], str]:
    """Choose from the digest, read as one long number: 512 bits for 68 leave no choice likelier than another."""
    rest = int.from_bytes(digest, "big")

    def choose(letters: Sequence[str]) -> str:
        nonlocal rest
        rest, place = divmod(rest, len(letters))
        return letters[place]

    return choose
