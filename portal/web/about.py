"""The front door, the way in from an email that names nobody, accessibility, privacy, and "are you there?"."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, url_for

from portal import landlords
from portal.clock import current_clock
from portal.records import links
from portal.records.links import LinkPurpose
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.resident import read_letter
from portal.web.staff import policy

blueprint = Blueprint("about", __name__)


@blueprint.get("/")
@public
def front_door() -> Response:
    """With one landlord there is nothing to choose."""
    keys = tuple(landlords.keys())
    if len(keys) == 1:
        return see_other(url_for("resident.start", landlord=keys[0]))
    return page("about/choose_landlord.html", landlords=[landlords.landlord(key) for key in keys])


ACCESSIBILITY_CHECKED_ON = date(2026, 11, 30)
"""The day on which somebody last held what the page says against what the website does. Not when it was last shown."""

BUTTONS = {
    LinkPurpose.DRAFT: "resident.show_link",
    LinkPurpose.NEW_CODE: "resident.show_new_code",
    LinkPurpose.AUTHORITY: "resident.show_who_acts",
    LinkPurpose.SERVICE_REQUEST: "resident.show_request_link",
    LinkPurpose.OFFICIAL_ADDRESS: "resident.show_official_address",
}


@blueprint.get("/open/<token>")
@public
def open_link(token: str) -> Response:
    """From an email that names no landlord to the page with the button, which alone opens anything."""
    with database().session() as session:
        found = links.leads_to(session, token, at=current_clock().now())
    if found is None and (letter := read_letter.address_of(token)):
        return see_other(letter)
    if found is None or found[0] not in landlords.keys():
        abort(404)
    landlord, purpose = found
    return see_other(url_for(BUTTONS[purpose], landlord=landlord, token=token))


@blueprint.get("/health")
@public
def health() -> Response:
    """For whatever watches the server: it is up."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/<landlord>/accessibility")
@public
def accessibility() -> Response:
    return page("about/accessibility.html", checked_on=ACCESSIBILITY_CHECKED_ON)


@blueprint.get("/<landlord>/privacy")
@public
def privacy() -> Response:
    return page("about/privacy.html")


blueprint.get("/policy-check")(policy.policy_tool)
blueprint.post("/policy-check")(policy.check_policy)
