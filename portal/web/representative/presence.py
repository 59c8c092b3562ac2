"""Who of an office is signed in: kept on the server. It ends with the member's access, or when nothing is done."""

from __future__ import annotations

from flask import session as browser
from flask import url_for

from portal.clock import current_clock
from portal.domain.permissions import Actor
from portal.records import offices
from portal.web.account.security import IDLE_SECONDS, REFRESH_SECONDS, idle_too_long, touch
from portal.web.data import database
from portal.web.ending import ends_in
from portal.web.whose import current_landlord

OFFICE = "office"
SEEN = "office_seen"


def member() -> Actor | None:
    """The member of an office of this landlord who is signed in and was at work within the last hour."""
    token = browser.get(OFFICE)
    if not token or idle_too_long(SEEN):
        return None
    with database().session() as session:
        found = offices.signed_in(session, token, at=current_clock().now())
    if found is None or found.landlord != current_landlord().key:
        return None
    touch(SEEN)
    ends_in(IDLE_SECONDS - REFRESH_SECONDS, url_for("representative.office"))
    return found


def begin(token: str) -> None:
    """This browser is signed in from now on."""
    browser[OFFICE] = token
    touch(SEEN)


def end() -> None:
    """Sign out: what the browser still has opens nothing."""
    browser.pop(SEEN, None)
    token = browser.pop(OFFICE, None)
    if token:
        with database().unit_of_work() as session:
            offices.end_session(session, token)
