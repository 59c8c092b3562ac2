"""A resident's visit to their own complaint: opened by reference and code, kept on the server for an hour."""

from __future__ import annotations

from flask import g
from flask import session as browser

from portal.clock import current_clock
from portal.domain.permissions import Actor, Role
from portal.records import access
from portal.web.data import database
from portal.web.whose import current_landlord

VISIT = "visit"

HOLDERS = (access.RESIDENT, access.MEMBER)
"""Whose codes open a complaint on the residents' pages: its own resident's, and those of the members of a group."""


def visitor() -> Actor | None:
    """Whoever opened a complaint of this landlord with its code, for as long as the visit lasts.

    Every page then says until when that is, so that nobody needs a script to be warned.
    """
    token = browser.get(VISIT)
    if not token:
        return None
    with database().session() as session:
        found = access.visit(session, token, at=current_clock().now())
    if found is None or found.landlord != current_landlord().key or found.holder not in HOLDERS:
        return None
    g.open_until = found.until
    if found.holder == access.MEMBER:
        return Actor(Role.GROUP_MEMBER, landlord=found.landlord, case_reference=found.reference, member=found.member)
    return resident_of(found.landlord, found.reference)


def resident_of(landlord: str, reference: str) -> Actor:
    """The resident whose complaint this is."""
    return Actor(Role.RESIDENT, landlord=landlord, case_reference=reference)


def begin(reference: str, code: str) -> str | None:
    """Open the complaint if the code is right, and say whose code it is. Whatever is wrong takes the same work."""
    landlord = current_landlord().key
    with database().session() as session:
        found = access.code_opens(session, landlord, reference, code, current_clock().today())
    if found is None or found.holder not in HOLDERS:
        return None
    with database().unit_of_work() as session:
        browser[VISIT] = access.begin_visit(session, found, at=current_clock().now())
    return found.holder


def end() -> None:
    """Sign out: what the browser still has opens nothing."""
    token = browser.pop(VISIT, None)
    if token:
        with database().unit_of_work() as session:
            access.end_visit(session, token)
