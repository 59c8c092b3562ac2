"""A resident's visit to their own complaint: opened by reference and code, kept on the server for an hour."""

from __future__ import annotations

from flask import session as browser
from flask import url_for
from sqlalchemy.orm import Session

from portal.clock import current_clock
from portal.domain.permissions import Actor, Role
from portal.domain.representation import NOTHING_BACK
from portal.records import access
from portal.web.data import database
from portal.web.ending import ends_in
from portal.web.whose import current_landlord

VISIT, ACTING = "visit", "acting"
KEPT = {access.RESIDENT: VISIT, access.MEMBER: VISIT, access.REPRESENTATIVE: ACTING}
"""Where the browser keeps whose visit. One browser may hold both: somebody who complains for a neighbour too."""

HOLDERS = (access.RESIDENT, access.MEMBER)
"""Whose codes open a complaint on the residents' pages: its own resident's, and those of the members of a group."""


def visitor() -> Actor | None:
    """Whoever opened a complaint of this landlord with its code, for as long as the visit lasts."""
    found = _open_now(VISIT)
    if found is None or found.holder not in HOLDERS:
        return None
    if found.holder == access.MEMBER:
        return member_of(found.landlord, found.reference, found.member)
    return resident_of(found.landlord, found.reference)


def representative() -> Actor | None:
    """Whoever opened a complaint with a representative's code, with what their authority allows at this moment."""
    found = _open_now(ACTING)
    if found is None or found.representative is None:
        return None
    return Actor(
        Role.REPRESENTATIVE,
        landlord=found.landlord,
        case_reference=found.reference,
        representative=found.representative,
        scopes=found.scopes,
    )


def _open_now(kept: str) -> access.Visit | None:
    """Every page then says until when it is open, and how it stays so, so that nobody needs a script to be warned."""
    token = browser.get(kept)
    if not token:
        return None
    now = current_clock().now()
    with database().session() as session:
        found = access.visit(session, token, at=now)
    if found is None or found.landlord != current_landlord().key:
        return None
    ends_in((found.until - now).total_seconds(), url_for("resident.show_stay"), found.until)
    return found


def resident_of(landlord: str, reference: str) -> Actor:
    """The resident whose complaint this is."""
    return Actor(Role.RESIDENT, landlord=landlord, case_reference=reference)


def member_of(landlord: str, reference: str, number: int | None) -> Actor:
    """The member with this number of the group whose complaint this is."""
    return Actor(Role.GROUP_MEMBER, landlord=landlord, case_reference=reference, member=number)


def acting_as(landlord: str, reference: str, number: int) -> Actor:
    """The representative with this number, who may be told no more than that the complaint was received."""
    return Actor(
        Role.REPRESENTATIVE,
        landlord=landlord,
        case_reference=reference,
        representative=number,
        scopes=NOTHING_BACK,
    )


def begin(reference: str, code: str) -> str | None:
    """Open the complaint if the code is right, and say whose code it is.

    An unknown reference and a wrong code take the same work.
    """
    landlord = current_landlord().key
    with database().session() as session:
        found = access.code_opens(session, landlord, reference, code, current_clock().today())
    if found is None or found.holder not in KEPT:
        return None
    with database().unit_of_work() as session:
        begin_with(session, found)
    return found.holder


def begin_with(session: Session, code: access.AccessCode) -> None:
    """Open the complaint in this browser for the holder of a code that is known to be right."""
    browser[KEPT[code.holder]] = access.begin_visit(session, code, at=current_clock().now())


def stay() -> bool:
    """Keep open for another `access.VISIT` what this browser has open. Nothing is opened again that has ended."""
    tokens = [browser[kept] for kept in (VISIT, ACTING) if kept in browser]
    with database().unit_of_work() as session:
        return access.extend_visits(session, tokens, at=current_clock().now())


def end(kept: str = VISIT) -> None:
    """Sign out: what the browser still has opens nothing."""
    token = browser.pop(kept, None)
    if token:
        with database().unit_of_work() as session:
            access.end_visit(session, token)
