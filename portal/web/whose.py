"""Whose pages these are: the landlord in the address, known before anything else and the same everywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, abort, current_app, g
from werkzeug.routing import Map

from portal import landlords
from portal.domain.policy import Landlord


def register(app: Flask) -> None:
    """Take the landlord out of every address, and put it back into every link."""
    app.url_value_preprocessor(take_landlord)
    app.url_defaults(give_landlord)
    app.context_processor(lambda: {"landlord": g.get("landlord")})


def current_landlord() -> Landlord:
    """The landlord whose page is asked for. Only for routes under `/<landlord>/`."""
    landlord: Landlord = g.landlord
    return landlord


def take_landlord(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views do not take the landlord as an argument; an unknown one is a page that does not exist."""
    if not values or "landlord" not in values:
        return
    key = values.pop("landlord")
    try:
        g.landlord = landlords.landlord(key)
    except landlords.UnknownLandlord:
        abort(404)


def give_landlord(endpoint: str, values: dict[str, Any]) -> None:
    """A link from a landlord's page leads to the same landlord unless it names another."""
    landlord = None if "landlord" in values else g.get("landlord")
    if landlord and expects_landlord(current_app.url_map, endpoint):
        values["landlord"] = landlord.key


@lru_cache
def expects_landlord(addresses: Map, endpoint: str) -> bool:
    """Whether the address of an endpoint has a landlord in it: asked for each link of each page."""
    return addresses.is_endpoint_expecting(endpoint, "landlord")
