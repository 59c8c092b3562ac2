"""The front door, and what every public service has: accessibility, privacy, and "are you there?"."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from portal import landlords
from portal.web.access import public
from portal.web.fragments import page, see_other

blueprint = Blueprint("about", __name__)


@blueprint.get("/")
@public
def front_door() -> Response:
    """With one landlord there is nothing to choose."""
    keys = tuple(landlords.keys())
    if len(keys) == 1:
        return see_other(url_for("resident.start", landlord=keys[0]))
    return page("about/choose_landlord.html", landlords=[landlords.landlord(key) for key in keys])


@blueprint.get("/health")
@public
def health() -> Response:
    """For whatever watches the server: it is up."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/<landlord>/accessibility")
@public
def accessibility() -> Response:
    return page("about/accessibility.html")


@blueprint.get("/<landlord>/privacy")
@public
def privacy() -> Response:
    return page("about/privacy.html")
