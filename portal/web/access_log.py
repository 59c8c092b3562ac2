"""What staff look at is written down before the answer goes: an answer that cannot be written down is not given.

Every page about one complaint is noted by itself, read or refused. A page that searches or exports says so with
`note_access`.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, Response, g, request

from portal.clock import current_clock
from portal.domain.permissions import Action, Actor
from portal.domain.references import reference_from
from portal.records import access_log
from portal.records.access_log import Access
from portal.web.access import mark_of
from portal.web.data import database

REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
SHOWN = {HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
"""What a page about a complaint comes with. A form that comes back, and a preview, show the complaint as well."""


def note_access(access: Access) -> None:
    """Have this request written down as a search, an export or a refusal, instead of what its answer looks like."""
    g.access = access


def note_also(references: Iterable[str]) -> None:
    """Have it written down that the page shows something of these complaints too."""
    g.looked_at_too = [*g.get("looked_at_too", ()), *references]


def register(app: Flask) -> None:
    app.after_request(write_down)


def write_down(response: Response) -> Response:
    """One insert for each complaint that a member of staff looked at, or was refused; for others nothing."""
    actor: Actor | None = g.get("actor")
    action = mark_of(request.endpoint) if request.endpoint else None
    if actor is None or actor.user_id is None or not isinstance(action, Action):
        return response
    access = g.get("access") or _looks_like(response)
    if access:
        with database().unit_of_work() as session:
            for reference in dict.fromkeys((_reference(), *g.get("looked_at_too", ()))):
                access_log.note(session, actor, access, action, reference, at=current_clock().now())
    return response


def _looks_like(response: Response) -> Access | None:
    if response.status_code in REFUSALS:
        return Access.REFUSED
    if request.method not in {"GET", "POST"} or response.status_code not in SHOWN or not _reference():
        return None
    if response.mimetype == "text/html":
        return Access.READ
    return Access.DOWNLOADED if response.status_code == HTTPStatus.OK else None


def _reference() -> str | None:
    """The reference in the address, if it is one: whatever else somebody types there is not kept."""
    return reference_from((request.view_args or {}).get("reference", ""))
